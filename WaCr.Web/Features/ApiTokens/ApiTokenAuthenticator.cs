using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.ApiTokens;

/// <param name="RateLimitPerMinute">Calls per minute: the token's own limit, at most the plan's.</param>
/// <param name="TenantRateLimitPerMinute">Calls per minute of all the tenant's tokens together; null if the plan sets no limit.</param>
/// <param name="HasApiAccess">Whether the tenant's plan includes the API.</param>
public sealed record AdmittedToken(long Id, long TenantId, int RateLimitPerMinute, int? TenantRateLimitPerMinute, bool HasApiAccess);

/// <summary>
/// Turns an API token into a tenant and an actor. Looks the token up on every request, so revoking it takes effect at once.
/// </summary>
public sealed class ApiTokenAuthenticator(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TokenUse use, TokenAddresses addresses, TimeProvider time)
{
    // Cached: most requests carry one of a few scope lists.
    private static readonly ConcurrentDictionary<string, FrozenSet<string>> KnownScopes = new(StringComparer.Ordinal);

    // Lifts the tenant filter: the token tells the tenant. A tenant has at most one subscription.
    private static readonly CompiledQuery<byte[], FoundToken> ByHash = new((db, hash) =>
        from token in db.ApiTokens.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter }).AsNoTracking()
        where token.Hash == hash
        from subscription in db.Subscriptions.Where(subscription => subscription.TenantId == token.TenantId).DefaultIfEmpty()
        select new FoundToken(
            token.Id, token.Name, token.Scopes, token.RateLimitPerMinute, token.ExpiresAt, token.RevokedAt, token.Tenant!,
            (SubscriptionStatus?)subscription.Status, subscription.ExpiresAt, (bool?)subscription.Plan!.HasApiAccess,
            subscription.Plan.ApiCallsPerMinute,
            db.Plans.Where(plan => plan.Code == Plan.FreeCode).Select(plan => plan.HasApiAccess).FirstOrDefault(),
            db.Plans.Where(plan => plan.Code == Plan.FreeCode).Select(plan => plan.ApiCallsPerMinute).FirstOrDefault()));

    /// <summary>Enters the token's tenant; null if the token is unknown, revoked or expired, or the tenant is not active.</summary>
    public async Task<AdmittedToken?> EnterAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = SecretHash.Of(secret);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var token = await ByHash.SingleOrDefaultAsync(db, hash, cancellationToken);
        var now = time.GetUtcNow();
        if (token is null || token.RevokedAt is not null || token.ExpiresAt <= now || token.Tenant.Status != TenantStatus.Active)
        {
            return null;
        }

        var permissions = KnownScopes.GetOrAdd(token.Scopes, scopes => scopes.Split(' ').ToFrozenSet(StringComparer.Ordinal));
        tenant.Enter(token.Tenant.ToIdentity(), new CurrentActor(ActorKind.Token, token.Id, token.Name, ChangeOrigin.Api, permissions));
        use.Note((token.Tenant.Id, token.Id), now);
        addresses.Note(tenant.Tenant, tenant.Actor, tenant.ClientAddress);
        var plan = token.PlanAt(now);
        int? ceiling = plan.CallsPerMinute is { } limit and not Plan.Unlimited ? (int)Math.Min(limit, int.MaxValue) : null;
        return new AdmittedToken(
            token.Id, token.Tenant.Id, Math.Min(token.RateLimitPerMinute, ceiling ?? int.MaxValue), ceiling, plan.HasApiAccess);
    }

    private sealed record FoundToken(
        long Id, string Name, string Scopes, int RateLimitPerMinute, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, Tenant Tenant,
        SubscriptionStatus? Subscription, DateTimeOffset? SubscriptionEndsAt, bool? PlanHasApiAccess, long? PlanCallsPerMinute,
        bool FreeHasApiAccess, long? FreeCallsPerMinute)
    {
        /// <summary>Limits of the plan in force: the subscribed one while it runs, else Free.</summary>
        public (bool HasApiAccess, long? CallsPerMinute) PlanAt(DateTimeOffset now) =>
            Subscription == SubscriptionStatus.Active && !(SubscriptionEndsAt <= now) && PlanHasApiAccess is { } has
                ? (has, PlanCallsPerMinute)
                : (FreeHasApiAccess, FreeCallsPerMinute);
    }
}
