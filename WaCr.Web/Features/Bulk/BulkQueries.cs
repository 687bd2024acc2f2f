using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Bulk;

public sealed class BulkQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public async Task<Result<BulkJobItem>> GetAsync(long id, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(jobs => jobs.Where(job => job.Id == id), cancellationToken);
        return found.Succeeded ? found.Value.SingleOrDefault() is { } job ? job : BulkErrors.NotFound : found.Error;
    }

    /// <summary>The workspace's jobs of the last 30 days, newest first.</summary>
    public async Task<Result<Page<BulkJobItem>>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var jobs = await ReadAsync(
            all => all.OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id)
                .Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size),
            cancellationToken);
        if (!jobs.Succeeded)
        {
            return jobs.Error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new Page<BulkJobItem>(jobs.Value, page, await db.BulkJobs.LongCountAsync(cancellationToken));
    }

    /// <summary>Running jobs of all users.</summary>
    public Task<Result<IReadOnlyList<BulkJobItem>>> RunningAsync(CancellationToken cancellationToken) =>
        ReadAsync(jobs => jobs.Where(job => job.State == BulkState.Running).OrderBy(job => job.Id), cancellationToken);

    private async Task<Result<IReadOnlyList<BulkJobItem>>> ReadAsync(
        Func<IQueryable<BulkJob>, IQueryable<BulkJob>> narrow, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await narrow(db.BulkJobs.AsNoTracking()).ToListAsync(cancellationToken);
        var ids = jobs.ConvertAll(job => (long?)job.Id);
        var undone = await db.BulkJobs.Where(job => ids.Contains(job.UndoneId))
            .Select(job => job.UndoneId!.Value)
            .ToHashSetAsync(cancellationToken);
        return jobs.ConvertAll(job => ToItem(job, undone.Contains(job.Id)));
    }

    private BulkJobItem ToItem(BulkJob job, bool isUndone)
    {
        var action = JsonSerializer.Deserialize<BulkAction>(job.Action)!;
        var undoableUntil = job.FinishedAt + (action.Import is null ? BulkJob.UndoableFor : BulkJob.ImportUndoableFor);
        return new BulkJobItem
        {
            Id = job.Id,
            Kind = job.Kind,
            Action = action,
            StartedBy = job.ActorName,
            State = job.State,
            StoppedBecause = job.StoppedBecause,
            Total = job.Total,
            Changed = job.Changed,
            Unchanged = job.Unchanged,
            Failed = job.Failed,
            Failures = ChunkOutcome.Read(job.Failures),
            CreatedAt = job.CreatedAt,
            FinishedAt = job.FinishedAt,
            UndoableUntil = job.Kind != BulkKind.Undo && job.Changed > 0 && !isUndone && undoableUntil > time.GetUtcNow()
                ? undoableUntil
                : null,
            IsUndone = isUndone,
        };
    }
}
