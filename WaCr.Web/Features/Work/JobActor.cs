using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Work;

/// <summary>Who started a job: it runs as that one.</summary>
public sealed record JobAuthor(ActorKind Kind, long? Id, string Name);

/// <summary>Enters a tenant as whoever started a job, with what that one may do now.</summary>
public sealed class JobActor(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>A person who is no member any more may do nothing; a token's job goes on without the token.</summary>
    public async Task EnterAsync(TenantIdentity identity, JobAuthor author, ChangeOrigin origin)
    {
        var may = author.Kind == ActorKind.User ? await RoleOfAsync(identity.Id, author.Id) is { } role ? RolePermissions.Of(role) : [] : Permissions.All;
        tenant.Enter(identity, new CurrentActor(author.Kind, author.Id, author.Name, origin, may));
    }

    private async Task<Role?> RoleOfAsync(long tenantId, long? userId)
    {
        await using var db = await contexts.CreateDbContextAsync();

        // The filter is lifted since this is what decides about the tenant; the claim was made on a row of its own.
        return await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(member => member.TenantId == tenantId && member.UserId == userId && member.IsActive)
            .Select(member => (Role?)member.Role)
            .SingleOrDefaultAsync();
    }
}
