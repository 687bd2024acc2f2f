using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Notifications.Push;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Work;
using WaCr.Web.Jobs;

namespace WaCr.Web.Hosting;

public static class JobExtensions
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddHostedService<LastUseJob>()
        .AddHostedService<SweepJob>()
        .AddWorkLoop<BulkJob, BulkRunner>()
        .AddWorkLoop<WebhookEvent, WebhookProcessor>()
        .AddWorkLoop<MessageMedia, MediaFetcher>()
        .AddHostedService<OutboxLoop>()
        .AddHostedService<DeliveryLoop>()
        .AddWorkLoop<Campaign, CampaignRunner>()
        .AddWorkLoop<Channel, TemplateSyncStep>()
        .AddWorkLoop<Domain.ChannelHealth, ChannelHealthStep>()
        .AddWorkLoop<PushMessage, PushSender>()
        .AddHostedService<ReplicaBackplaneJob>();

    private static IServiceCollection AddWorkLoop<T, TStep>(this IServiceCollection services)
        where T : class, ILeased
        where TStep : class, IWorkStep<T> => services.AddHostedService<WorkLoop<T, TStep>>();
}
