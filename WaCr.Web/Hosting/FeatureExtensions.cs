using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Conversations;
using WaCr.Web.Features.Costs;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Demo;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Operations;
using WaCr.Web.Features.Otp;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Features.QuickReplies;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Users;
using WaCr.Web.Features.Views;
using WaCr.Web.Features.Webhooks;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Hosting;

public static class FeatureExtensions
{
    /// <summary>Each feature registers its own services, next to its code.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddApiTokens()
        .AddAudit()
        .AddBulk()
        .AddCampaigns()
        .AddChannels()
        .AddComments()
        .AddContacts()
        .AddConversations()
        .AddCosts()
        .AddDashboard()
        .AddDemo()
        .AddFiles()
        .AddIdempotency()
        .AddLookups()
        .AddMessaging()
        .AddNotifications()
        .AddOperations()
        .AddOtp()
        .AddPlans()
        .AddPrivacy()
        .AddQuickReplies()
        .AddSandboxPhone()
        .AddTemplates()
        .AddTenants()
        .AddTransfers()
        .AddUsers()
        .AddViews()
        .AddWebhooks()
        .AddWork();
}
