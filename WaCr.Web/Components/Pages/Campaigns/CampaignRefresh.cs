using WaCr.Web.Components.Shared;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>
/// Polls while a page is open: every second while a campaign runs, rarely afterwards, for late statuses. Polling works the same on every
/// replica and costs nothing while nobody watches.
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
            // The page was left.
        }
    }
}
