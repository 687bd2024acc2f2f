using Microsoft.Extensions.Caching.Memory;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Remembers how many contacts fit a search or filter until a contact of the tenant changes, as the change feed tells. Where there are
/// other replicas no longer than <see cref="MaxAge"/>, since their word may be lost.
/// </summary>
public sealed class ContactCountCache : IDisposable
{
    private const int MaxEntries = 20_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _totals = new(new MemoryCacheOptions { SizeLimit = MaxEntries });
    private readonly ChangeCounter _changes;

    public ContactCountCache(ChangeFeed feed) => _changes = new ChangeCounter(feed, ChangeKind.Contacts);

    /// <summary>Climbs with every change of the tenant's contacts: what was read under the same number still holds.</summary>
    public long GenerationOf(long tenantId) => _changes.Of(tenantId);

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
        _changes.Dispose();
        _totals.Dispose();
    }
}
