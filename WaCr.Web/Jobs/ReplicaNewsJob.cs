using WaCr.Web.Features.Messaging.Live;

namespace WaCr.Web.Jobs;

/// <summary>Keeps the replicas told of each other's messages.</summary>
internal sealed partial class ReplicaNewsJob(ReplicaNews news, TimeProvider time, ILogger<ReplicaNewsJob> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepAsync(news.HearAsync, stoppingToken), KeepAsync(news.TellAsync, stoppingToken), KeepAsync(news.BeatAsync, stoppingToken));

    private async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await work(stoppingToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Pages still see what is new at their next look.
                Log.Interrupted(logger, failure);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5311, Level = LogLevel.Warning, Message = "Replicas cannot tell each other of new messages for the moment.")]
        public static partial void Interrupted(ILogger logger, Exception failure);
    }
}
