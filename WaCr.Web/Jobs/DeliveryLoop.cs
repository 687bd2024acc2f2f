using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Jobs;

/// <summary>
/// Sends to webhooks, all of them side by side: one that is slow or dead keeps nobody else waiting. At the end what is on its way is brought home.
/// </summary>
internal sealed partial class DeliveryLoop(IServiceScopeFactory scopes, DeliverySignal signal, ILogger<DeliveryLoop> logger) : BackgroundLoop(scopes)
{
    // How soon retries that are due, and what another replica wrote, are seen.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // How long a turn with one webhook is, after which its lease is free again.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(long Tenant, long Webhook), Task> _running = [];

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AttemptAsync(services => services.GetRequiredService<DeliveryClaims>().ReleaseLeftBehindAsync(stoppingToken), stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await StartTurnsAsync(stoppingToken);
                await signal.WaitAsync(Look, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    // What was sent and not written down is sent again when the lease has ended.
    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private async Task StartTurnsAsync(CancellationToken stoppingToken)
    {
        foreach (var (ended, _) in _running.Where(one => one.Value.IsCompleted).ToList())
        {
            _running.Remove(ended);
        }

        var due = await AttemptAsync(async services => await services.GetRequiredService<DeliveryClaims>().FindAsync(stoppingToken), [], stoppingToken);
        foreach (var webhook in due.Where(webhook => !_running.ContainsKey((webhook.Tenant.Id, webhook.WebhookId))))
        {
            _running[(webhook.Tenant.Id, webhook.WebhookId)] = SendAsync(webhook, stoppingToken);
        }
    }

    private async Task SendAsync(DueWebhook due, CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (await AttemptAsync(services => services.GetRequiredService<DeliverySender>().RunAsync(due, Turn, stoppingToken), 0, stoppingToken) > 0)
        {
            signal.Notify(); // there may be more
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5376, Level = LogLevel.Error, Message = "Webhooks could not be sent; they are tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
