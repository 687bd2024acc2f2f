using WaCr.Web.Common;
using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Jobs;

/// <summary>Works on bulk jobs, for as long as there are any.</summary>
internal sealed partial class BulkJobLoop(IServiceScopeFactory scopes, AsyncSignal<BulkRunner> signal, ILogger<BulkJobLoop> logger)
    : TurnLoop<BulkRunner>(scopes, signal, Look)
{
    // How soon the jobs of another replica that died are seen.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // How long the jobs of others wait behind a long one.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    protected override Task ReleaseLeftBehindAsync(IServiceProvider services, CancellationToken stoppingToken) =>
        services.GetRequiredService<BulkClaims>().ReleaseLeftBehindAsync(stoppingToken);

    protected override async Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken)
    {
        if (await services.GetRequiredService<BulkClaims>().ClaimAsync(stoppingToken) is not { } claim)
        {
            return false;
        }

        await services.GetRequiredService<BulkRunner>().RunAsync(claim, Turn, stoppingToken);
        return true;
    }

    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5201, Level = LogLevel.Error, Message = "A bulk job was interrupted; it is tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
