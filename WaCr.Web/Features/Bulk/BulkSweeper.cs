using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Bulk;

/// <summary>Deletes a job's undo data when its undo time is over, and the job after 30 days.</summary>
public sealed class BulkSweeper(IDatabaseWriter writer, TimeProvider time)
{
    // Longer than an undo can take that was started in time.
    private static readonly TimeSpan ChunksKeptFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan ImportChunksKeptFor = BulkJob.ImportUndoableFor + TimeSpan.FromHours(6);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (oldChunks, oldImports, oldJobs) = (now - ChunksKeptFor, now - ImportChunksKeptFor, now - BulkJob.KeptFor);
        (await writer.WriteAsync<int>(
            async db =>
            {
                // Lifts the tenant filter: one pass serves all tenants.
                var ended = db.BulkJobs.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(job => job.State != BulkState.Running);
                await db.BulkChunks.IgnoreQueryFilters([AppDbContext.TenantFilter])
                    .Where(chunk => ended.Any(job => job.TenantId == chunk.TenantId && job.Id == chunk.JobId
                        && job.FinishedAt <= (job.Kind == BulkKind.Import ? oldImports : oldChunks)))
                    .ExecuteDeleteAsync();
                return await ended.Where(job => job.FinishedAt <= oldJobs).ExecuteDeleteAsync();
            },
            cancellationToken)).OrThrow();
    }
}
