using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Components;

/// <summary>Components over the real services and a database of the test's own.</summary>
public abstract class ComponentTest : IAsyncLifetime
{
    private TestWorld _world = null!;

    // bUnit waits one second by itself, which a busy machine needs now and then.
    static ComponentTest() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected BunitContext Browser { get; } = new();

    /// <summary>The clock of pages and services; it stands still unless a test moves it.</summary>
    protected FakeTimeProvider Time { get; } = new NoPauseClock();

    /// <summary>Where open menus and lists of selects are.</summary>
    protected IRenderedComponent<MudPopoverProvider> Popovers { get; private set; } = null!;

    /// <summary>Where open dialogs are.</summary>
    protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    protected TestTenant Tenant { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, Time, AddMore);
        Tenant = await _world.CreateTenantAsync();
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
        Browser.AddBunitPersistentComponentState();
        Browser.Services.AddSingleton<TimeProvider>(Time);
        Browser.Services.AddMudServices();
        Browser.Services.AddScoped(_ => ActivatorUtilities.CreateInstance<ContactActions>(Browser.Services)); // the kit's services, too
        Browser.Services.AddFallbackServiceProvider(Tenant.Get<IServiceProvider>());
        Browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Popovers = Browser.Render<MudPopoverProvider>();
        Dialogs = Browser.Render<MudDialogProvider>();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _world.DisposeAsync();
    }

    /// <summary>A second workspace.</summary>
    protected Task<TestTenant> CreateAnotherAsync() => _world.CreateTenantAsync("other");

    /// <summary>Services that one class alone needs.</summary>
    protected virtual void AddMore(IServiceCollection services)
    {
    }

    /// <summary>From now on the person may do what <paramref name="role"/> may.</summary>
    protected void Become(Role role)
    {
        var context = Tenant.Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, 1, "Asha Patel", ChangeOrigin.App, RolePermissions.Of(role)));
    }
}
