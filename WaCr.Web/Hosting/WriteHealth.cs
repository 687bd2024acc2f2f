using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WaCr.Web.Data;

namespace WaCr.Web.Hosting;

/// <summary>Tags that group the health checks.</summary>
internal static class HealthTags
{
    /// <summary>Whether this process should get requests.</summary>
    public const string Ready = "ready";

    /// <summary>Whether WhatsApp accepts our tokens.</summary>
    public const string Channels = "channels";
}

/// <summary>
/// Whether writes work: rewrites one row through the same writer as everything else. Not on a damaged database, although most writes would
/// work: they would be missing from the backup that has to take its place.
/// </summary>
internal sealed class WriteHealth(WriteTrial trial, OutageLog outages) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (outages.IsDamaged)
        {
            return HealthCheckResult.Unhealthy("The database is damaged.");
        }

        try
        {
            await trial.RunAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy("A trial write does not end.");
        }
        catch (Exception outage) when (Outage.IsCauseOf(outage))
        {
            return HealthCheckResult.Unhealthy("The database cannot be written.");
        }
    }
}

/// <summary>A write that changes nothing. Callers within the same second share one.</summary>
/// <param name="limit">How long it may take; 5 s by default.</param>
internal sealed class WriteTrial(IServiceScopeFactory scopes, TimeSpan? limit = null)
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _starting = new();
    private Task _last = Task.CompletedTask;
    private long _startedAt = -1;

    /// <exception cref="TimeoutException">It has not ended in time.</exception>
    /// <exception cref="StorageUnavailableException">The database refused it.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            if (_last.IsCompleted && (_startedAt < 0 || TimeProvider.System.GetElapsedTime(_startedAt) > Freshness))
            {
                _startedAt = TimeProvider.System.GetTimestamp();
                _last = Task.Run(WriteAsync, CancellationToken.None);
            }

            return _last.WaitAsync(limit ?? UsualLimit, cancellationToken);
        }
    }

    private async Task WriteAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IDatabaseWriter>().WriteAsync<int>(
            async db =>
                await db.Plans.OrderBy(plan => plan.Id)
                    .Take(1)
                    .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.Name, plan => plan.Name)),
            CancellationToken.None);
    }
}
