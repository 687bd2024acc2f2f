using System.Collections.Concurrent;

namespace WaCr.Web.Tenancy;

/// <summary>Counts the changes of one kind: what was read at the same count is still valid.</summary>
public sealed class ChangeCounter : IDisposable
{
    private readonly ConcurrentDictionary<long, long> _changes = new();
    private readonly IDisposable _subscription;
    private long _changesOfAny;

    public ChangeCounter(ChangeFeed feed, ChangeKind kind) => _subscription = feed.Subscribe(kind, Count);

    public long Of(long tenantId) => _changes.GetValueOrDefault(tenantId) + Interlocked.Read(ref _changesOfAny);

    public void Dispose() => _subscription.Dispose();

    private void Count(Change change)
    {
        if (change.TenantId == 0)
        {
            Interlocked.Increment(ref _changesOfAny);
        }
        else
        {
            _changes.AddOrUpdate(change.TenantId, 1, (_, changes) => changes + 1);
        }
    }
}
