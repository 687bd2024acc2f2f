using WaCr.Web.Components.Language;
using WaCr.Web.Components.Layout;
using WaCr.Web.Components.Pages.Campaigns;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Templates.Builder;
using WaCr.Web.Components.Pages.Contacts.Bulk;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Components.Pages.Dashboard;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Components;

internal static class ComponentsRegistration
{
    /// <summary>Registers what pages need besides the features.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddScoped<Localizer>();
        services.AddScoped<Toasts>();
        services.AddScoped<FilePicking>();
        services.AddScoped<GlobalFinder>();
        services.AddScoped<PageCommands>();
        services.AddScoped<ContactActions>();
        services.AddScoped<ContactChoicesLoader>();
        services.AddScoped<ContactListLoader>();
        services.AddScoped<ContactListPositions>();
        services.AddTransient<ContactEditing>();
        services.AddTransient<TemplateEditing>();
        services.AddScoped<BulkToasts>();
        services.AddScoped<DashboardLoader>();
        services.AddTransient<ContactSidePanel>();
        services.AddTransient<CampaignEditing>();
        services.AddTransient<ConversationReading>();
        services.AddScoped<OutgoingMessageFactory>();
        return services;
    }
}
