using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Users;

public sealed class UserQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>The tenant's active people, by name: those a contact can be assigned to.</summary>
    public async Task<Result<IReadOnlyList<UserItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await db.Memberships.AsNoTracking()
            .Where(membership => membership.IsActive)
            .Select(membership => new UserItem(
                membership.UserId, membership.User!.Name, membership.User.Email!, membership.Role, membership.IsActive))
            .ToListAsync(cancellationToken);
        return users.OrderBy(user => TextKey.Folded(user.Name), StringComparer.Ordinal).ThenBy(user => user.Id).ToList();
    }

    /// <summary>The active tenants that a person belongs to; asked at sign-in, before any tenant is chosen.</summary>
    public async Task<IReadOnlyList<WorkspaceAccess>> WorkspacesOfAsync(long userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The filter is lifted since the question is which tenants this person may enter.
        return await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(membership => membership.UserId == userId && membership.IsActive && membership.Tenant!.Status == Domain.TenantStatus.Active)
            .OrderBy(membership => membership.TenantId)
            .Select(membership => new WorkspaceAccess(membership.TenantId, membership.Tenant!.Name ?? membership.Tenant.Subdomain, membership.Role))
            .ToListAsync(cancellationToken);
    }
}
