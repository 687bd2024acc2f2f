using WaCr.Web.Common;

namespace WaCr.Web.Jobs;

/// <summary>
/// Works on what several processes share by leases: one piece a moment at a time and the next in turn, so that a long one keeps none of the
/// others waiting.
/// </summary>
/// <param name="look">How soon what nobody here was told of is seen.</param>
internal abstract class TurnLoop<TRunner>(IServiceScopeFactory scopes, AsyncSignal<TRunner> signal, TimeSpan look) : BackgroundLoop(scopes)
{
    /// <summary>What a process of before left claimed is anybody's again.</summary>
    protected virtual Task ReleaseLeftBehindAsync(IServiceProvider services, CancellationToken stoppingToken) => Task.CompletedTask;

    /// <summary>Claims a piece and works on it for a moment; false where there was none.</summary>
    protected abstract Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await AttemptAsync(services => ReleaseLeftBehindAsync(services, stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await AttemptAsync(services => TakeTurnAsync(services, stoppingToken), false, stoppingToken))
            {
                await signal.WaitAsync(look, stoppingToken);
            }
        }
    }

    /// <summary>A step for each tenant that has work, whatever becomes of the others'; whether any did something.</summary>
    protected async Task<bool> ForEachAsync<T>(IEnumerable<T> tenants, Func<IServiceProvider, T, Task<bool>> step, CancellationToken stoppingToken)
    {
        var any = false;
        foreach (var tenant in tenants)
        {
            any |= await AttemptAsync(services => step(services, tenant), false, stoppingToken);
        }

        return any;
    }
}
