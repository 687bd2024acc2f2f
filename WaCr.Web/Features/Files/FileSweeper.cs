using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>
/// Deletes files that nothing references, such as one that was chosen for a campaign's header and dropped again, and bytes that have no
/// row: of a send that was refused, of a person who was erased while their file came, of a process that died. Settles files set aside by
/// an erasure whose process died: deletes them if no row references them, else restores them.
/// </summary>
public sealed class FileSweeper(FileStore store, IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>How long a file is kept that nothing references: longer than a page stays open in which it was chosen.</summary>
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(7);

    private const int AtOnce = 500;

    // Longer than anything takes between storing bytes and recording them.
    private static readonly TimeSpan UnrecordedFor = TimeSpan.FromDays(1);

    // Longer than any write takes.
    private static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>To be called every hour: looks through a part of the stored bytes, all of them within a day.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (tenantId, hash) in store.SetAsideBefore(now - MinAge))
        {
            await SettleAsync(tenantId, hash, cancellationToken);
        }

        store.DeleteDraftsBefore(now - UnrecordedFor);
        foreach (var (tenantId, hashes) in store.StoredBefore(now - UnrecordedFor, now.UtcDateTime.Hour))
        {
            foreach (var some in hashes.Chunk(AtOnce))
            {
                await SweepAsync(tenantId, some, now - UnrecordedFor, cancellationToken);
            }
        }

        foreach (var (tenantId, id, hash) in await UnusedAsync(cancellationToken))
        {
            await DeleteAsync(tenantId, id, hash, cancellationToken);
        }
    }

    private async Task SweepAsync(long tenantId, byte[][] hashes, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await RowsOf(db, tenantId).Where(file => hashes.Contains(file.Hash)).Select(file => file.Hash)
            .ToListAsync(cancellationToken);
        var used = known.ConvertAll(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in hashes.Where(hash => !used.Contains(Convert.ToHexString(hash))))
        {
            if (store.TrySetAside(tenantId, hash, before))
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

    // Those of campaigns are among them, and are found out one by one.
    private async Task<List<(long TenantId, long Id, byte[] Hash)>> UnusedAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() - UnusedFor;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Lifts the tenant filter: one pass serves all tenants, and each row is compared with those of its own.
        string[] lifted = [AppDbContext.TenantFilter];
        var media = db.MessageMedia.IgnoreQueryFilters(lifted);
        var comments = db.Comments.IgnoreQueryFilters(lifted);
        var files = await db.MediaFiles.IgnoreQueryFilters(lifted).AsNoTracking()
            .Where(file => file.CreatedAt < until
                && !media.Any(used => used.TenantId == file.TenantId && used.MediaFileId == file.Id)
                && !comments.Any(used => used.TenantId == file.TenantId && used.MediaFileId == file.Id))
            .Select(file => new { file.TenantId, file.Id, file.Hash })
            .ToListAsync(cancellationToken);
        return files.ConvertAll(file => (file.TenantId, file.Id, file.Hash));
    }

    private async Task DeleteAsync(long tenantId, long id, byte[] hash, CancellationToken cancellationToken)
    {
        var isGone = false;
        try
        {
            var deleted = await writer.WriteAsync<bool>(
                async db =>
                {
                    // After a conflict the write runs again: something may reference it now.
                    store.Settle(tenantId, hash, isGone: false);
                    var isUnused = await UnusedFiles.DeleteAsync(db, tenantId, id);
                    if (isUnused)
                    {
                        store.SetAside(tenantId, hash);
                    }

                    return isUnused;
                },
                cancellationToken);
            isGone = deleted is { Succeeded: true, Value: true };
        }
        finally
        {
            store.Settle(tenantId, hash, isGone);
        }
    }
}
