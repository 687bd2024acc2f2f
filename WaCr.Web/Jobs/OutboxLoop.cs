using System.Collections.Concurrent;
using WaCr.Web.Common;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Jobs;

/// <summary>
/// Sends what waits in the outboxes, all channels side by side: one that is slow keeps nobody else waiting. At the end what is on its way is
/// brought home.
/// </summary>
internal sealed partial class OutboxLoop(IServiceScopeFactory scopes, WorkSignal<OutboxDispatcher> signal, TimeProvider time, ILogger<OutboxLoop> logger)
    : BackgroundService
{
    // How soon what is due later, and what another replica put in, is seen.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // How soon a number whose throughput is spent for the moment is asked again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LookForLeftBehind = TimeSpan.FromSeconds(10);

    // Batches of one channel on their way at once, since a batch takes as long as its slowest message.
    private const int BatchesPerChannel = 4;

    private readonly ConcurrentDictionary<(long Tenant, long Channel, int Slot), Task> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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

    private Task<int> SettleAsync(bool isStart, CancellationToken stoppingToken) => AttemptAsync(async services =>
        await services.GetRequiredService<OutboxClaims>().SettleLeftBehindAsync(isStart, stoppingToken));

    /// <summary>How many channels have something due.</summary>
    private Task<int> StartBatchesAsync(CancellationToken stoppingToken) => AttemptAsync(async services =>
    {
        var due = await services.GetRequiredService<OutboxClaims>().FindAsync(stoppingToken);
        foreach (var channel in due)
        {
            foreach (var slot in Enumerable.Range(0, BatchesPerChannel))
            {
                var key = (channel.Tenant.Id, channel.ChannelId, slot);
                if (!_running.ContainsKey(key))
                {
                    _running[key] = DispatchAsync(channel, key, stoppingToken);
                }
            }
        }

        return due.Count;
    });

    private async Task DispatchAsync(OutboxChannel channel, (long Tenant, long Channel, int Slot) key, CancellationToken stoppingToken)
    {
        await Task.Yield();
        var sent = await AttemptAsync(services => services.GetRequiredService<OutboxDispatcher>().DispatchAsync(channel, stoppingToken));
        _running.TryRemove(key, out _);
        if (sent > 0)
        {
            signal.Tell(); // there may be more
        }
    }

    private async Task<int> AttemptAsync(Func<IServiceProvider, Task<int>> work)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What was claimed and not written down becomes uncertain when its lease ends.
            Log.TurnFailed(logger, failure);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5321, Level = LogLevel.Error, Message = "The outbox was interrupted; it is looked at again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
