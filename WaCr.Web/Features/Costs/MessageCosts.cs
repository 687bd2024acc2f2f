using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Costs;

/// <summary>Turns counted messages into money by the price list in force, so that a corrected list corrects the past as well.</summary>
public sealed class MessageCosts(PriceList prices, TenantContext tenant, TimeProvider time)
{
    internal PriceList Prices => prices;

    internal CostSum Sum(IEnumerable<CountedMessages> counted)
    {
        var (total, messages, free, unpriced) = (0m, 0, 0, 0);
        foreach (var some in counted)
        {
            messages += some.Count;
            if (!some.IsBillable)
            {
                free += some.Count;
            }
            else if (prices.PriceOf(some.Country, some.Category, some.Day) is { } price)
            {
                total += price * some.Count;
            }
            else
            {
                unpriced += some.Count;
            }
        }

        return new CostSum(new Money(total, prices.Currency), messages, free, unpriced);
    }

    /// <summary>Null before one of its messages was delivered and priced.</summary>
    internal async Task<CostSum?> OfCampaignAsync(AppDbContext db, long campaignId, CancellationToken cancellationToken)
    {
        var counted = await db.PricedMessages.Where(priced => priced.CampaignId == campaignId && priced.CampaignId != 0)
            .GroupBy(priced => new { priced.Day, priced.Category, priced.Country, priced.IsBillable })
            .Select(some => new CountedMessages(
                some.Key.Day, 0, some.Key.Category, some.Key.Country, some.Key.IsBillable, some.Sum(priced => priced.Count)))
            .ToListAsync(cancellationToken);
        return counted.Sum(some => some.Count) > 0 ? Sum(counted) : null;
    }

    /// <summary>What messages to these recipients cost if all are delivered.</summary>
    /// <param name="recipients">Number of recipients by country and category.</param>
    /// <param name="at">Null for now.</param>
    internal CostEstimate Estimate(IReadOnlyDictionary<(string Country, string Category), int> recipients, DateTimeOffset? at)
    {
        var day = new DayCalendar(tenant.Tenant.TimeZone).DayOf(at ?? time.GetUtcNow());
        var sum = Sum(recipients.Select(some => new CountedMessages(day, 0, some.Key.Category, some.Key.Country, true, some.Value)));
        var unpriced = recipients.Where(some => prices.PriceOf(some.Key.Country, some.Key.Category, day) is null)
            .GroupBy(some => some.Key.Country, some => some.Value)
            .OrderByDescending(some => some.Sum()).ThenBy(some => some.Key, StringComparer.Ordinal);
        return new CostEstimate(sum.Total, sum.Unpriced, [.. unpriced.Select(some => some.Key)]);
    }
}
