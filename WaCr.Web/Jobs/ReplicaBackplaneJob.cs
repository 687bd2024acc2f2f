using WaCr.Web.Features.Messaging.Live;

namespace WaCr.Web.Jobs;

/// <summary>Passes changes between replicas.</summary>
internal sealed partial class ReplicaBackplaneJob(
    IServiceScopeFactory scopes, ReplicaBackplane news, TimeProvider time, ILogger<ReplicaBackplaneJob> logger)
    : BackgroundLoop(scopes)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task RunAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            KeepAsync(news.ReceiveAsync, stoppingToken), KeepAsync(news.PublishAsync, stoppingToken),
            KeepAsync(news.SendHeartbeatsAsync, stoppingToken));

    // Pages still find changes when they poll.
    protected override void Failed(Exception failure) => Log.Interrupted(logger, failure);

    private async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (!await AttemptAsync(
            async _ =>
            {
                await work(stoppingToken);
                return true;
            },
            false,
            stoppingToken))
        {
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5311, Level = LogLevel.Warning, Message = "Replicas cannot notify each other of changes; trying again.")]
        public static partial void Interrupted(ILogger logger, Exception failure);
    }
}
