using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Work;

/// <summary>The user or token that started a job; the job runs as that actor.</summary>
public sealed record JobAuthor(ActorKind Kind, long? Id, string Name);

/// <summary>Enters a tenant as the actor that started a job, with its current permissions.</summary>
public sealed class JobActor(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>A user who left the tenant has no permissions; a token's job goes on even if the token is revoked.</summary>
    public async Task EnterAsync(TenantIdentity identity, JobAuthor author, ChangeOrigin origin)
    {
        var may = author.Kind == ActorKind.User
            ? await RoleOfAsync(identity.Id, author.Id) is { } role
            ? RolePermissions.Of(role)
            : []
            : Permissions.All;
        tenant.Enter(identity, new CurrentActor(author.Kind, author.Id, author.Name, origin, may));
    }

    private async Task<Role?> RoleOfAsync(long tenantId, long? userId)
    {
        await using var db = await contexts.CreateDbContextAsync();

        // Lifts the tenant filter: this decides about the tenant. The claimed row named it.
        return await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(member => member.TenantId == tenantId && member.UserId == userId && member.IsActive)
            .Select(member => (Role?)member.Role)
            .SingleOrDefaultAsync();
    }
}
