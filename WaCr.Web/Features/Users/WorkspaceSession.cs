using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Users;

public enum WorkspaceEntry
{
    /// <summary>The membership or tenant is missing or inactive; the scope stays without a tenant for good.</summary>
    Refused = 0,
    Entered = 1,

    /// <summary>
    /// The tenant requires a second factor and the user signed in with a password alone; the scope stays without a tenant for good.
    /// </summary>
    NeedsTwoFactor = 2,
}

/// <summary>Turns a signed-in user's scope (a circuit or a prerender) into a tenant and an actor.</summary>
public sealed class WorkspaceSession(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, LastSeen people, TimeProvider time)
{
    /// <param name="user">From the signed cookie; refused if no tenant was chosen yet.</param>
    /// <param name="cancellationToken">Of the request or the circuit.</param>
    public async Task<WorkspaceEntry> EnterAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var entry = await TryEnterAsync(user, cancellationToken);
        if (entry != WorkspaceEntry.Entered)
        {
            tenant.Leave();
        }

        return entry;
    }

    private async Task<WorkspaceEntry> TryEnterAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.UserId() is not { } userId || user.ChosenTenantId() is not { } tenantId)
        {
            return WorkspaceEntry.Refused;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Lifts the tenant filter: this decides about the tenant. Both ids come from the signed cookie.
        var membership = await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(m => m.TenantId == tenantId && m.UserId == userId && m.IsActive && m.Tenant!.Status == TenantStatus.Active)
            .Select(m => new { m.Role, UserName = m.User!.Name, m.User.TwoFactorEnabled, m.User.TimeZone, Tenant = m.Tenant! })
            .SingleOrDefaultAsync(cancellationToken);
        if (membership is null)
        {
            return WorkspaceEntry.Refused;
        }

        // Requiring a second factor ends sessions started with a password alone.
        if (membership.Tenant.RequiresTwoFactor && !membership.TwoFactorEnabled && !user.CameWithPasskey())
        {
            return WorkspaceEntry.NeedsTwoFactor;
        }

        var actor = new CurrentActor(ActorKind.User, userId, membership.UserName, ChangeOrigin.App, RolePermissions.Of(membership.Role))
        {
            TimeZone = membership.TimeZone,
        };
        if (!tenant.TryEnter(membership.Tenant.ToIdentity(), actor))
        {
            return WorkspaceEntry.Refused;
        }

        people.Note((tenantId, userId), time.GetUtcNow());
        return WorkspaceEntry.Entered;
    }
}
