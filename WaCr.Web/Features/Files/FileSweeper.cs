using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>
/// Deletes files that nothing references, such as one that was chosen for a campaign's header and dropped again, and bytes that have no
/// row: of a send that was refused, of a person who was erased while their file came, of a process that died. Settles files set aside by
/// an erasure whose process died: deletes them if no row references them, else restores them.
/// </summary>
public sealed class FileSweeper(
    FileStore store, FileSweepTurns turns, UnusedFiles unused, IFileMentions mentions, IDbContextFactory<AppDbContext> contexts,
    TimeProvider time)
{
    /// <summary>How long a file is kept that nothing references: longer than a page stays open in which it was chosen.</summary>
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(7);

    private const int AtOnce = 500;
    private const int DeletedAtOnce = 200;

    // Longer than anything takes between storing bytes and recording them.
    private static readonly TimeSpan UnrecordedFor = TimeSpan.FromDays(1);

    // Longer than any write takes.
    private static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>To be called at the start and every hour: looks through a part of what is stored, as <see cref="FileSweepTurns"/> says.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeTurnAsync(time.GetUtcNow(), cancellationToken);
        }
        finally
        {
            turns.Next(); // what fails in one part keeps no other part from its turn
        }
    }

    private async Task TakeTurnAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (turns.IsFirst)
        {
            await DeleteUnusedAsync(now, cancellationToken);
        }

        foreach (var (tenantId, hash) in store.SetAsideBefore(now - MinAge))
        {
            await SettleAsync(tenantId, hash, cancellationToken);
        }

        store.DeleteDraftsBefore(now - UnrecordedFor);
        foreach (var (tenantId, hashes) in store.StoredBefore(now - UnrecordedFor, turns.Part))
        {
            foreach (var some in hashes.Chunk(AtOnce))
            {
                await DeleteUnrecordedAsync(tenantId, some, now - UnrecordedFor, cancellationToken);
            }
        }
    }

    private async Task DeleteUnrecordedAsync(long tenantId, byte[][] hashes, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await RowsOf(db, tenantId).Where(file => hashes.Contains(file.Hash)).Select(file => file.Hash)
            .ToListAsync(cancellationToken);
        var used = known.ConvertAll(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in hashes.Where(hash => !used.Contains(Convert.ToHexString(hash))))
        {
            if (store.TrySetAside(tenantId, hash, storedBefore: before))
            {
                await SettleAsync(tenantId, hash, cancellationToken);
            }
        }
    }

    private async Task SettleAsync(long tenantId, byte[] hash, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        store.Settle(tenantId, hash, isGone: !await RowsOf(db, tenantId).AnyAsync(file => file.Hash == hash, cancellationToken));
    }

    // Lifts the tenant filter: one pass serves all tenants; the folder or file name holds the tenant.
    private static IQueryable<MediaFile> RowsOf(AppDbContext db, long tenantId) =>
        db.MediaFiles.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(file => file.TenantId == tenantId);

    // Some at once, each tenant's in a write of their own, since other writers wait.
    private async Task DeleteUnusedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now - UnusedFor;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var named = await mentions.FindAsync(db, tenantId: null);
        var last = 0L;
        while (await FindAsync() is { Count: > 0 } files)
        {
            foreach (var some in files.GroupBy(file => file.TenantId, file => file.Id))
            {
                (await unused.WriteAsync<Done>(
                    async (write, deletion) =>
                    {
                        await deletion.DeleteUnusedAsync(write, some.Key, [.. some], until, now - UnrecordedFor);
                        return default(Done);
                    },
                    cancellationToken)).OrThrow();
            }

            last = files[^1].Id;
        }

        async Task<List<UnusedFile>> FindAsync() => await UnusedFiles.In(db).AsNoTracking()
            .Where(file => file.CreatedAt < until && file.Id > last && !named.Contains(file.Id))
            .OrderBy(file => file.Id).Take(DeletedAtOnce)
            .Select(file => new UnusedFile(file.TenantId, file.Id)).ToListAsync(cancellationToken);
    }

    private sealed record UnusedFile(long TenantId, long Id);
}
