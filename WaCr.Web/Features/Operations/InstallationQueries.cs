using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Operations;

/// <summary>What all processes over one database have in common, for the operator.</summary>
public sealed class InstallationQueries(IDbContextFactory<AppDbContext> contexts, IBackplane backplane, QueueDepths queues)
{
    public async Task<InstallationStatistics> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var database = await db.MeasureAsync(cancellationToken);
        return new InstallationStatistics(
            await backplane.ReadProcessesAsync(cancellationToken), database.Engine, database.Bytes,
            await queues.ReadAsync(cancellationToken));
    }
}

public static class OperationsRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddScoped<InstallationQueries>();
}
