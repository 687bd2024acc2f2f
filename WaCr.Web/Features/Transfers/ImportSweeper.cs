using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Transfers;

/// <summary>Deletes files that were never started or whose upload broke off. Started ones are deleted with their job.</summary>
public sealed class ImportSweeper(IDatabaseWriter writer, TimeProvider time)
{
    // Longer than the slowest upload takes.
    private static readonly TimeSpan ReadingFor = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (waiting, reading) = (now - Import.WaitsFor, now - ReadingFor);
        (await writer.WriteAsync<int>(
            // Lifts the tenant filter: one pass serves all tenants.
            async db => await db.Imports.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(import => (import.State == ImportState.Ready && import.CreatedAt <= waiting)
                    || (import.State == ImportState.Reading && import.CreatedAt <= reading))
                .ExecuteDeleteAsync(),
            cancellationToken)).OrThrow();
    }
}
