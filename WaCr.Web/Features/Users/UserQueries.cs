using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Users;

public sealed class UserQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>Active users by name, who can be assigned to contacts.</summary>
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

    /// <summary>Active tenants of a user; called at sign-in, before a tenant is chosen.</summary>
    public async Task<IReadOnlyList<WorkspaceAccess>> WorkspacesOfAsync(long userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Lifts the tenant filter: the question is which tenants this user may enter.
        return await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(membership => membership.UserId == userId
                && membership.IsActive
                && membership.Tenant!.Status == Domain.TenantStatus.Active)
            .OrderBy(membership => membership.TenantId)
            .Select(membership =>
                new WorkspaceAccess(membership.TenantId, membership.Tenant!.Name ?? membership.Tenant.Subdomain, membership.Role)
                {
                    Language = membership.Tenant.Language,
                })
            .ToListAsync(cancellationToken);
    }
}
