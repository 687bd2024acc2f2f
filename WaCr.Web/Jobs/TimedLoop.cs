namespace WaCr.Web.Jobs;

/// <summary>Runs its work at a fixed interval.</summary>
internal abstract class TimedLoop(IServiceScopeFactory scopes, TimeProvider time, TimeSpan interval) : BackgroundLoop(scopes)
{
    /// <summary>Whether it first runs at the start.</summary>
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
