using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Jobs;

/// <summary>Sends due deliveries to all webhooks.</summary>
internal sealed partial class DeliveryLoop(IServiceScopeFactory scopes, ChangeFeed feed, ILogger<DeliveryLoop> logger)
    : ParallelLoop<DueWebhook>(scopes, feed)
{
    // Longest turn with one webhook, after which its lease is released.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    protected override ChangeKind[] WokenBy => [ChangeKind.Deliveries];

    // A lease that ends later ends by itself.
    protected override Task SettleAsync(bool isStart, CancellationToken stoppingToken) => isStart
        ? AttemptAsync(services => services.GetRequiredService<DeliveryClaims>().ReleaseLeftBehindAsync(stoppingToken), stoppingToken)
        : Task.CompletedTask;

    protected override Task<IReadOnlyList<DueWebhook>> FindAsync(IServiceProvider services, CancellationToken stoppingToken) =>
        services.GetRequiredService<DeliveryClaims>().FindAsync(stoppingToken);

    protected override (long Tenant, long Id) KeyOf(DueWebhook queue) => (queue.Tenant.Id, queue.WebhookId);

    protected override Task<int> TakeTurnAsync(IServiceProvider services, DueWebhook queue, CancellationToken stoppingToken) =>
        services.GetRequiredService<DeliverySender>().RunAsync(queue, Turn, stoppingToken);

    // A delivery that was sent but not recorded is sent again when its lease ends.
    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5376, Level = LogLevel.Error, Message = "Sending to a webhook failed; it will be tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
