using WaCr.Web.Common;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Jobs;

/// <summary>Fetches the files of messages, some of each tenant in turn.</summary>
internal sealed partial class MediaLoop(IServiceScopeFactory scopes, WorkSignal<MediaFetcher> signal, ILogger<MediaLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await AttemptAsync(() => TakeTurnAsync(stoppingToken)))
            {
                await signal.WaitAsync(Look, stoppingToken);
            }
        }
    }

    private async Task<bool> TakeTurnAsync(CancellationToken stoppingToken)
    {
        await using var look = scopes.CreateAsyncScope();
        var tenants = await look.ServiceProvider.GetRequiredService<MediaFetcher>().FindTenantsAsync(stoppingToken);
        var any = false;
        foreach (var tenant in tenants)
        {
            any |= await AttemptAsync(() => FetchAsync(tenant, stoppingToken));
        }

        return any;
    }

    private async Task<bool> FetchAsync(TenantIdentity tenant, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MediaFetcher>().FetchAsync(tenant, stoppingToken) > 0;
    }

    private async Task<bool> AttemptAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What was claimed is due again once its time has come.
            Log.TurnFailed(logger, failure);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5332, Level = LogLevel.Error, Message = "Files of messages could not be fetched; they are tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
