namespace WaCr.Web.Data;

/// <summary>Short messages between processes that share a database; losing one does no harm.</summary>
public interface IBackplane
{
    Task PublishAsync(string note, CancellationToken cancellationToken);

    /// <summary>Calls back with each message, including one's own, until cancelled.</summary>
    Task ListenAsync(Action<string> heard, CancellationToken cancellationToken);

    /// <summary>The processes that listen now, this one included once it does.</summary>
    Task<IReadOnlyList<ServerProcess>> ReadProcessesAsync(CancellationToken cancellationToken);
}
