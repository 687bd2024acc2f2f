using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Plans;

/// <summary>
/// Takes from a plan's limits and gives back. One conditional update decides, so a limit holds
/// however many ask at once. Runs inside the caller's write, and is undone with it.
/// </summary>
public sealed class UsageGate(TimeProvider time)
{
    /// <summary><c>yyyy-MM</c> for what counts by the month, else empty.</summary>
    public static string PeriodOf(Metric metric, DateTimeOffset now) =>
        metric == Metric.Conversations ? now.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) : "";

    /// <summary>Takes <paramref name="count"/>; null on success, or the limit that stands in the way (then nothing was taken).</summary>
    public async Task<LimitExceededError?> TakeAsync(AppDbContext db, Metric metric, int count)
    {
        var now = time.GetUtcNow();
        var period = PeriodOf(metric, now);
        var plan = await SubscriptionPlans.InForceAsync(db, now);
        var limit = plan.LimitOf(metric);
        var unlimited = limit is null or Plan.Unlimited;
        var taken = await db.UsageCounters
            .Where(counter => counter.Metric == metric && counter.Period == period && (unlimited || counter.Value + count <= limit))
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + count));
        if (taken == 1)
        {
            return null;
        }

        var current = await db.UsageCounters
            .Where(counter => counter.Metric == metric && counter.Period == period)
            .Select(counter => (long?)counter.Value)
            .SingleOrDefaultAsync();
        if (current is null && period.Length == 0)
        {
            throw new InvalidOperationException($"The tenant has no counter for {metric}.");
        }

        if (current is not null || (!unlimited && count > limit))
        {
            return new LimitExceededError(FeatureNames.Of(metric), current ?? 0, limit ?? Plan.Unlimited);
        }

        // The month's first. Two who are first at once collide at the key, and the second counts on.
        db.UsageCounters.Add(new UsageCounter { Metric = metric, Period = period, Value = count });
        await db.SaveChangesAsync();
        return null;
    }

    /// <summary>Counts what nobody can turn away, past the limit too.</summary>
    public static Task AddAsync(AppDbContext db, Metric metric, int count) => db.UsageCounters
        .Where(counter => counter.Metric == metric && counter.Period == "")
        .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + count));

    /// <param name="period">When it was taken, for what counts by the month.</param>
    public async Task GiveBackAsync(AppDbContext db, Metric metric, int count, string period = "")
    {
        if (count > 0)
        {
            await db.UsageCounters
                .Where(counter => counter.Metric == metric && counter.Period == period)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value - count));
        }
    }
}
