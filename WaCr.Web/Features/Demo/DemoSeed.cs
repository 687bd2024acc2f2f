using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Features.Demo;

/// <summary>
/// Creates two demo tenants in an empty database. Passwords are public, so it only runs in Development. Each step skips what exists, so an
/// interrupted seeding is completed on the next start.
/// </summary>
public sealed class DemoSeed(IServiceScopeFactory scopes)
{
    public const string Password = "demo-password";

    /// <summary>Whether the database has demo users, whose passwords are public.</summary>
    public async Task<bool> IsPresentAsync(CancellationToken cancellationToken)
    {
        var known = DemoTenant.All.Select(demo => demo.Request.Subdomain).ToList();
        var emails = DemoTenant.All.SelectMany(demo => demo.People.Select(person => demo.EmailOf(person.Role))).ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        return await db.Tenants.AnyAsync(tenant => known.Contains(tenant.Subdomain), cancellationToken)
            && await db.Users.AnyAsync(user => emails.Contains(user.Email!), cancellationToken);
    }

    /// <summary>True for an empty database or an interrupted seeding; false if there are other tenants.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var found = await db.Tenants.Select(tenant => new { tenant.Id, tenant.Subdomain, tenant.Name }).ToListAsync(cancellationToken);
        if (!found.All(tenant => DemoTenant.All.Any(demo => demo.Request.Subdomain == tenant.Subdomain
            && demo.Request.Name == tenant.Name)))
        {
            return false;
        }

        var filled = 0;
        foreach (var tenant in found)
        {
            // Lifts the tenant filter: no tenant has been entered yet.
            filled += await HasHadContactsAsync(
                db.AuditEntries.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(entry => entry.TenantId == tenant.Id),
                cancellationToken)
                ? 1
                : 0;
        }

        return filled < DemoTenant.All.Count;
    }

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in DemoTenant.All)
        {
            // A scope can only enter one tenant.
            await using var scope = scopes.CreateAsyncScope();
            await SeedAsync(tenant, scope.ServiceProvider, cancellationToken);
        }
    }

    private static async Task SeedAsync(DemoTenant demo, IServiceProvider services, CancellationToken cancellationToken)
    {
        var tenants = services.GetRequiredService<TenantService>();
        if (!(await tenants.EnterAsync(demo.Request.Subdomain, ChangeOrigin.System, cancellationToken)).Succeeded)
        {
            (await tenants.CreateAsync(demo.Request, ChangeOrigin.System, cancellationToken)).OrThrow();
        }

        var db = services.GetRequiredService<AppDbContext>();
        var members = await db.Memberships.Select(membership => membership.User!.Email).ToListAsync(cancellationToken);
        foreach (var (role, name) in demo.People.Where(person => !members.Contains(demo.EmailOf(person.Role))))
        {
            var person = new CreateUser(demo.EmailOf(role), name, role, Password);
            (await services.GetRequiredService<UserService>().CreateAsync(person, cancellationToken)).OrThrow();
        }

        await CreateAsync<Status>(demo.Statuses.Select(status => new LookupPatch { Name = status.Name, Color = status.Color }));
        await CreateAsync<Source>(demo.Sources.Select(name => new LookupPatch { Name = name }));
        await CreateAsync<Group>(demo.Groups.Select(name => new LookupPatch { Name = name }));

        await services.GetRequiredService<DemoChannel>().CreateAsync(db, demo.Number, cancellationToken);

        // Contacts come last and in one transaction, so their presence means that the seeding is complete.
        if (!await HasHadContactsAsync(db.AuditEntries, cancellationToken))
        {
            await services.GetRequiredService<DemoContacts>().CreateAsync(demo, cancellationToken);
        }

        async Task CreateAsync<TLookup>(IEnumerable<LookupPatch> lookups)
            where TLookup : Lookup, new()
        {
            var present = await db.Set<TLookup>().Select(lookup => lookup.Name).ToListAsync(cancellationToken);
            foreach (var lookup in lookups.Where(lookup => !present.Contains(lookup.Name.Value!)))
            {
                (await services.GetRequiredService<LookupService<TLookup>>().CreateAsync(lookup, cancellationToken)).OrThrow();
            }
        }
    }

    // Asks the audit trail, which stays when somebody deletes all contacts while trying the product.
    private static Task<bool> HasHadContactsAsync(IQueryable<AuditEntry> trail, CancellationToken cancellationToken) =>
        trail.AnyAsync(entry => entry.EntityType == AuditEntry.ContactType, cancellationToken);
}
