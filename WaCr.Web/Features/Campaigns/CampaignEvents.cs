using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Features.Campaigns;

/// <summary>
/// Raises webhook events about a campaign. Called explicitly inside the write, because its statements bypass the change tracker.
/// </summary>
internal static class CampaignEvents
{
    public static async Task NoteAsync(AppDbContext db, string type, long id)
    {
        if (await db.HasSubscriberAsync(type)
            && await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(campaign => campaign.Id == id) is { } campaign)
        {
            db.NoteEvent(type, id, null, EventJson.Of(campaign));
        }
    }

    /// <param name="by">The user who paused it, who needs no notification; null if nobody did.</param>
    public static async Task NotePausedAsync(AppDbContext db, long id, long? by)
    {
        await NoteAsync(db, EventTypes.CampaignPaused, id);
        await NotificationWriter.AddCampaignPausedAsync(db, id, by);
    }
}
