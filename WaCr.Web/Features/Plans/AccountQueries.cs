using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Plans;

/// <param name="PlanId">Null without a subscription; then the plan is Free.</param>
/// <param name="SubscriptionStatus">Null without a subscription.</param>
public sealed record TenantAccount(
    long Id, string Name, string Subdomain, TenantStatus Status, DateTimeOffset CreatedAt,
    string PlanName, long? PlanId, SubscriptionStatus? SubscriptionStatus, DateTimeOffset? ExpiresAt);

/// <summary>The plan in force.</summary>
public sealed record PlanDetails(
    string Name, IReadOnlyDictionary<Metric, long?> Limits, bool HasWhatsAppTemplates, bool HasBulkMessaging, bool HasChatbot,
    bool HasAdvancedAnalytics, bool HasApiAccess, bool HasCustomBranding)
{
    /// <summary>-1 means unlimited; null if the plan does not define it.</summary>
    public long? LimitOf(Metric metric) => Limits[metric];
}

/// <param name="Limit">-1 means unlimited; null if the plan does not define it.</param>
public sealed record MetricUsage(Metric Metric, long Current, long? Limit)
{
    public bool IsUnlimited => Limit == Plan.Unlimited;

    /// <summary>Null if there is no limit.</summary>
    public long? Remaining => Limit is null or Plan.Unlimited ? null : Math.Max(0, Limit.Value - Current);

    /// <summary>0 to 100, two decimals; 0 when unlimited.</summary>
    public decimal PercentageUsed => Limit switch
    {
        null or Plan.Unlimited => 0,
        0 => 100,
        _ => Math.Min(100, Math.Round(100m * Current / Limit.Value, 2, MidpointRounding.AwayFromZero)),
    };
}

/// <summary>The workspace's account: details, plan and usage.</summary>
public sealed class AccountQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public async Task<Result<TenantAccount>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AccountRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenantId = tenant.TenantId;
        var row = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken);
        if (row is null)
        {
            return new NotFoundError("account.not_found", "Account not found");
        }

        var subscription = await db.Subscriptions.AsNoTracking().Include(s => s.Plan).SingleOrDefaultAsync(cancellationToken);
        return new TenantAccount(
            row.Id, row.DisplayName, row.Subdomain, row.Status, row.CreatedAt,
            subscription?.Plan?.Name ?? "Free", subscription?.PlanId, StatusNow(subscription), subscription?.ExpiresAt);
    }

    public async Task<Result<IReadOnlyList<MetricUsage>>> GetUsageAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AccountRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plan = await SubscriptionPlans.InForceAsync(db, time.GetUtcNow());
        var month = time.GetUtcNow().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var counters = await db.UsageCounters.AsNoTracking()
            .Where(counter => counter.Period == "" || counter.Period == month)
            .ToListAsync(cancellationToken);
        return Enum.GetValues<Metric>()
            .Select(metric => new MetricUsage(metric, CurrentOf(metric), plan.LimitOf(metric)))
            .ToList();

        long CurrentOf(Metric metric)
        {
            var period = metric == Metric.Conversations ? month : "";
            return counters.Find(counter => counter.Metric == metric && counter.Period == period)?.Value ?? 0;
        }
    }

    /// <summary>The plan in force.</summary>
    public async Task<Result<PlanDetails>> GetPlanAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AccountRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plan = await SubscriptionPlans.InForceAsync(db, time.GetUtcNow());
        return new PlanDetails(
            plan.Name, Enum.GetValues<Metric>().ToDictionary(
                metric => metric, plan.LimitOf), plan.HasWhatsAppTemplates, plan.HasBulkMessaging,
            plan.HasChatbot, plan.HasAdvancedAnalytics, plan.HasApiAccess, plan.HasCustomBranding);
    }

    private SubscriptionStatus? StatusNow(Subscription? subscription) => subscription switch
    {
        null => null,
        { Status: SubscriptionStatus.Active } when subscription.ExpiresAt <= time.GetUtcNow() => SubscriptionStatus.Expired,
        _ => subscription.Status,
    };
}
