using WaCr.Web.Features.Work;

namespace WaCr.Web.Jobs;

/// <summary>
/// Repeats one kind of work while any is due: one turn per tenant in rotation, so that a long job holds up no other tenant.
/// </summary>
internal sealed class WorkLoop<T, TStep>(IServiceScopeFactory scopes, ChangeFeed feed, ILogger<TStep> logger) : BackgroundLoop(scopes)
    where T : class, ILeased
    where TStep : class, IWorkStep<T>
{
    public override string Name => typeof(TStep).Name;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var signal = new AsyncSignal();
        using var subscription = feed.Subscribe(TStep.WokenBy, _ => signal.Notify());
        await AttemptAsync(services => services.GetRequiredService<LeaseClaims<T>>().ReleaseLeftBehindAsync(stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await TakeTurnsAsync(stoppingToken))
            {
                await signal.WaitAsync(TStep.PollInterval, stoppingToken);
            }
        }
    }

    // Claimed work is due again after a pause.
    protected override void Failed(Exception failure) => WorkLog.Interrupted(logger, typeof(TStep).Name, failure);

    /// <summary>Whether any tenant had work, even if others failed.</summary>
    private async Task<bool> TakeTurnsAsync(CancellationToken stoppingToken)
    {
        var tenants = await AttemptAsync(
            services => services.GetRequiredService<LeaseClaims<T>>().FindTenantsAsync(stoppingToken), [], stoppingToken);
        var any = false;
        foreach (var tenant in tenants)
        {
            any |= await AttemptAsync(
                services => services.GetRequiredService<WorkTurn<T, TStep>>().RunAsync(tenant, stoppingToken), 0, stoppingToken) > 0;
        }

        return any;
    }
}

internal static partial class WorkLog
{
    [LoggerMessage(EventId = 5201, Level = LogLevel.Error, Message = "{Work} failed; it will be tried again.")]
    public static partial void Interrupted(ILogger logger, string work, Exception failure);
}
