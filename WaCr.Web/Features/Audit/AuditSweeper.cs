using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Audit;

/// <summary>
/// Forgets entries of the audit trail that are older than their workspace keeps them, a little at a time. Receipts of erasures stay: they name
/// nobody, and tell what to erase again in a backup.
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
                // The next thousand, after others had their turn to write.
            }
        }
    }

    private static async Task<Result<int>> SweepAsync(AppDbContext db, long tenantId, DateTimeOffset oldest)
    {
        // The filter is lifted since one pass serves all tenants; each is named.
        var entries = db.AuditEntries.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(entry => entry.TenantId == tenantId);
        var old = await entries.Where(entry => entry.At <= oldest && entry.Action != AuditAction.Erased)
            .OrderBy(entry => entry.At).Select(entry => entry.Id).Take(AtOnce).ToListAsync();
        return await entries.Where(entry => old.Contains(entry.Id)).ExecuteDeleteAsync();
    }
}
