using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Costs;

/// <summary>Reads what messages cost, from counts by day.</summary>
public sealed class CostQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, MessageCosts costs, TimeProvider time)
{
    /// <summary>Before it, nobody could send through the Cloud API.</summary>
    public static readonly DateOnly Earliest = new(2022, 5, 1);

    /// <param name="month">Any day of it; null for the current one.</param>
    public async Task<Result<CostReport>> GetAsync(DateOnly? month, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AccountRead) is { } forbidden)
        {
            return forbidden;
        }

        var day = month ?? new DayCalendar(tenant.Tenant.TimeZone).DayOf(time.GetUtcNow());
        var from = new DateOnly(day.Year, day.Month, 1);
        var next = from.AddMonths(1);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counted = (await db.PricedMessages.Where(priced => priced.Day >= from && priced.Day < next)
            .GroupBy(priced => new { priced.Day, priced.ChannelId, priced.Category, priced.Country, priced.IsBillable })
            .Select(some => new CountedMessages(
                some.Key.Day, some.Key.ChannelId, some.Key.Category, some.Key.Country, some.Key.IsBillable,
                some.Sum(priced => priced.Count)))
            .ToListAsync(cancellationToken)).Where(some => some.Count > 0).ToList();
        var names = await db.Channels.Select(channel => new { channel.Id, channel.Name })
            .ToDictionaryAsync(channel => channel.Id, channel => channel.Name, cancellationToken);
        return new CostReport(
            from,
            costs.Sum(counted),
            [
                .. Dearest(counted, some => some.ChannelId)
                    .Select(some => new NumberCost(some.Key, names.GetValueOrDefault(some.Key), some.Sum)),
            ],
            [.. Dearest(counted, some => some.Category).Select(some => new CategoryCost(some.Key, some.Sum))],
            [.. counted.GroupBy(some => some.Day).OrderBy(some => some.Key).Select(some => new DayCost(some.Key, costs.Sum(some)))],
            costs.Prices.Source,
            costs.Prices.Date);
    }

    private IEnumerable<(TKey Key, CostSum Sum)> Dearest<TKey>(IEnumerable<CountedMessages> counted, Func<CountedMessages, TKey> by) =>
        counted.GroupBy(by).Select(some => (some.Key, Sum: costs.Sum(some)))
            .OrderByDescending(some => some.Sum.Total.Amount).ThenByDescending(some => some.Sum.Messages);
}
