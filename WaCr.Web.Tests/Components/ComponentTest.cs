using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;
using WaCr.Web.Tests.Support;

namespace WaCr.Web.Tests.Components;

/// <summary>Components over the real services and a database of the test's own.</summary>
public abstract class ComponentTest : IAsyncLifetime
{
    private TestWorld _world = null!;

    protected BunitContext Browser { get; } = new();

    protected TestTenant Tenant { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        Tenant = await _world.CreateTenantAsync();
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
        Browser.AddBunitPersistentComponentState();
        Browser.Services.AddMudServices();
        Browser.Services.AddSingleton(TimeProvider.System);
        Browser.Services.AddLocalization();
        Browser.Services.AddScoped<Words>();
        Offer<TenantContext>();
        Offer<ContactQueries>();
        Offer<ContactService>();
        Offer<ApiTokenService>();
        Browser.Services.AddSingleton(new ContactChoicesLoader(
            Tenant.Get<LookupQueries<Status>>(), Tenant.Get<LookupQueries<Source>>(), Tenant.Get<LookupQueries<Group>>(),
            Tenant.Get<CountryQueries>(), Tenant.Get<UserQueries>()));
        Browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Browser.Render<MudPopoverProvider>();
        Browser.Render<MudDialogProvider>();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _world.DisposeAsync();
    }

    /// <summary>From now on the person may do what <paramref name="role"/> may.</summary>
    protected void Become(Role role)
    {
        var context = Tenant.Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, 1, "Asha Patel", Door.App, RolePermissions.Of(role)));
    }

    private void Offer<T>()
        where T : class => Browser.Services.AddSingleton(Tenant.Get<T>());
}
