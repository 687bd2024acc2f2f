using WaCr.Web.Features.Templates;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Jobs;

/// <summary>Fetches every account's templates once a day; what WhatsApp decides in between comes by webhook.</summary>
internal sealed partial class TemplateSyncJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<TemplateSyncJob> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var look = scopes.CreateAsyncScope();
                foreach (var due in await look.ServiceProvider.GetRequiredService<TemplateSyncClaims>().ClaimAsync(stoppingToken))
                {
                    await SyncAsync(due, stoppingToken);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // What was claimed is due again in an hour.
                Log.Failed(logger, failure);
            }
        }
    }

    private async Task SyncAsync(DueSync due, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(due.Tenant, TemplateSync.Job);
        var synced = await scope.ServiceProvider.GetRequiredService<TemplateSync>().RunAsync(due.ChannelId, stoppingToken);
        if (synced.Succeeded)
        {
            await scope.ServiceProvider.GetRequiredService<TemplateSyncClaims>().DoneAsync(due.ChannelId);
            return;
        }

        Log.NotSynced(logger, due.Tenant.Id, due.ChannelId);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5341, Level = LogLevel.Error, Message = "The daily sync of templates was interrupted; it is tried again in an hour.")]
        public static partial void Failed(ILogger logger, Exception failure);

        [LoggerMessage(EventId = 5342, Level = LogLevel.Warning, Message = "Templates of channel {ChannelId} of tenant {TenantId} could not be fetched; they are tried again in an hour.")]
        public static partial void NotSynced(ILogger logger, long tenantId, long channelId);
    }
}
