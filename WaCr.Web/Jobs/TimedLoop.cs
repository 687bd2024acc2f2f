namespace WaCr.Web.Jobs;

/// <summary>Does the same at intervals.</summary>
internal abstract class TimedLoop(IServiceScopeFactory scopes, TimeProvider time, TimeSpan interval) : BackgroundLoop(scopes)
{
    /// <summary>Whether the first time is at the start.</summary>
    protected virtual bool BeginsAtOnce => false;

    protected abstract Task TickAsync(CancellationToken stoppingToken);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        if (BeginsAtOnce)
        {
            await TickAsync(stoppingToken);
        }

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TickAsync(stoppingToken);
        }
    }
}
