using WaCr.Web.Common;

namespace WaCr.Web.Jobs;

/// <summary>
/// Works on what several processes share by leases: one piece a moment at a time and the next in turn, so that a long one keeps none of the
/// others waiting.
/// </summary>
/// <param name="look">How soon what nobody here was told of is seen.</param>
internal abstract class TurnLoop<TRunner>(IServiceScopeFactory scopes, WorkSignal<TRunner> signal, TimeSpan look) : BackgroundService
{
    /// <summary>What a process of before left claimed is anybody's again.</summary>
    protected abstract Task ReleaseLeftBehindAsync(IServiceProvider services, CancellationToken stoppingToken);

    /// <summary>Claims a piece and works on it for a moment; false where there was none.</summary>
    protected abstract Task<bool> TakeTurnAsync(IServiceProvider services, CancellationToken stoppingToken);

    /// <summary>The step was undone; its piece goes on once the lease has ended.</summary>
    protected abstract void Failed(Exception failure);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await AttemptAsync(async services =>
        {
            await ReleaseLeftBehindAsync(services, stoppingToken);
            return false;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await AttemptAsync(services => TakeTurnAsync(services, stoppingToken)))
            {
                await signal.WaitAsync(look, stoppingToken);
            }
        }
    }

    private async Task<bool> AttemptAsync(Func<IServiceProvider, Task<bool>> work)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(failure);
            return false;
        }
    }
}
