namespace WaCr.Web.Data.Sqlite;

/// <summary>One process has the file, so there is nobody to tell.</summary>
internal sealed class NullBackplane : IBackplane
{
    public Task PublishAsync(string note, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ListenAsync(Action<string> heard, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
