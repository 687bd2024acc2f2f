namespace WaCr.Web.Data;

/// <summary>Short notes between the processes that share a database; one that is lost does no harm.</summary>
public interface IBackplane
{
    Task PublishAsync(string note, CancellationToken cancellationToken);

    /// <summary>Calls back with each note, one's own too, until it is cancelled.</summary>
    Task ListenAsync(Action<string> heard, CancellationToken cancellationToken);
}
