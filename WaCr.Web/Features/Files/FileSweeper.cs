using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>
/// Deletes files that nothing references, such as one that was chosen for a campaign's header and dropped again. Settles files set aside by an
/// erasure whose process died: deletes them if no row references them, else restores them.
/// </summary>
public sealed class FileSweeper(FileStore store, IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>How long a file is kept that nothing references: longer than a page stays open in which it was chosen.</summary>
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(7);

    // Longer than any write takes.
    private static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenantId, hash) in store.SetAsideBefore(time.GetUtcNow() - MinAge))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);

            // Lifts the tenant filter: one pass serves all tenants; the file name holds the tenant.
            var isUsed = await db.MediaFiles.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .AnyAsync(file => file.TenantId == tenantId && file.Hash == hash, cancellationToken);
            store.Settle(tenantId, hash, isGone: !isUsed);
        }

        foreach (var (tenantId, id, hash) in await UnusedAsync(cancellationToken))
        {
            await DeleteAsync(tenantId, id, hash, cancellationToken);
        }
    }

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
