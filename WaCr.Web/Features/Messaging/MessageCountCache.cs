using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Caches the number of messages up to an id and counts only newer ones. Only for criteria whose result for a message never changes. With
/// several replicas ids are not in commit order, so entries expire soon.
/// </summary>
public sealed class MessageCountCache(ChangeFeed feed, TimeProvider time) : IDisposable
{
    private const int MaxEntries = 20_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxAgeAlone = TimeSpan.FromHours(1);

    private static readonly CompiledQuery<long, Counted> AllSince = new((db, after) => db.Messages
        .Where(m => m.Id > after).GroupBy(m => m.TenantId).Select(group => new Counted(group.LongCount(), group.Max(m => m.Id))));

    private readonly ChangeCounter _moved = new(feed, ChangeKind.MovedMessages);
    private readonly MemoryCache _totals = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    internal async Task<long> GetAsync(AppDbContext db, long tenantId, MessageCriteria criteria, CancellationToken cancellationToken)
    {
        var key = (tenantId, _moved.Of(tenantId), criteria.Key);
        var known = _totals.TryGetValue(key, out Remembered? found) && time.GetUtcNow() < found!.Until ? found : null;
        Measures.LookedUp("message counts", known is not null);
        var since = await CountAsync(db, criteria, known?.UpTo ?? 0, cancellationToken);
        if (since is null)
        {
            return known?.Total ?? 0;
        }

        var total = (known?.Total ?? 0) + since.Total;
        var until = known?.Until ?? time.GetUtcNow() + (db.HasReplicas ? MaxAge : MaxAgeAlone);
        _totals.Set(key, new Remembered(total, since.UpTo, until), new MemoryCacheEntryOptions { Size = 1 });
        return total;
    }

    public void Dispose()
    {
        _moved.Dispose();
        _totals.Dispose();
    }

    private static Task<Counted?> CountAsync(AppDbContext db, MessageCriteria criteria, long after, CancellationToken cancellationToken) =>
        criteria.IsEmpty
        ? AllSince.SingleOrDefaultAsync(db, after, cancellationToken)
        : criteria.Rows(db, tests: after > 0 && !db.HasQueryPlanner).Where(m => m.Id > after)
            .GroupBy(m => m.TenantId).Select(group => new Counted(group.LongCount(), group.Max(m => m.Id)))
            .SingleOrDefaultAsync(cancellationToken);

    private sealed record Counted(long Total, long UpTo);

    private sealed record Remembered(long Total, long UpTo, DateTimeOffset Until);
}
