using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>Settles files that were set aside by an erasure whose process died: gone where no row speaks of them, else back in their place.</summary>
public sealed class FileSweeper(FileStore store, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    // Longer than any write takes.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenantId, hash) in store.SetAsideBefore(time.GetUtcNow() - Patience))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);

            // The filter is lifted since one pass serves all tenants; the file's name says whose it is.
            var isUsed = await db.MediaFiles.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .AnyAsync(file => file.TenantId == tenantId && file.Hash == hash, cancellationToken);
            store.Settle(tenantId, hash, isGone: !isUsed);
        }
    }
}
