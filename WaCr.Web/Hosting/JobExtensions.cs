using WaCr.Web.Jobs;

namespace WaCr.Web.Hosting;

public static class JobExtensions
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddHostedService<LastUseJob>();
        services.AddHostedService<SweepJob>();
        services.AddHostedService<BulkJobLoop>();
        services.AddHostedService<WebhookLoop>();
        services.AddHostedService<MediaLoop>();
        services.AddHostedService<OutboxLoop>();
        services.AddHostedService<CampaignLoop>();
        services.AddHostedService<TemplateSyncJob>();
        services.AddHostedService<ReplicaBackplaneJob>();
        return services;
    }
}
