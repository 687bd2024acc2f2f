using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Audit;

/// <summary>
/// Deletes audit entries older than their workspace's retention, in small batches. Erasure receipts stay: they hold no personal data and
/// say what to erase again after restoring a backup.
/// </summary>
public sealed class AuditSweeper(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int AtOnce = 1_000;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        List<(long Id, int Days)> tenants;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            tenants = (await db.Tenants.AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(tenant => (tenant.Id, tenant.AuditDays));
        }

        foreach (var (id, days) in tenants)
        {
            var oldest = time.GetUtcNow() - TimeSpan.FromDays(days);
            while ((await writer.WriteAsync<int>(db => SweepAsync(db, id, oldest), cancellationToken)).OrThrow() == AtOnce)
            {
                // The next batch follows in a later write, so other writers can run in between.
            }
        }
    }

    private static async Task<Result<int>> SweepAsync(AppDbContext db, long tenantId, DateTimeOffset oldest)
    {
        // Lifts the tenant filter: one pass serves all tenants; each is named.
        var entries = db.AuditEntries.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(entry => entry.TenantId == tenantId);
        var old = await entries.Where(entry => entry.At <= oldest && entry.Action != AuditAction.Erased)
            .OrderBy(entry => entry.At).Select(entry => entry.Id).Take(AtOnce).ToListAsync();
        return await entries.Where(entry => old.Contains(entry.Id)).ExecuteDeleteAsync();
    }
}
