using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Shares the waiting events among all processes. A claim only keeps others from doing the same work: that nothing is done twice is
/// kept by the event's own row, which is marked in the transaction of its effects.
/// </summary>
public sealed class WebhookClaims(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Many times what a batch takes; after it a process that claimed one is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private const int BatchSize = 200;

    /// <summary>Whose events wait.</summary>
    public async Task<IReadOnlyList<TenantIdentity>> FindTenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // The filter is lifted since the loop serves all tenants; each is asked along its own index.
        var tenants = await db.Tenants.AsNoTracking()
            .Where(tenant => db.WebhookEvents.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Any(row => row.TenantId == tenant.Id && row.State == WebhookEventState.Waiting && row.DueAt <= now))
            .ToListAsync(cancellationToken);
        return [.. tenants.Select(tenant => tenant.ToIdentity())];
    }

    /// <summary>The next events of this scope's tenant, oldest first.</summary>
    public async Task<IReadOnlyList<WebhookEvent>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claimed = await writer.WriteAsync<IReadOnlyList<WebhookEvent>>(
            async db =>
            {
                var events = await db.WebhookEvents.AsNoTracking()
                    .Where(row => row.State == WebhookEventState.Waiting && row.DueAt <= now)
                    .OrderBy(row => row.DueAt).ThenBy(row => row.Id)
                    .Take(BatchSize).TagWith(RowLocks.SkipLocked).ToListAsync();
                var ids = events.ConvertAll(row => row.Id);
                await db.WebhookEvents.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.DueAt, now + Lease)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1));
                events.ForEach(row => row.Attempts++);
                return events;
            },
            cancellationToken);
        return claimed.OrThrow();
    }

    /// <summary>Where no other process can be at work, what is claimed at the start was left by one that died.</summary>
    public async Task ReleaseLeftBehindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db => db.HasReplicas ? 0 : await db.WebhookEvents.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(row => row.State == WebhookEventState.Waiting && row.DueAt > now && row.DueAt <= now + Lease)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now)),
            cancellationToken);
    }
}
