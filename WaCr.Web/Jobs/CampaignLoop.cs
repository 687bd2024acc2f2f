using WaCr.Web.Common;
using WaCr.Web.Features.Campaigns;

namespace WaCr.Web.Jobs;

/// <summary>Works on campaigns: queues them, and lets their messages go.</summary>
internal sealed partial class CampaignLoop(IServiceScopeFactory scopes, AsyncSignal<CampaignRunner> signal, ILogger<CampaignLoop> logger)
    : TurnLoop<CampaignRunner>(scopes, signal, Look)
{
    // How soon what is due is seen: a pace is kept in steps of about this.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    // How long the campaigns of others wait behind a long one.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    protected override Task ReleaseLeftBehindAsync(IServiceProvider services, CancellationToken stoppingToken) =>
        services.GetRequiredService<CampaignClaims>().ReleaseLeftBehindAsync(stoppingToken);

    protected override async Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken)
    {
        if (await services.GetRequiredService<CampaignClaims>().ClaimAsync(stoppingToken) is not { } claim)
        {
            return false;
        }

        await services.GetRequiredService<CampaignRunner>().RunAsync(claim, Turn, stoppingToken);
        return true;
    }

    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5341, Level = LogLevel.Error, Message = "A broadcast was interrupted; it is tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
