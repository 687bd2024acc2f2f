using System.Collections.Concurrent;

namespace WaCr.Web.Data;

public enum ChangeKind
{
    /// <summary>Contacts of the tenant, or what they are filtered by.</summary>
    Contacts = 0,

    /// <summary>Whether WhatsApp lets channels of the tenant send.</summary>
    Channels = 1,

    /// <summary>One conversation; <see cref="Change.Id"/> is its id.</summary>
    Conversation = 2,

    /// <summary>Which webhooks there are, and what they want.</summary>
    Webhooks = 3,

    /// <summary>Something to be sent to webhooks.</summary>
    Deliveries = 4,
}

/// <param name="TenantId">0 where the write was for no tenant in particular: anybody's may have changed.</param>
public readonly record struct Change(ChangeKind Kind, long TenantId, long Id = 0);

/// <summary>
/// What was committed within this process, told by the writers: caches drop what they remember, pages look again. What changed is found from what was
/// saved (<see cref="CommittedChanges"/>, <see cref="ChangedTables"/>), so that no service can forget to tell it.
/// </summary>
public sealed partial class ChangeFeed(ILogger<ChangeFeed> logger)
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>Calls back, on the writer's thread and before the write is answered, until the answer is disposed of. It must be quick.</summary>
    public IDisposable Subscribe(ChangeKind kind, Action<Change> callback)
    {
        var subscription = new Subscription(this, kind, callback);
        _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    internal void Publish(IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            foreach (var subscription in _subscriptions.Keys.Where(subscription => subscription.Kind == change.Kind))
            {
                Notify(subscription, change);
            }
        }
    }

    private void Notify(Subscription subscription, Change change)
    {
        try
        {
            subscription.Callback(change);
        }
        catch (Exception failure)
        {
            // The write is done, whatever one who listens makes of it.
            Log.ListenerFailed(logger, failure);
        }
    }

    private sealed class Subscription(ChangeFeed feed, ChangeKind kind, Action<Change> callback) : IDisposable
    {
        public ChangeKind Kind => kind;

        public Action<Change> Callback => callback;

        public void Dispose() => feed._subscriptions.TryRemove(this, out _);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "Something that follows changes could not take one in.")]
        public static partial void ListenerFailed(ILogger logger, Exception failure);
    }
}
