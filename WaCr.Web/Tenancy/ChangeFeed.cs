using System.Collections.Concurrent;
using System.Threading.Channels;

namespace WaCr.Web.Tenancy;

public enum ChangeKind
{
    /// <summary>Contacts of the tenant, or what they are filtered by; <see cref="Change.Id"/> is the contact's, 0 where it may be any.</summary>
    Contacts = 0,

    /// <summary>Whether WhatsApp lets channels of the tenant send.</summary>
    Channels = 1,

    /// <summary>One conversation; <see cref="Change.Id"/> is its id.</summary>
    Conversation = 2,

    /// <summary>Which webhooks there are, and what they want.</summary>
    Webhooks = 3,

    /// <summary>Something to be sent to webhooks.</summary>
    Deliveries = 4,

    /// <summary>Messages that were there went to another conversation, or away: what was counted before is not true any more.</summary>
    MovedMessages = 5,

    /// <summary>What one person is to be told; <see cref="Change.Id"/> is the person's id.</summary>
    Notifications = 6,

    /// <summary>How far the tenant's bulk jobs are.</summary>
    BulkJobs = 7,

    /// <summary>What somebody may do, or whether they are signed in; <see cref="Change.Id"/> is the person's id, 0 where it is about all of the tenant.</summary>
    Access = 8,
}

/// <param name="TenantId">0 where the write was for no tenant in particular: anybody's may have changed.</param>
public readonly record struct Change(ChangeKind Kind, long TenantId, long Id = 0);

/// <summary>
/// What was committed, told by the writers: caches drop what they remember, pages look again, other replicas are told. What changed is found from what was
/// saved, so that no service can forget to tell it; a statement that does not show whom it concerns says so within its write
/// (<c>AppDbContext.NoteChange</c>). This is the one way: nobody tells a cache or a page by hand.
/// </summary>
public sealed partial class ChangeFeed(ILogger<ChangeFeed> logger)
{
    // Beyond it the oldest are left out: pages of other replicas see the rest at their next look.
    private const int MaxPending = 10_000;

    private const long EveryTenant = -1;

    private readonly ConcurrentDictionary<(ChangeKind Kind, long TenantId), ConcurrentDictionary<Subscription, byte>> _subscriptions = new();
    private readonly Channel<Change> _pending = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>What the other replicas have not been told yet.</summary>
    public ChannelReader<Change> Pending => _pending.Reader;

    /// <summary>For caches: every tenant's changes.</summary>
    /// <inheritdoc cref="Subscribe(long, Action{Change}, ChangeKind[])"/>
    public IDisposable Subscribe(ChangeKind kind, Action<Change> callback) => Add(EveryTenant, callback, [kind]);

    /// <summary>
    /// Calls back, on the writer's thread and before the write is answered, until the answer is disposed of. It must be quick and must not wait for a
    /// write.
    /// </summary>
    public IDisposable Subscribe(long tenantId, Action<Change> callback, params ChangeKind[] kinds) => Add(tenantId, callback, kinds);

    /// <summary>Changes of one id alone, and those that may be of any.</summary>
    /// <inheritdoc cref="Subscribe(long, Action{Change}, ChangeKind[])"/>
    public IDisposable Subscribe(ChangeKind kind, long tenantId, long id, Action callback) => Add(
        tenantId,
        change =>
        {
            if (change.Id == id || change.Id == 0)
            {
                callback();
            }
        },
        [kind]);

    /// <summary>For the writers, after the commit and before anybody is answered.</summary>
    internal void Publish(IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            Receive(change);
            _pending.Writer.TryWrite(change);
        }
    }

    /// <summary>For what another replica committed.</summary>
    internal void Receive(Change change)
    {
        Notify((change.Kind, EveryTenant), change);
        if (change.TenantId != 0)
        {
            Notify((change.Kind, change.TenantId), change);
            return;
        }

        foreach (var key in _subscriptions.Keys.Where(key => key.Kind == change.Kind && key.TenantId != EveryTenant))
        {
            Notify(key, change);
        }
    }

    private Subscription Add(long tenantId, Action<Change> callback, ChangeKind[] kinds)
    {
        var subscription = new Subscription(this, tenantId, callback, kinds);
        foreach (var kind in kinds)
        {
            _subscriptions.GetOrAdd((kind, tenantId), static _ => new()).TryAdd(subscription, 0);
        }

        return subscription;
    }

    private void Notify((ChangeKind Kind, long TenantId) key, Change change)
    {
        if (!_subscriptions.TryGetValue(key, out var subscriptions))
        {
            return;
        }

        foreach (var (subscription, _) in subscriptions)
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
    }

    private sealed class Subscription(ChangeFeed feed, long tenantId, Action<Change> callback, ChangeKind[] kinds) : IDisposable
    {
        public Action<Change> Callback => callback;

        public void Dispose()
        {
            foreach (var kind in kinds)
            {
                feed._subscriptions.GetValueOrDefault((kind, tenantId))?.TryRemove(this, out _);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "Something that follows changes could not take one in.")]
        public static partial void ListenerFailed(ILogger logger, Exception failure);
    }
}
