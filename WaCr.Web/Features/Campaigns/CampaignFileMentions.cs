using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Features.Campaigns;

/// <summary>The files of campaigns' headers.</summary>
internal sealed class CampaignFileMentions : IFileMentions
{
    public async Task<IReadOnlyList<long>> FindAsync(AppDbContext db, long? tenantId)
    {
        // Lifts the tenant filter: erasures and the sweeper name the tenant, or serve all.
        var texts = await db.Campaigns.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(campaign => (tenantId == null || campaign.TenantId == tenantId) && campaign.Values.Contains(CampaignText.FileMark))
            .Select(campaign => campaign.Values).ToListAsync();
        return [.. texts.SelectMany(CampaignText.FilesIn).Distinct()];
    }
}
