using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Webhooks;

/// <summary>A webhook with deliveries due.</summary>
public sealed record DueWebhook(TenantIdentity Tenant, long WebhookId);

/// <summary>The right to send to a webhook until its lease ends; each batch renews it.</summary>
internal sealed record DeliveryClaim(DueWebhook Due, Guid Owner);

/// <summary>
/// Distributes webhooks among processes: only one sends to a webhook at a time. If it dies, its unfinished deliveries are sent again with
/// the same <c>webhook-id</c>; none is lost.
/// </summary>
public sealed class DeliveryClaims(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Longer than a batch takes, whose requests run in parallel.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(25);

    /// <summary>Due webhooks that no process is sending to.</summary>
    public async Task<IReadOnlyList<DueWebhook>> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // Lifts the tenant filter: the loop serves all tenants, each through its own index.
        var due = await db.Tenants
            .SelectMany(tenant => db.Webhooks.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Where(webhook => webhook.TenantId == tenant.Id && webhook.Status == WebhookStatus.Active && webhook.LeaseEndsAt <= now
                    && db.WebhookDeliveries.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                        .Any(row => row.TenantId == webhook.TenantId
                            && row.WebhookId == webhook.Id
                            && row.State == DeliveryState.Waiting
                            && row.DueAt <= now)))
            .Select(webhook => new { webhook.TenantId, webhook.Id })
            .ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return [];
        }

        var ids = due.Select(row => row.TenantId).Distinct().ToList();
        var tenants = await db.Tenants.AsNoTracking()
            .Where(tenant => ids.Contains(tenant.Id))
            .ToDictionaryAsync(tenant => tenant.Id, cancellationToken);
        return due.ConvertAll(row => new DueWebhook(tenants[row.TenantId].ToIdentity(), row.Id));
    }

    /// <summary>Null if another process was faster. The scope must have entered the tenant.</summary>
    internal async Task<DeliveryClaim?> ClaimAsync(DueWebhook due, CancellationToken cancellationToken)
    {
        var claim = new DeliveryClaim(due, Guid.NewGuid());
        var now = time.GetUtcNow();
        var claimed = await writer.WriteAsync<int>(
            async db => await db.Webhooks.Where(row => row.Id == due.WebhookId && row.LeaseEndsAt <= now).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.LeaseOwner, claim.Owner)
                .SetProperty(row => row.LeaseEndsAt, now + Lease)),
            cancellationToken);
        return claimed.OrThrow() == 1 ? claim : null;
    }

    internal Task ReleaseAsync(DeliveryClaim claim)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync<int>(
            async db =>
                await db.Webhooks.Where(row => row.Id == claim.Due.WebhookId && row.LeaseOwner == claim.Owner).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.LeaseOwner, (Guid?)null)
                .SetProperty(row => row.LeaseEndsAt, now)),
            CancellationToken.None);
    }

    /// <summary>On the start of a single-process installation, releases leases left by a process that died.</summary>
    public async Task ReleaseLeftBehindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db => db.HasReplicas ? 0 : await db.Webhooks.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(row => row.LeaseEndsAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseEndsAt, now)),
            cancellationToken);
    }
}
