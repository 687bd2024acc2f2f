using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Features.Messaging;

internal static class MessagingRegistration
{
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<MessageCountCache>();
        services.AddSingleton<DirectSends>();
        services.AddScoped<ContactResolver>();
        services.AddScoped<TwinMerger>();
        services.AddScoped<SendConsequences>();
        services.AddScoped<SendReplay>();
        services.AddScoped<ConversationService>();
        services.AddScoped<MessageOutcomes>();
        services.AddScoped<OutgoingFiles>();
        services.AddScoped<SendPreparation>();
        services.AddScoped<DirectMessageWriter>();
        services.AddScoped<ScheduledMessageWriter>();
        services.AddScoped<DirectDelivery>();
        services.AddScoped<MessageSender>();
        services.AddScoped<MessageScheduler>();
        services.AddScoped<MessageReceipts>();
        services.AddScoped<MessageForwarder>();
        services.AddScoped<SavedPlaces>();
        services.AddScoped<MessageStars>();
        services.AddScoped<MessageCollections>();
        services.AddScoped<ContactBlocking>();
        services.AddScoped<ConversationTranscript>();
        services.AddScoped<ContactOriginQueries>();
        services.AddScoped<InboxQueries>();
        services.AddScoped<ConversationHistoryQueries>();
        services.AddScoped<MessageFinder>();
        services.AddScoped<ConversationQueries>();
        services.AddScoped<ConversationActions>();
        services.AddScoped<ContactTimelineQueries>();
        services.AddScoped<ContactConversations>();
        services.AddScoped<MessageQueries>();
        services.AddScoped<MessageMediaQueries>();
        services.AddSingleton<ConversationPresence>();
        services.AddSingleton<ReplicaBackplane>();
        services.AddSingleton<WebhookChannelCache>();
        services.AddSingleton<WebhookThrottle>();
        services.AddSingleton<VerifyTokens>();
        services.AddSingleton<UnknownNumberSignatureCheck>();
        services.AddScoped<WebhookChannels>();
        services.AddScoped<WebhookHandshake>();
        services.AddScoped<WebhookInbox>();
        services.AddScoped<WebhookProcessor>();
        services.AddScoped<WebhookSweeper>();
        services.AddScoped<SenderResolver>();
        services.AddScoped<InboundEvents>();
        services.AddScoped<InboundMessages>();
        services.AddScoped<InboundGroupMessages>();
        services.AddScoped<GroupMessageQueries>();
        services.AddScoped<InboundStatuses>();
        services.AddScoped<InboundTemplates>();
        services.AddScoped<InboundNotices>();
        services.AddScoped<ConsentKeywordsService>();
        services.AddSingleton<OptOuts>();
        services.AddScoped<MediaFetcher>();
        services.AddScoped<OutboxScanner>();
        services.AddScoped<OutboxClaimer>();
        services.AddScoped<OutboxOutcomes>();
        services.AddScoped<OutboxDispatcher>();
        services.AddScoped<OutboxService>();
        services.AddScoped<OutboxQueries>();
        return services;
    }
}
