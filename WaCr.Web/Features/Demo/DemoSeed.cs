using WaCr.Web.Domain;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Demo;

/// <summary>
/// Two tenants to try the product with, in a database that has none. Everything in it is well known, so it is
/// for Development alone.
/// </summary>
public sealed class DemoSeed(IServiceScopeFactory scopes)
{
    public const string Password = "demo-password";

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in DemoTenant.All)
        {
            // A scope is one tenant's.
            await using var scope = scopes.CreateAsyncScope();
            await SeedAsync(tenant, scope.ServiceProvider, cancellationToken);
        }
    }

    private static async Task SeedAsync(DemoTenant demo, IServiceProvider services, CancellationToken cancellationToken)
    {
        (await services.GetRequiredService<TenantService>().CreateAsync(demo.Request, Door.System, cancellationToken)).OrThrow();
        foreach (var (role, name) in demo.People)
        {
            var person = new CreateUser(demo.EmailOf(role), name, role, Password);
            (await services.GetRequiredService<UserService>().CreateAsync(person, cancellationToken)).OrThrow();
        }

        await CreateAsync<Status>(demo.Statuses.Select(status => new LookupPatch { Name = status.Name, Color = status.Color }));
        await CreateAsync<Source>(demo.Sources.Select(name => new LookupPatch { Name = name }));
        await CreateAsync<Group>(demo.Groups.Select(name => new LookupPatch { Name = name }));
        await services.GetRequiredService<DemoContacts>().CreateAsync(demo, cancellationToken);

        async Task CreateAsync<TLookup>(IEnumerable<LookupPatch> lookups)
            where TLookup : Lookup, new()
        {
            foreach (var lookup in lookups)
            {
                (await services.GetRequiredService<LookupService<TLookup>>().CreateAsync(lookup, cancellationToken)).OrThrow();
            }
        }
    }
}
