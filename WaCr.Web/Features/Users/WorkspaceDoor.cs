using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Users;

/// <summary>Where a signed-in person's scope (a circuit, a prerender) becomes a tenant and an actor.</summary>
public sealed class WorkspaceDoor(IDbContextFactory<AppDbContext> contexts, TenantContext scope)
{
    /// <summary>False where the membership is gone or inactive, or the tenant is not active; then nothing is entered.</summary>
    public async Task<bool> EnterAsync(long userId, long tenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The filter is lifted since this is what decides about the tenant; both ids come from the signed cookie.
        var membership = await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(m => m.TenantId == tenantId && m.UserId == userId && m.IsActive && m.Tenant!.Status == TenantStatus.Active)
            .Select(m => new { m.Role, UserName = m.User!.Name, Tenant = m.Tenant! })
            .SingleOrDefaultAsync(cancellationToken);
        if (membership is null)
        {
            return false;
        }

        var actor = new CurrentActor(ActorKind.User, userId, membership.UserName, Door.App, RolePermissions.Of(membership.Role));
        scope.Enter(membership.Tenant.ToIdentity(), actor);
        return true;
    }
}
