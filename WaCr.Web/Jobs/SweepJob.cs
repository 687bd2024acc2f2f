using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Otp;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Jobs;

/// <summary>Removes for good what is past its time, at the start and every hour.</summary>
internal sealed partial class SweepJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<SweepJob> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TrashSweeper>().SweepAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<BulkSweeper>().SweepAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<ImportSweeper>().SweepAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<OneTimeCodeSweeper>().SweepAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<WebhookSweeper>().SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // What stays an hour longer is shown to nobody; the next tick tries again.
                Log.NotSwept(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "What is past its time could not be removed.")]
        public static partial void NotSwept(ILogger logger, Exception failure);
    }
}
