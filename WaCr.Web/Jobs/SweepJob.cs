using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Otp;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Users;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Jobs;

/// <summary>Deletes expired data at the start and every hour.</summary>
internal sealed partial class SweepJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<SweepJob> logger)
    : TimedLoop(scopes, time, Interval)
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override bool BeginsAtOnce => true;

    // One sweeper that fails stops none of the others.
    protected override async Task TickAsync(CancellationToken stoppingToken)
    {
        await AttemptAsync(services => services.GetRequiredService<TrashSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<BulkSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<ImportSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<OneTimeCodeSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<WebhookSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<IdempotencySweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<SessionSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<ContactLeftoverSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<AuditSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<DeliverySweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<NotificationSweeper>().SweepAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<FileSweeper>().SweepAsync(stoppingToken), stoppingToken);
    }

    // Expired data is never shown, so a delay is harmless; the next tick tries again.
    protected override void Failed(Exception failure) => Log.NotSwept(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "Could not delete expired data.")]
        public static partial void NotSwept(ILogger logger, Exception failure);
    }
}
