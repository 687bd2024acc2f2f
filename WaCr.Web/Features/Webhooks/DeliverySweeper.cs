using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Webhooks;

/// <summary>Deletes events and deliveries after 30 days, in small batches, because other writers wait.</summary>
public sealed class DeliverySweeper(IDatabaseWriter writer, TimeProvider time)
{
    private const int AtOnce = 2_000;

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var (total, swept) = (0, 0);
        do
        {
            swept = (await writer.WriteAsync<int>(SweepAsync, cancellationToken)).OrThrow();
            total += swept;
        }
        while (swept == AtOnce);

        return total;
    }

    private async Task<Result<int>> SweepAsync(AppDbContext db)
    {
        var old = time.GetUtcNow() - OutgoingEvent.KeptFor;

        // Lifts the tenant filter: one pass serves all tenants, each through its own index.
        var tenants = db.Tenants.Select(tenant => tenant.Id);
        var events = db.OutgoingEvents.IgnoreQueryFilters([AppDbContext.TenantFilter]);
        var gone = await events.Where(row => tenants.Contains(row.TenantId) && row.OccurredAt <= old).OrderBy(row => row.OccurredAt)
            .Take(AtOnce).Select(row => new { row.TenantId, row.Id }).ToListAsync();
        foreach (var tenant in gone.GroupBy(row => row.TenantId, row => row.Id))
        {
            var ids = tenant.ToList();
            await db.WebhookDeliveries.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(row => row.TenantId == tenant.Key && ids.Contains(row.EventId)).ExecuteDeleteAsync();
            await events.Where(row => row.TenantId == tenant.Key && ids.Contains(row.Id)).ExecuteDeleteAsync();
        }

        return gone.Count;
    }
}
