using WaCr.Web.Common;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Jobs;

/// <summary>
/// Sends due outbox messages, all channels in parallel, so that a slow one holds up no other. On shutdown it finishes what it has started.
/// </summary>
internal sealed partial class OutboxLoop(IServiceScopeFactory scopes, AsyncSignal<OutboxDispatcher> signal, TimeProvider time, ILogger<OutboxLoop> logger)
    : BackgroundLoop(scopes)
{
    // How often due messages, and those written by another replica, are looked for.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // How soon a number at its throughput limit is tried again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LookForLeftBehind = TimeSpan.FromSeconds(10);

    // Batches of one channel in flight at once, since a batch takes as long as its slowest message.
    private const int BatchesPerChannel = 4;

    private readonly Dictionary<(long Tenant, long Channel, int Slot), Task> _running = [];

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SettleAsync(isStart: true, stoppingToken);
            var settled = time.GetTimestamp();
            while (!stoppingToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(settled) > LookForLeftBehind)
                {
                    await SettleAsync(isStart: false, stoppingToken);
                    settled = time.GetTimestamp();
                }

                var due = await StartBatchesAsync(stoppingToken);
                await signal.WaitAsync(due > 0 ? Pause : Look, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    // A message that was claimed but not recorded becomes uncertain when its lease ends.
    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private Task SettleAsync(bool isStart, CancellationToken stoppingToken) => AttemptAsync(
        services => services.GetRequiredService<OutboxScanner>().SettleLeftBehindAsync(isStart, stoppingToken), stoppingToken);

    /// <summary>The number of channels with due messages.</summary>
    private async Task<int> StartBatchesAsync(CancellationToken stoppingToken)
    {
        foreach (var (ended, _) in _running.Where(one => one.Value.IsCompleted).ToList())
        {
            _running.Remove(ended);
        }

        var due = await AttemptAsync(async services => await services.GetRequiredService<OutboxScanner>().FindAsync(stoppingToken), [], stoppingToken);
        foreach (var channel in due)
        {
            foreach (var slot in Enumerable.Range(0, BatchesPerChannel))
            {
                var key = (channel.Tenant.Id, channel.ChannelId, slot);
                if (!_running.ContainsKey(key))
                {
                    _running[key] = DispatchAsync(channel, stoppingToken);
                }
            }
        }

        return due.Count;
    }

    private async Task DispatchAsync(OutboxChannel channel, CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (await AttemptAsync(services => services.GetRequiredService<OutboxDispatcher>().DispatchAsync(channel, stoppingToken), 0, stoppingToken) > 0)
        {
            signal.Notify(); // there may be more
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5321, Level = LogLevel.Error, Message = "The outbox was interrupted; it is looked at again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
