using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Privacy;

/// <summary>Erases contacts that were in the trash for 30 days, in small batches, because other writers wait.</summary>
public sealed class TrashSweeper(IServiceScopeFactory scopes, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int AtOnce = 100;

    private static readonly CurrentActor Actor = new(ActorKind.System, null, "Trash", ChangeOrigin.System, FrozenSet<string>.Empty);

    /// <summary>Returns how many contacts were erased.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - DeletedContact.KeptFor;
        var swept = 0;
        foreach (var tenant in await FindTenantsAsync(oldest, cancellationToken))
        {
            int gone;
            do
            {
                swept += gone = await SweepAsync(tenant, oldest, cancellationToken);
            }
            while (gone == AtOnce);
        }

        return swept;
    }

    private async Task<List<TenantIdentity>> FindTenantsAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Lifts the tenant filter: one pass serves all tenants, each through its own index.
        var tenants = await db.Tenants.AsNoTracking()
            .Where(tenant => db.DeletedContacts.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Any(contact => contact.TenantId == tenant.Id && contact.DeletedAt <= oldest))
            .ToListAsync(cancellationToken);
        return tenants.ConvertAll(tenant => tenant.ToIdentity());
    }

    private async Task<int> SweepAsync(TenantIdentity tenant, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant, Actor);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        var expired = await db.DeletedContacts.Where(contact => contact.DeletedAt <= oldest)
            .OrderBy(contact => contact.DeletedAt).Select(contact => contact.Id).Take(AtOnce).ToListAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ContactEraser>().EraseAsync(expired, cancellationToken);
        return expired.Count;
    }
}
