using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Operations;

/// <summary>What all processes over one database have in common, for the operator.</summary>
public sealed class InstallationQueries(IDbContextFactory<AppDbContext> contexts, IBackplane backplane)
{
    /// <summary>Null while the database does not respond, which is when an operator asks.</summary>
    public async Task<InstallationStatistics?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var database = await db.MeasureAsync(cancellationToken);
            return new InstallationStatistics(await backplane.ReadProcessesAsync(cancellationToken), database.Engine, database.Bytes);
        }
        catch (Exception outage) when (Outage.IsCauseOf(outage))
        {
            return null; // OutageLog reports it
        }
    }
}

public static class OperationsRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddScoped<InstallationQueries>();
}
