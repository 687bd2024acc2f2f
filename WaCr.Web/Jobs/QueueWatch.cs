using WaCr.Web.Features.Work;

namespace WaCr.Web.Jobs;

/// <summary>Reads the queues' depth for the gauges, where somebody watches them.</summary>
internal sealed partial class QueueWatch(IServiceScopeFactory scopes, QueueGauges gauges, TimeProvider time, ILogger<QueueWatch> logger)
    : TimedLoop(scopes, time, Interval)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override bool BeginsAtOnce => true;

    protected override async Task TickAsync(CancellationToken stoppingToken) => gauges.Depths =
        await AttemptAsync(services => services.GetRequiredService<QueueDepths>().ReadAsync(stoppingToken), gauges.Depths, stoppingToken);

    protected override void Failed(Exception failure) => Log.NotRead(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5203, Level = LogLevel.Warning, Message = "The depth of the queues could not be read.")]
        public static partial void NotRead(ILogger logger, Exception failure);
    }
}
