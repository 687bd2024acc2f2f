using WaCr.Web.Common;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Hosting;

internal static class MessagingExtensions
{
    /// <summary>What comes in, and what leaves by itself.</summary>
    public static void AddInboxAndOutbox(this IServiceCollection services)
    {
        services.AddSingleton(typeof(AsyncSignal<>));
        services.AddWork();
        services.AddSingleton<MessageSignal>();
        services.AddSingleton<ConversationPresence>();
        services.AddSingleton<ReplicaBackplane>();
        services.AddSingleton<WebhookChannelCache>();
        services.AddSingleton<WebhookThrottle>();
        services.AddSingleton<VerifyTokens>();
        services.AddSingleton<WebhookSeals>();
        services.AddScoped<WebhookChannels>();
        services.AddScoped<WebhookHandshake>();
        services.AddScoped<WebhookInbox>();
        services.AddScoped<WebhookProcessor>();
        services.AddScoped<WebhookSweeper>();
        services.AddScoped<SenderResolver>();
        services.AddScoped<InboundMessages>();
        services.AddScoped<InboundGroupMessages>();
        services.AddScoped<GroupMessageQueries>();
        services.AddScoped<InboundStatuses>();
        services.AddScoped<InboundTemplates>();
        services.AddScoped<InboundNotices>();
        services.AddSingleton<InboundSignals>();
        services.AddSingleton<OptOuts>();
        services.AddScoped<MediaFetcher>();
        services.AddScoped<OutboxScanner>();
        services.AddScoped<OutboxBatch>();
        services.AddScoped<OutboxDispatcher>();
        services.AddScoped<OutboxService>();
        services.AddScoped<OutboxQueries>();
    }

    /// <summary>A template to many.</summary>
    public static void AddCampaigns(this IServiceCollection services)
    {
        services.AddScoped<CampaignRunner>();
        services.AddScoped<CampaignForecast>();
        services.AddScoped<CampaignQueries>();
        services.AddScoped<CampaignDrafts>();
        services.AddScoped<CampaignService>();
        services.AddScoped<CampaignExport>();
        services.AddScoped<TemplateUseQueries>();
    }
}
