using System.Collections.Concurrent;
using System.Threading.Channels;
using Channel = System.Threading.Channels.Channel;

namespace WaCr.Web.Tenancy;

/// <summary>
/// Published by the writers after each commit: caches invalidate, pages reload, background work wakes, other replicas are notified.
/// Changes are found from what was saved, so no service can forget to publish them; a statement that does not show whom it concerns
/// calls <c>AppDbContext.NoteChange</c> within its write. Nobody notifies a cache or a page directly.
/// </summary>
public sealed partial class ChangeFeed(ILogger<ChangeFeed> logger)
{
    // At this size the oldest are dropped; pages of other replicas find those changes when they poll.
    private const int MaxPending = 10_000;

    private const long EveryTenant = -1;

    // Work: the process that wrote it is woken at once, the others find it when they poll.
    private static readonly ChangeKind[] OwnProcessOnly =
        [ChangeKind.Deliveries, ChangeKind.Outbox, ChangeKind.WebhookEvents, ChangeKind.Media, ChangeKind.TemplateSyncs,
            ChangeKind.ChannelReads, ChangeKind.Pushes];

    private readonly ConcurrentDictionary<(
        ChangeKind Kind, long TenantId), ConcurrentDictionary<Subscription, byte>> _subscriptions = new();
    private readonly Channel<Change> _pending = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>What the other replicas have not received yet.</summary>
    public ChannelReader<Change> Pending => _pending.Reader;

    /// <summary>For caches: changes of all tenants.</summary>
    /// <inheritdoc cref="Subscribe(long, Action{Change}, ChangeKind[])"/>
    public IDisposable Subscribe(ChangeKind kind, Action<Change> callback) => Add(EveryTenant, callback, [kind]);

    /// <summary>
    /// Calls back until the result is disposed of, on the writer's thread and before the write is answered. The callback must be fast and
    /// must not wait for a write.
    /// </summary>
    public IDisposable Subscribe(long tenantId, Action<Change> callback, params ChangeKind[] kinds) => Add(tenantId, callback, kinds);

    /// <summary>Only changes of one id, and those that may concern any id.</summary>
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

    /// <summary>For the writers: after the commit, before the caller is answered.</summary>
    internal void Publish(IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            Deliver(change);
            if (!OwnProcessOnly.Contains(change.Kind))
            {
                _pending.Writer.TryWrite(change);
            }
        }
    }

    /// <summary>For what another replica committed.</summary>
    internal void Receive(Change change) => Deliver(change);

    private void Deliver(Change change)
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
                // The write is committed, whatever a subscriber does.
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
        [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "A subscriber to changes failed; the change is committed.")]
        public static partial void ListenerFailed(ILogger logger, Exception failure);
    }
}
