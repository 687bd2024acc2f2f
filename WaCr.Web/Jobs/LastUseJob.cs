using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Jobs;

/// <summary>
/// Writes when tokens and users were last used, and attempts by anonymous callers, every few seconds and once on shutdown.
/// </summary>
internal sealed partial class LastUseJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<LastUseJob> logger)
    : TimedLoop(scopes, time, Interval)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await base.RunAsync(stoppingToken);
        }
        finally
        {
            await TickAsync(CancellationToken.None);
        }
    }

    protected override async Task TickAsync(CancellationToken stoppingToken)
    {
        await AttemptAsync(services => services.GetRequiredService<TokenUseWriter>().WriteAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<LastSeenWriter>().WriteAsync(stoppingToken), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<TokenAddressWriter>().WriteAsync(), stoppingToken);
        await AttemptAsync(services => services.GetRequiredService<SecurityEvents>().WriteCountedAsync(), stoppingToken);
    }

    // A log line is enough; the next tick tries again.
    protected override void Failed(Exception failure) => Log.NotWritten(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "Could not write times of last use or counted security events.")]
        public static partial void NotWritten(ILogger logger, Exception failure);
    }
}
