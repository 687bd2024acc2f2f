using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Plans;

/// <summary>
/// Takes from a plan's limits and gives back. One conditional update decides, so a limit holds under concurrency. Runs inside the caller's
/// write and rolls back with it.
/// </summary>
public sealed class UsageGate(TimeProvider time)
{
    /// <summary><c>yyyy-MM</c> for monthly limits, else empty.</summary>
    public static string PeriodOf(Metric metric, DateTimeOffset now) =>
        metric == Metric.Conversations ? now.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) : "";

    /// <summary>Takes <paramref name="count"/>; null on success, or the limit reached (then nothing was taken).</summary>
    public async Task<LimitExceededError?> TakeAsync(AppDbContext db, Metric metric, int count)
    {
        var now = time.GetUtcNow();
        var period = PeriodOf(metric, now);
        var plan = await SubscriptionPlans.InForceAsync(db, now);
        var limit = plan.LimitOf(metric);
        var unlimited = limit is null or Plan.Unlimited;
        if (await CountAsync())
        {
            return null;
        }

        if (period.Length > 0)
        {
            // A missing row may mean a new month. The insert waits for a concurrent first write, so that the second count sees the row;
            // if that count finds no room either, the limit is reached.
            await db.InsertMissingAsync([new UsageCounter { TenantId = db.CurrentTenantId, Metric = metric, Period = period }]);
            if (await CountAsync())
            {
                return null;
            }
        }

        var current = await Counters(db, metric, period).Select(counter => (long?)counter.Value).SingleOrDefaultAsync();
        return current is { } value
            ? new LimitExceededError(FeatureNames.Of(metric), value, limit ?? Plan.Unlimited)
            : throw new InvalidOperationException($"The tenant has no counter for {metric}.");

        async Task<bool> CountAsync() => await Counters(db, metric, period)
            .Where(counter => unlimited || counter.Value + count <= limit)
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + count)) == 1;
    }

    /// <summary>
    /// Serializes writes that change what <paramref name="metric"/> counts. Lock the counter before any contact; in the other order two
    /// writers could deadlock.
    /// </summary>
    /// <param name="period">For monthly limits, the month.</param>
    public static async Task LockAsync(AppDbContext db, Metric metric, string period = "")
    {
        if (await TouchAsync() == 0 && period.Length > 0)
        {
            // A new month: the insert waits for a concurrent one.
            await db.InsertMissingAsync([new UsageCounter { TenantId = db.CurrentTenantId, Metric = metric, Period = period }]);
            await TouchAsync();
        }

        Task<int> TouchAsync() => Counters(db, metric, period)
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value));
    }

    /// <summary>Counts usage that cannot be refused, even beyond the limit.</summary>
    public static Task AddAsync(AppDbContext db, Metric metric, int count) => Counters(db, metric, "")
        .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + count));

    /// <param name="period">For monthly limits, the month it was taken in.</param>
    public async Task GiveBackAsync(AppDbContext db, Metric metric, int count, string period = "")
    {
        if (count > 0)
        {
            await Counters(db, metric, period).ExecuteUpdateAsync(set =>
                set.SetProperty(counter => counter.Value, counter => counter.Value - count));
        }
    }

    private static IQueryable<UsageCounter> Counters(AppDbContext db, Metric metric, string period) =>
        db.UsageCounters.Where(counter => counter.Metric == metric && counter.Period == period);
}
