using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Forgets events a week after they were done: WhatsApp delivers none again by then. Those that were given up stay a month, to be looked into.</summary>
public sealed class WebhookSweeper(IDatabaseWriter writer, TimeProvider time)
{
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var (old, oldDead) = (time.GetUtcNow() - WebhookEvent.KeptFor, time.GetUtcNow() - WebhookEvent.DeadKeptFor);

        // The filter is lifted since one pass serves all tenants; each is asked along its own index.
        var swept = await writer.WriteAsync<int>(
            async db => await db.WebhookEvents.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(row => db.Tenants.Select(tenant => tenant.Id).Contains(row.TenantId) && row.ProcessedAt <= old
                    && (row.State != WebhookEventState.Dead || row.ProcessedAt <= oldDead))
                .ExecuteDeleteAsync(),
            cancellationToken);
        return swept.OrThrow();
    }
}
