using WaCr.Web.Common;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Jobs;

/// <summary>Processes the webhooks that came in, a batch of each tenant in turn, for as long as there are any.</summary>
internal sealed partial class WebhookLoop(IServiceScopeFactory scopes, WorkSignal<WebhookProcessor> signal, ILogger<WebhookLoop> logger) : BackgroundService
{
    // How soon what another replica received and did not process, and what was parked, is seen.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await AttemptAsync(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WebhookClaims>().ReleaseLeftBehindAsync(stoppingToken);
            return true;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await AttemptAsync(() => TakeTurnAsync(stoppingToken)))
            {
                await signal.WaitAsync(Look, stoppingToken);
            }
        }
    }

    /// <summary>Whether anything was done.</summary>
    private async Task<bool> TakeTurnAsync(CancellationToken stoppingToken)
    {
        await using var look = scopes.CreateAsyncScope();
        var tenants = await look.ServiceProvider.GetRequiredService<WebhookClaims>().FindTenantsAsync(stoppingToken);
        var any = false;
        foreach (var tenant in tenants)
        {
            any |= await AttemptAsync(() => ProcessAsync(tenant, stoppingToken));
        }

        return any;
    }

    private async Task<bool> ProcessAsync(TenantIdentity tenant, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WebhookProcessor>().ProcessBatchAsync(tenant, stoppingToken) > 0;
    }

    private async Task<bool> AttemptAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What was claimed is due again once its lease has ended.
            Log.TurnFailed(logger, failure);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5301, Level = LogLevel.Error, Message = "Webhooks could not be processed; they are tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
