using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>The terms of WhatsApp's Marketing Messages API.</summary>
internal static class MarketingTerms
{
    public const string Signed = "MM_LITE_TERMS_SIGNED";

    /// <summary>The terms are the account's, so all its numbers send broadcasts of marketing through that API from now on.</summary>
    public static async Task ApplyAsync(AppDbContext db, long channelId, AccountChanged changed, DateTimeOffset at)
    {
        if (changed.Event != Signed)
        {
            return;
        }

        var account = await db.Channels.Where(channel => channel.Id == channelId).Select(channel => channel.BusinessAccountId)
            .SingleAsync();
        await db.Channels.Where(channel => channel.Id == channelId || (account != null && channel.BusinessAccountId == account))
            .ExecuteUpdateAsync(set => set
                .SetProperty(channel => channel.MarketingTermsSignedAt, at)
                .SetProperty(channel => channel.MarketingStoppedAt, (DateTimeOffset?)null)
                .SetProperty(channel => channel.MarketingStopReason, (string?)null));
    }
}
