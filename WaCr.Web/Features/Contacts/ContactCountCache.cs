using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Remembers how many contacts fit a search or filter until a contact of the tenant changes here, as the change feed tells. Another replica's
/// changes show after <see cref="MaxAge"/> where there can be another.
/// </summary>
public sealed class ContactCountCache : IDisposable
{
    private const int MaxEntries = 20_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _totals = new(new MemoryCacheOptions { SizeLimit = MaxEntries });
    private readonly ConcurrentDictionary<long, long> _changes = new();
    private readonly IDisposable _subscription;
    private long _changesOfAny;

    public ContactCountCache(ChangeFeed feed) => _subscription = feed.Subscribe(ChangeKind.Contacts, Invalidate);

    /// <summary>Climbs with every change of the tenant's contacts: what was read under the same number still holds.</summary>
    public long GenerationOf(long tenantId) => _changes.GetValueOrDefault(tenantId) + Interlocked.Read(ref _changesOfAny);

    /// <param name="mayChangeElsewhere">Whether other replicas write to the same database.</param>
    public async Task<long> GetAsync(long tenantId, string criteria, bool mayChangeElsewhere, Func<Task<long>> count)
    {
        // Taken before counting: a change in between makes this total another generation's.
        var key = (tenantId, GenerationOf(tenantId), criteria);
        if (_totals.TryGetValue(key, out long total))
        {
            return total;
        }

        total = await count();
        _totals.Set(key, total, new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpirationRelativeToNow = mayChangeElsewhere ? MaxAge : null,
        });
        return total;
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _totals.Dispose();
    }

    private void Invalidate(Change change)
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
