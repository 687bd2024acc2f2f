using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Jobs;

/// <summary>
/// Sends to all webhooks in parallel, so that a slow or dead receiver holds up no other. On shutdown it finishes what it has started.
/// </summary>
internal sealed partial class DeliveryLoop(IServiceScopeFactory scopes, DeliverySignal signal, ILogger<DeliveryLoop> logger) : BackgroundLoop(scopes)
{
    // How often due retries, and deliveries written by another replica, are looked for.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // Longest turn with one webhook, after which its lease is released.
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

    // A delivery that was sent but not recorded is sent again when its lease ends.
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
