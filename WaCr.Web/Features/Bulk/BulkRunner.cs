using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Bulk;

/// <summary>
/// Runs a claimed job in its own scope, with the current permissions of the user who started it. Each chunk and its progress mark are one
/// transaction, so after a crash nothing is half done or done twice.
/// </summary>
public sealed class BulkRunner(
    IDatabaseWriter writer, TenantContext tenant, JobActor actor, LeaseClaims<BulkJob> claims, ContactTrash trash, IBulkImport import,
    TimeProvider time) : IWorkStep<BulkJob>
{
    // How long other jobs wait behind a long one.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly BulkSteps _steps = new(trash, tenant, time);
    private bool _allowed;
    private int _chunk;
    private long? _importId;

    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    public static int AtOnce => 1;

    public static TimeSpan PollInterval { get; } = TimeSpan.FromSeconds(5);

    public static ChangeKind WokenBy => ChangeKind.BulkJobs;

    /// <summary>What the audit trail calls the job.</summary>
    public static string RequestIdOf(long jobId) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"bulk-{jobId}");

    public Task RunAsync(Claim<BulkJob> claim, CancellationToken cancellationToken) => RunAsync(claim, Turn, cancellationToken);

    /// <summary>Returns when the job ends, after <paramref name="atMost"/>, or on cancellation.</summary>
    public async Task RunAsync(Claim<BulkJob> claim, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await EnterAsync(claim);
        var started = time.GetTimestamp();
        var goesOn = true;
        while (goesOn && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(started) < atMost)
        {
            if (_importId is { } importId && _allowed)
            {
                await import.PrepareAsync(importId, _chunk);
            }

            goesOn = (await writer.WriteAsync(db => StepAsync(db, claim), CancellationToken.None)).OrThrow();
            _chunk++;
        }

        if (goesOn)
        {
            await claims.ReleaseAsync(claim, time.GetUtcNow());
        }
    }

    private async Task EnterAsync(Claim<BulkJob> claim)
    {
        var job = claim.Row;
        var action = JsonSerializer.Deserialize<BulkAction>(job.Action)!;
        await actor.EnterAsync(
            claim.Tenant, new JobAuthor(job.ActorKind, job.ActorId, job.ActorName), action.Import is null
                ? ChangeOrigin.Bulk
                : ChangeOrigin.Import);
        tenant.RequestId = RequestIdOf(job.Id);
        (_allowed, _chunk) = (tenant.Actor.May(BulkService.PermissionFor(action)), job.ChunksDone);
        _importId = job.Kind == BulkKind.Import ? action.Import!.Id : null;
    }

    /// <summary>True if there is more to do.</summary>
    private async Task<Result<bool>> StepAsync(AppDbContext db, Claim<BulkJob> claim)
    {
        var now = time.GetUtcNow();
        var ours = db.BulkJobs.Where(job => job.Id == claim.Row.Id && job.State == BulkState.Running && job.LeaseOwner == claim.Owner);
        if (!await ours.RenewAsync(now + Lease))
        {
            return false; // cancelled, or claimed by another process
        }

        var job = await db.BulkJobs.AsNoTracking().SingleAsync(job => job.Id == claim.Row.Id);
        if (!_allowed)
        {
            return await StopAsync(ours, BulkStop.NotAllowed, now);
        }

        if (job.ChunksDone < job.Chunks)
        {
            if (await RunChunkAsync(db, job) is not { } outcome)
            {
                return await StopAsync(ours, BulkStop.ChoiceGone, now);
            }

            job.ChunksDone++;
            var failures = outcome.AddFailuresTo(job.Failures);
            await ours.ExecuteUpdateAsync(set => set
                .SetProperty(running => running.ChunksDone, job.ChunksDone)
                .SetProperty(running => running.Changed, running => running.Changed + outcome.Changed)
                .SetProperty(running => running.Unchanged, running => running.Unchanged + outcome.Unchanged)
                .SetProperty(running => running.Failed, running => running.Failed + outcome.Failed)
                .SetProperty(running => running.Failures, failures));
        }

        if (job.ChunksDone < job.Chunks)
        {
            return true;
        }

        await ours.ExecuteUpdateAsync(set => set.EndLease(null)
            .SetProperty(done => done.State, BulkState.Done)
            .SetProperty(done => done.FinishedAt, now));
        return false;
    }

    private async Task<ChunkOutcome?> RunChunkAsync(AppDbContext db, BulkJob job)
    {
        if (job.Kind == BulkKind.Undo)
        {
            return await UndoChunkAsync(db, job);
        }

        var chunks = db.BulkChunks.Where(chunk => chunk.JobId == job.Id && chunk.Number == job.ChunksDone);
        var ids = JsonSerializer.Deserialize<List<long>>(await chunks.Select(chunk => chunk.ContactIds).SingleAsync())!;
        var outcome = job.Kind switch
        {
            BulkKind.Import => await import.RunAsync(db, _importId!.Value, job.ChunksDone),
            BulkKind.Delete => await _steps.DeleteAsync(db, ids),
            _ => await _steps.UpdateAsync(db, JsonSerializer.Deserialize<BulkAction>(job.Action)!, ids),
        };
        if (outcome is not null)
        {
            await chunks.ExecuteUpdateAsync(set => set.SetProperty(chunk => chunk.Before, outcome.Before));
        }

        return outcome;
    }

    // An undo walks the chunks of the original job.
    private async Task<ChunkOutcome> UndoChunkAsync(AppDbContext db, BulkJob job)
    {
        var action = JsonSerializer.Deserialize<BulkAction>(job.Action)!;

        // An import may change a contact twice, so its chunks are undone in reverse order.
        var number = action.Import is null ? job.ChunksDone : job.Chunks - 1 - job.ChunksDone;
        var before = (
            await db.BulkChunks.Where(chunk => chunk.JobId == job.UndoneId && chunk.Number == number)
                .Select(chunk => chunk.Before)
                .SingleAsync())!;
        return action switch
        {
            { Import: not null } => await UndoImportAsync(db, job, before, isLast: number == 0),
            { IsDelete: true } => await _steps.RestoreAsync(db, JsonSerializer.Deserialize<List<long>>(before)!),
            _ => await _steps.RevertAsync(db, JsonSerializer.Deserialize<List<ContactEdit>>(before)!),
        };
    }

    private async Task<ChunkOutcome> UndoImportAsync(AppDbContext db, BulkJob job, string before, bool isLast)
    {
        var outcome = await import.UndoAsync(db, before);
        if (isLast)
        {
            await import.EndUndoAsync(db, job.UndoneId!.Value);
        }

        return outcome;
    }

    private static async Task<Result<bool>> StopAsync(IQueryable<BulkJob> job, BulkStop because, DateTimeOffset now)
    {
        await job.ExecuteUpdateAsync(set => set.EndLease(null)
            .SetProperty(stopped => stopped.State, BulkState.Stopped)
            .SetProperty(stopped => stopped.StoppedBecause, because)
            .SetProperty(stopped => stopped.FinishedAt, now));
        return false;
    }
}
