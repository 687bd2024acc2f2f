using WaCr.Web.Common;
using WaCr.Web.Features.Messaging.Media;

namespace WaCr.Web.Jobs;

/// <summary>Fetches the files of messages, some of each tenant in turn.</summary>
internal sealed partial class MediaLoop(IServiceScopeFactory scopes, AsyncSignal<MediaFetcher> signal, ILogger<MediaLoop> logger)
    : TurnLoop<MediaFetcher>(scopes, signal, Look)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken) => await ForEachAsync(
        await services.GetRequiredService<MediaFetcher>().FindTenantsAsync(stoppingToken),
        async (one, tenant) => await one.GetRequiredService<MediaFetcher>().FetchAsync(tenant, stoppingToken) > 0,
        stoppingToken);

    // What was claimed is due again once its time has come.
    protected override void Failed(Exception failure) => Log.TurnFailed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5332, Level = LogLevel.Error, Message = "Files of messages could not be fetched; they are tried again.")]
        public static partial void TurnFailed(ILogger logger, Exception failure);
    }
}
