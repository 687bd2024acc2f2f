using WaCr.Web.Common;
using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Jobs;

/// <summary>Processes the webhooks that came in, a batch of each tenant in turn, for as long as there are any.</summary>
internal sealed partial class WebhookLoop(IServiceScopeFactory scopes, AsyncSignal<WebhookProcessor> signal, ILogger<WebhookLoop> logger)
    : TurnLoop<WebhookProcessor>(scopes, signal, Look)
{
    // How soon what another replica received and did not process, and what was parked, is seen.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override Task ReleaseLeftBehindAsync(IServiceProvider services, CancellationToken stoppingToken) =>
        services.GetRequiredService<WebhookClaims>().ReleaseLeftBehindAsync(stoppingToken);

    protected override async Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken) => await ForEachAsync(
        await services.GetRequiredService<WebhookClaims>().FindTenantsAsync(stoppingToken),
        async (one, tenant) => await one.GetRequiredService<WebhookProcessor>().ProcessBatchAsync(tenant, stoppingToken) > 0,
        stoppingToken);

    // What was claimed is due again once its lease has ended.
    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5301, Level = LogLevel.Error, Message = "Webhooks could not be processed; they are tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
