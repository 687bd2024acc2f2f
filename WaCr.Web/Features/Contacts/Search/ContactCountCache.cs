using Microsoft.Extensions.Caching.Memory;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Caches the number of contacts that match a search or filter until the change feed reports a changed contact of the tenant. With several
/// replicas an entry lasts at most <see cref="MaxAge"/>, since a notification may be lost.
/// </summary>
public sealed class ContactCountCache : IDisposable
{
    private const int MaxEntries = 20_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _totals = new(new MemoryCacheOptions { SizeLimit = MaxEntries });
    private readonly ChangeCounter _changes;

    public ContactCountCache(ChangeFeed feed) => _changes = new ChangeCounter(feed, ChangeKind.Contacts);

    /// <summary>Increases with every change of the tenant's contacts; data read at the same generation is still valid.</summary>
    public long GenerationOf(long tenantId) => _changes.Of(tenantId);

    /// <param name="mayChangeElsewhere">Whether other replicas write to the same database.</param>
    public async Task<long> GetAsync(long tenantId, string criteria, bool mayChangeElsewhere, Func<Task<long>> count)
    {
        // Read before counting: a change in between then belongs to a newer generation.
        var key = (tenantId, GenerationOf(tenantId), criteria);
        var isKnown = _totals.TryGetValue(key, out long total);
        Measures.LookedUp("contact counts", isKnown);
        if (isKnown)
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
        _changes.Dispose();
        _totals.Dispose();
    }
}
