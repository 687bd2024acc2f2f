using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Bulk;

/// <summary>Previews, starts, cancels and undoes changes to many contacts. The selection is resolved when a job starts.</summary>
public sealed class BulkService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, BulkQueries queries,
    IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Up to this many contacts are changed before the call returns; larger jobs run in the background.</summary>
    public const int AtOnce = 200;

    // Keeps each write at some tens of milliseconds, because other writers wait for it.
    private const int ChunkSize = 500;

    private static readonly TimeSpan WaitForSmallJobs = TimeSpan.FromSeconds(20);

    public static string PermissionFor(BulkAction action) => action switch
    {
        { Import: not null } => Permissions.ContactsImport,
        { IsDelete: true } => Permissions.ContactsDelete,
        _ => Permissions.ContactsWrite,
    };

    public async Task<Result<BulkPreview>> PreviewAsync(ContactSelection selection, BulkAction action, CancellationToken cancellationToken)
    {
        if (tenant.Require(PermissionFor(action)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var selected = await db.Selected(selection, tenant.Tenant).CountAsync(cancellationToken);
        if (action.IsDelete)
        {
            return new BulkPreview(selected, selected);
        }

        var draft = BulkDraft.From(action, tenant.Tenant.Country);
        var errors = await draft.CheckAsync(db);
        return errors.Any
            ? new ValidationError(errors)
            : new BulkPreview(selected, await db.Selected(selection, tenant.Tenant).CountAsync(draft.Changes(), cancellationToken));
    }

    /// <summary>Starts a job; a small one has ended when the call returns.</summary>
    public async Task<Result<BulkJobItem>> StartAsync(ContactSelection selection, BulkAction action, CancellationToken cancellationToken)
    {
        if (tenant.Require(PermissionFor(action)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!action.IsDelete && await BulkDraft.From(action, tenant.Tenant.Country).CheckAsync(db) is { Any: true } errors)
        {
            return new ValidationError(errors);
        }

        var ids = await db.Selected(selection, tenant.Tenant).Select(contact => contact.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return new ValidationError("selection", BulkErrors.NobodySelected);
        }

        ids.Sort();
        var chunks = ids.Chunk(ChunkSize).ToList();
        var job = NewJob(action.IsDelete ? BulkKind.Delete : BulkKind.Update, JsonSerializer.Serialize(action), chunks.Count, ids.Count);
        return await RunAsync(job, chunks);
    }

    /// <summary>Cancels the rest of a job. Finished chunks stay and can be undone.</summary>
    public async Task<Result<BulkJobItem>> CancelAsync(long id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var now = time.GetUtcNow();
        var cancelled = await writer.WriteAsync<int>(
            async db => await db.BulkJobs.Where(job => job.Id == id && job.State == BulkState.Running && job.Kind != BulkKind.Undo)
                .ExecuteUpdateAsync(set => set.EndLease(null)
                    .SetProperty(job => job.State, BulkState.Cancelled)
                    .SetProperty(job => job.FinishedAt, now)),
            cancellationToken);
        if (cancelled.OrThrow() == 0)
        {
            return BulkErrors.NotRunning;
        }

        return await queries.GetAsync(id, cancellationToken);
    }

    /// <summary>Undoes a job, once and within ten minutes of its end, as a new job. Later edits are kept.</summary>
    public async Task<Result<BulkJobItem>> UndoAsync(long id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        if (found.Value.UndoableUntil is null)
        {
            return BulkErrors.UndoTooLate;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var done = await db.BulkJobs.AsNoTracking().SingleAsync(job => job.Id == id, cancellationToken);
        var undo = NewJob(BulkKind.Undo, done.Action, done.ChunksDone, done.Changed);
        undo.UndoneId = id;
        return await RunAsync(undo, []);
    }

    /// <param name="also">Runs inside the write that starts the job, with its id; returns an error if the import has already
    /// started.</param>
    internal Task<Result<BulkJobItem>> StartImportAsync(
        BulkAction action, int chunks, int rows, Func<AppDbContext, long, Task<AppError?>> also) =>
        RunAsync(
            NewJob(BulkKind.Import, JsonSerializer.Serialize(action), chunks, rows),
            [.. Enumerable.Repeat(Array.Empty<long>(), chunks)],
            also);

    private async Task<Result<BulkJobItem>> FindAsync(long id, CancellationToken cancellationToken)
    {
        var found = await queries.GetAsync(id, cancellationToken);
        return found.Succeeded && tenant.Require(PermissionFor(found.Value.Action)) is { } forbidden ? forbidden : found;
    }

    private BulkJob NewJob(BulkKind kind, string action, int chunks, int total)
    {
        var now = time.GetUtcNow();
        var runsHere = total <= AtOnce;
        return new BulkJob
        {
            Kind = kind,
            Action = action,
            ActorKind = tenant.Actor.Kind,
            ActorId = tenant.Actor.Id,
            ActorName = tenant.Actor.Name,
            Chunks = chunks,
            Total = total,
            CreatedAt = now,
            LeaseOwner = runsHere ? Guid.NewGuid() : null,
            DueAt = runsHere ? now + BulkRunner.Lease : now,
        };
    }

    private async Task<Result<BulkJobItem>> RunAsync(
        BulkJob job, List<long[]> chunks, Func<AppDbContext, long, Task<AppError?>>? also = null)
    {
        var created = await writer.WriteAsync<long>(
            async db =>
            {
                if (job.UndoneId is { } undone && await db.BulkJobs.AnyAsync(other => other.UndoneId == undone))
                {
                    return BulkErrors.UndoTooLate; // a second click, or another user was faster
                }

                job.Id = (await db.ReserveIdsAsync("BulkJobs", 1, CancellationToken.None))[0];
                job.TenantId = tenant.TenantId;
                await db.BulkInsertAsync([job]);
                await db.BulkInsertAsync([.. chunks.Select((ids, number) => new BulkChunk
                {
                    TenantId = job.TenantId,
                    JobId = job.Id,
                    Number = number,
                    ContactIds = JsonSerializer.Serialize(ids),
                })]);
                return also is not null && await also(db, job.Id) is { } refusal ? refusal : job.Id;
            },
            CancellationToken.None);
        if (!created.Succeeded)
        {
            return created.Error;
        }

        if (job.LeaseOwner is { } owner)
        {
            // Its own scope, so that the changes carry the bulk origin.
            await using var own = scopes.CreateAsyncScope();
            await own.ServiceProvider.GetRequiredService<BulkRunner>().RunAsync(
                new Claim<BulkJob>(tenant.Tenant, owner, [job]), WaitForSmallJobs, CancellationToken.None);
        }

        return await queries.GetAsync(job.Id, CancellationToken.None);
    }
}
