using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Plans;

internal static class SubscriptionPlans
{
    /// <summary>The plan in force: the subscribed one while it runs, else Free.</summary>
    public static async Task<Plan> InForceAsync(AppDbContext db, DateTimeOffset now)
    {
        var subscribed = await db.Subscriptions
            .AsNoTracking()
            .Where(subscription => subscription.Status == SubscriptionStatus.Active
                && (subscription.ExpiresAt == null || subscription.ExpiresAt > now))
            .Select(subscription => subscription.Plan)
            .SingleOrDefaultAsync();
        return subscribed ?? await db.Plans.AsNoTracking().SingleAsync(plan => plan.Code == Plan.FreeCode);
    }

    /// <summary>The first of these features missing in the plan in force; null if it has all.</summary>
    public static async Task<FeatureNotAvailableError?> MissingAsync(AppDbContext db, DateTimeOffset now, params string[] features)
    {
        var plan = await InForceAsync(db, now);
        return Array.Find(features, feature => !Includes(plan, feature)) is { } missing ? new FeatureNotAvailableError(missing) : null;
    }

    private static bool Includes(Plan plan, string feature) => feature switch
    {
        FeatureNames.WhatsAppTemplates => plan.HasWhatsAppTemplates,
        FeatureNames.BulkMessaging => plan.HasBulkMessaging,
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, null),
    };
}

/// <summary>Features of the plan in force, read outside a write.</summary>
public sealed class PlanFeatures(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    internal async Task<FeatureNotAvailableError?> MissingAsync(string feature, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SubscriptionPlans.MissingAsync(db, time.GetUtcNow(), feature);
    }
}
