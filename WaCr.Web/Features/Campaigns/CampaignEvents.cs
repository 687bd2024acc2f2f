using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Campaigns;

/// <summary>
/// Raises webhook events about a campaign. Called explicitly inside the write, because its statements bypass the change tracker.
/// </summary>
internal static class CampaignEvents
{
    public static async Task NoteAsync(AppDbContext db, string type, long id)
    {
        if (await db.WantsAsync(type)
            && await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(campaign => campaign.Id == id) is { } campaign)
        {
            db.NoteEvent(type, id, null, EventJson.Of(campaign));
        }
    }
}
