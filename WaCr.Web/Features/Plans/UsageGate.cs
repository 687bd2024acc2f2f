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
    /// <summary>Takes <paramref name="count"/>; null on success, or the limit that stands in the way (then nothing was taken).</summary>
    public async Task<LimitExceededError?> TakeAsync(AppDbContext db, Metric metric, int count)
    {
        var plan = await SubscriptionPlans.InForceAsync(db, time.GetUtcNow());
        var limit = plan.LimitOf(metric);
        var unlimited = limit is null or Plan.Unlimited;
        var taken = await db.UsageCounters
            .Where(counter => counter.Metric == metric && counter.Period == "" && (unlimited || counter.Value + count <= limit))
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + count));
        if (taken == 1)
        {
            return null;
        }

        var current = await db.UsageCounters
            .Where(counter => counter.Metric == metric && counter.Period == "")
            .Select(counter => (long?)counter.Value)
            .SingleOrDefaultAsync()
            ?? throw new InvalidOperationException($"The tenant has no counter for {metric}.");
        return new LimitExceededError(FeatureNames.Of(metric), current, limit ?? Plan.Unlimited);
    }

    public async Task GiveBackAsync(AppDbContext db, Metric metric, int count)
    {
        if (count > 0)
        {
            await db.UsageCounters
                .Where(counter => counter.Metric == metric && counter.Period == "")
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value - count));
        }
    }
}
