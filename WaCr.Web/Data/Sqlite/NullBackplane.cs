namespace WaCr.Web.Data.Sqlite;

/// <summary>Does nothing: only one process has the file.</summary>
internal sealed class NullBackplane : IBackplane
{
    public Task PublishAsync(string note, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ListenAsync(Action<string> heard, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    public Task<IReadOnlyList<ServerProcess>> ReadProcessesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServerProcess>>([ServerProcess.Current]);
}
