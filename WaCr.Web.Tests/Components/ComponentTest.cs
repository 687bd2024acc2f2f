using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Layout;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Contacts.Bulk;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Components.Pages.Dashboard;
using WaCr.Web.Components.Shared;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Users;
using WaCr.Web.Features.Views;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;
using WaCr.Web.Tests.Support;

namespace WaCr.Web.Tests.Components;

/// <summary>Components over the real services and a database of the test's own.</summary>
public abstract class ComponentTest : IAsyncLifetime
{
    private TestWorld _world = null!;

    // bUnit waits one second by itself, which a busy machine needs now and then.
    static ComponentTest() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected BunitContext Browser { get; } = new();

    protected TestTenant Tenant { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, more: AddMore);
        Tenant = await _world.CreateTenantAsync();
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
        Browser.AddBunitPersistentComponentState();
        Browser.Services.AddMudServices();
        Browser.Services.AddSingleton(TimeProvider.System);
        Browser.Services.AddLocalization();
        Browser.Services.AddScoped<Localizer>();
        Browser.Services.AddScoped<Toasts>();
        Browser.Services.AddScoped<GlobalFinder>();
        Offer<TenantContext>();
        Offer<SandboxPresence>();
        Offer<ContactQueries>();
        Offer<ContactService>();
        Offer<PersonErasure>();
        Offer<AuditQueries>();
        Offer<UnsavedEdits>();
        Offer<ContactHistory>();
        Offer<ContactDuplicates>();
        Offer<ContactMerger>();
        Offer<ContactUnmerger>();
        Offer<LookupService<Group>>();
        Offer<LookupService<Source>>();
        Offer<LookupService<Status>>();
        Offer<LookupQueries<Group>>();
        Offer<LookupQueries<Source>>();
        Offer<LookupQueries<Status>>();
        Offer<StatusOrder>();
        Offer<AccountQueries>();
        Browser.Services.AddSingleton(new DashboardLoader(
            Tenant.Get<AccountQueries>(), Tenant.Get<ContactStatistics>(), Tenant.Get<LatestActivity>(), Tenant.Get<DashboardAlerts>()));
        Browser.Services.AddTransient<ContactEditing>();
        Offer<ApiTokenService>();
        Offer<BulkService>();
        Offer<BulkQueries>();
        Offer<BulkSignal>();
        Offer<ContactTrash>();
        Offer<SavedViewService>();
        Offer<FileStore>();
        Browser.Services.AddScoped<FilePicking>();
        Offer<UserPreferences>();
        Offer<CampaignDrafts>();
        Offer<CampaignService>();
        Offer<CampaignQueries>();
        Offer<CampaignForecast>();
        Offer<TemplateQueries>();
        Browser.Services.AddTransient<ContactListLoader>();
        Browser.Services.AddTransient<BulkToasts>();
        Browser.Services.AddSingleton(new ContactChoicesLoader(
            Tenant.Get<LookupQueries<Status>>(), Tenant.Get<LookupQueries<Source>>(), Tenant.Get<LookupQueries<Group>>(),
            Tenant.Get<CountryQueries>(), Tenant.Get<UserQueries>()));
        Offer<ConversationStatistics>();
        Offer<MessageSignal>();
        Offer<ContactTimelineQueries>();
        Offer<ContactConversations>();
        OfferMore();
        Browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Browser.Render<MudPopoverProvider>();
        Browser.Render<MudDialogProvider>();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _world.DisposeAsync();
    }

    /// <summary>Services that one class alone needs: in the world, and then offered to its pages.</summary>
    protected virtual void AddMore(IServiceCollection services)
    {
    }

    protected virtual void OfferMore()
    {
    }

    /// <summary>From now on the person may do what <paramref name="role"/> may.</summary>
    protected void Become(Role role)
    {
        var context = Tenant.Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, 1, "Asha Patel", ChangeOrigin.App, RolePermissions.Of(role)));
    }

    protected void Offer<T>()
        where T : class => Browser.Services.AddSingleton(Tenant.Get<T>());
}
