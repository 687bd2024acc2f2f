using WaCr.Web.Components.Shared;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>
/// Looks again while somebody watches: each second while a broadcast is at work, seldom afterwards, for the statuses that still come. Asked for
/// rather than told, so that it is the same on every replica and costs nothing while nobody looks.
/// </summary>
public sealed class CampaignRefresh : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ended = new();

    public CampaignRefresh(TimeProvider time, Func<bool> isAtWork, Func<Task> refresh, ILogger logger) => _ = RunAsync(time, isAtWork, refresh, logger);

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task RunAsync(TimeProvider time, Func<bool> isAtWork, Func<Task> refresh, ILogger logger)
    {
        var ended = _ended.Token;
        try
        {
            while (true)
            {
                await Task.Delay(isAtWork() ? Often : Seldom, time, ended);
                await LiveRefresh.AttemptAsync(refresh, logger, ended);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The page left the screen.
        }
    }
}
