using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>Settles files set aside by an erasure whose process died: deletes them if no row references them, else restores them.</summary>
public sealed class FileSweeper(FileStore store, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
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
    }
}
