using WaCr.Web.Common;
using WaCr.Web.Features.Templates;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Jobs;

/// <summary>Fetches every account's templates once a day, and at once where a webhook says that one was changed.</summary>
internal sealed partial class TemplateSyncJob(IServiceScopeFactory scopes, AsyncSignal<TemplateSync> signal, ILogger<TemplateSyncJob> logger)
    : TurnLoop<TemplateSync>(scopes, signal, Look)
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    protected override async Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken)
    {
        var claimed = await services.GetRequiredService<TemplateSyncClaims>().ClaimAsync(stoppingToken);
        foreach (var due in claimed)
        {
            await AttemptAsync(one => SyncAsync(one, due, stoppingToken), stoppingToken);
        }

        return claimed.Count > 0;
    }

    // What was claimed is due again in an hour.
    protected override void Failed(Exception failure) => Log.Failed(logger, failure);

    private async Task SyncAsync(IServiceProvider services, DueSync due, CancellationToken stoppingToken)
    {
        services.GetRequiredService<TenantContext>().Enter(due.Tenant, TemplateSync.Job);
        var synced = await services.GetRequiredService<TemplateSync>().RunAsync(due.ChannelId, stoppingToken);
        if (synced.Succeeded)
        {
            await services.GetRequiredService<TemplateSyncClaims>().DoneAsync(due);
            return;
        }

        Log.NotSynced(logger, due.Tenant.Id, due.ChannelId);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5351, Level = LogLevel.Error, Message = "The daily sync of templates was interrupted; it is tried again in an hour.")]
        public static partial void Failed(ILogger logger, Exception failure);

        [LoggerMessage(EventId = 5352, Level = LogLevel.Warning, Message = "Templates of channel {ChannelId} of tenant {TenantId} could not be fetched; they are tried again in an hour.")]
        public static partial void NotSynced(ILogger logger, long tenantId, long channelId);
    }
}
