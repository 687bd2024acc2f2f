using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Jobs;

/// <summary>Sends due outbox messages of all channels.</summary>
internal sealed partial class OutboxLoop(IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time, ILogger<OutboxLoop> logger)
    : ParallelLoop<OutboxChannel>(scopes, feed)
{
    private static readonly TimeSpan LookForLeftBehind = TimeSpan.FromSeconds(10);

    private long _settledAt;

    // A channel that may send again is a change of channels.
    protected override ChangeKind[] WokenBy => [ChangeKind.Outbox, ChangeKind.Channels];

    // A batch takes as long as its slowest message.
    protected override int TurnsPerQueue => 4;

    // How soon a number at its throughput limit is tried again.
    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(25);

    protected override async Task SettleAsync(bool isStart, CancellationToken stoppingToken)
    {
        if (isStart || time.GetElapsedTime(_settledAt) > LookForLeftBehind)
        {
            await AttemptAsync(
                services => services.GetRequiredService<OutboxScanner>().SettleLeftBehindAsync(isStart, stoppingToken), stoppingToken);
            _settledAt = time.GetTimestamp();
        }
    }

    protected override Task<IReadOnlyList<OutboxChannel>> FindAsync(IServiceProvider services, CancellationToken stoppingToken) =>
        services.GetRequiredService<OutboxScanner>().FindAsync(stoppingToken);

    protected override (long Tenant, long Id) KeyOf(OutboxChannel queue) => (queue.Tenant.Id, queue.ChannelId);

    protected override Task<int> TakeTurnAsync(IServiceProvider services, OutboxChannel queue, CancellationToken stoppingToken) =>
        services.GetRequiredService<OutboxDispatcher>().DispatchAsync(queue, stoppingToken);

    // A message that was claimed but not recorded becomes uncertain when its lease ends.
    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5321, Level = LogLevel.Error, Message = "Sending from the outbox failed; it will be tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
