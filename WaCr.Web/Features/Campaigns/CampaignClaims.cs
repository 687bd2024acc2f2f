using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Campaigns;

/// <summary>The right to work on a campaign until its lease ends; each step renews it.</summary>
public sealed record CampaignClaim(long TenantId, long CampaignId, Guid Owner);

/// <summary>Shares the campaigns of all tenants among all processes: one works on a campaign at a time.</summary>
public sealed class CampaignClaims(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Many times what a step takes. After it the process that had the campaign is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The campaign that has been due longest; null where none is.</summary>
    public async Task<CampaignClaim?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // The filter is lifted since the loop serves all tenants; each is asked along its own index.
        var due = await db.Tenants
            .SelectMany(tenant => db.Campaigns.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Where(campaign => campaign.TenantId == tenant.Id && campaign.DueAt != null && campaign.DueAt <= now))
            .OrderBy(campaign => campaign.DueAt).ThenBy(campaign => campaign.Id)
            .Select(campaign => new { campaign.TenantId, campaign.Id })
            .FirstOrDefaultAsync(cancellationToken);
        if (due is null)
        {
            return null;
        }

        var claim = new CampaignClaim(due.TenantId, due.Id, Guid.NewGuid());
        var claimed = await writer.WriteAsync<int>(
            async write => await Row(write, claim).Where(campaign => campaign.DueAt <= now).ExecuteUpdateAsync(set => set
                .SetProperty(campaign => campaign.LeaseOwner, claim.Owner)
                .SetProperty(campaign => campaign.DueAt, now + Lease)),
            cancellationToken);
        return claimed.OrThrow() == 1 ? claim : null;
    }

    /// <summary>Somebody else may go on with it from <paramref name="due"/> on.</summary>
    public Task ReleaseAsync(CampaignClaim claim, DateTimeOffset due) => writer.WriteAsync<int>(
        async db => await Row(db, claim).Where(campaign => campaign.LeaseOwner == claim.Owner).ExecuteUpdateAsync(set => set
            .SetProperty(campaign => campaign.LeaseOwner, (Guid?)null)
            .SetProperty(campaign => campaign.DueAt, due)),
        CancellationToken.None);

    /// <summary>Where no other process can be at work, what has a lease at the start was left by one that died.</summary>
    public Task ReleaseLeftBehindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync<int>(
            async db => db.HasReplicas ? 0 : await db.Campaigns.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(campaign => campaign.LeaseOwner != null)
                .ExecuteUpdateAsync(set => set.SetProperty(campaign => campaign.LeaseOwner, (Guid?)null).SetProperty(campaign => campaign.DueAt, now)),
            cancellationToken);
    }

    // The filter is lifted since the loop enters a tenant only once it has a campaign of it; the claim names the tenant.
    private static IQueryable<Campaign> Row(AppDbContext db, CampaignClaim claim) => db.Campaigns.IgnoreQueryFilters([AppDbContext.TenantFilter])
        .Where(campaign => campaign.TenantId == claim.TenantId && campaign.Id == claim.CampaignId);
}
