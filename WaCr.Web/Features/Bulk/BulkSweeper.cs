using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Bulk;

/// <summary>Forgets what jobs kept for their undo once that is over, and after 30 days the jobs.</summary>
public sealed class BulkSweeper(IDatabaseWriter writer, TimeProvider time)
{
    // Longer than any undo that was begun in time takes.
    private static readonly TimeSpan ChunksKeptFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan ImportChunksKeptFor = BulkJob.ImportUndoableFor + TimeSpan.FromHours(6);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (oldChunks, oldImports, oldJobs) = (now - ChunksKeptFor, now - ImportChunksKeptFor, now - BulkJob.KeptFor);
        (await writer.WriteAsync<int>(
            async db =>
            {
                // The filter is lifted since one pass serves all tenants.
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
