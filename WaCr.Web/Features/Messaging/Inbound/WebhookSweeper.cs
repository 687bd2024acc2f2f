using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Deletes events a week after processing, since WhatsApp sends none again by then. Failed ones are kept for a month.</summary>
public sealed class WebhookSweeper(IDatabaseWriter writer, TimeProvider time)
{
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var (old, oldDead) = (time.GetUtcNow() - WebhookEvent.KeptFor, time.GetUtcNow() - WebhookEvent.DeadKeptFor);

        // Lifts the tenant filter: one pass serves all tenants, each through its own index.
        var swept = await writer.WriteAsync<int>(
            async db => await db.WebhookEvents.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(row => db.Tenants.Select(tenant => tenant.Id).Contains(row.TenantId) && row.ProcessedAt <= old
                    && (row.State != WebhookEventState.Dead || row.ProcessedAt <= oldDead))
                .ExecuteDeleteAsync(),
            cancellationToken);
        return swept.OrThrow();
    }
}
