using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Plans;

internal static class SubscriptionPlans
{
    /// <summary>The plan whose limits hold now: the subscribed one while it runs, else Free.</summary>
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
}
