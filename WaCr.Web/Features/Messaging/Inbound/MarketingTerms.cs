using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>The terms of WhatsApp's Marketing Messages API.</summary>
internal static class MarketingTerms
{
    /// <summary>
    /// The terms are the account's, so all its numbers send broadcasts of marketing through that API from now on. A number that was stopped
    /// afterwards stays so.
    /// </summary>
    public static async Task ApplyAsync(AppDbContext db, long channelId, AccountChanged changed, DateTimeOffset at)
    {
        if (!changed.SignsMarketingTerms)
        {
            return;
        }

        var account = await db.Channels.Where(channel => channel.Id == channelId).Select(channel => channel.BusinessAccountId)
            .SingleAsync();
        await db.Channels.Where(channel => channel.Id == channelId || (account != null && channel.BusinessAccountId == account))
            .ExecuteUpdateAsync(set => set
                .SetProperty(channel => channel.MarketingTermsSignedAt, channel => channel.MarketingTermsSignedAt ?? at)
                .SetProperty(
                    channel => channel.MarketingStopReason, channel => channel.MarketingStoppedAt <= at ? null : channel.MarketingStopReason)
                .SetProperty(
                    channel => channel.MarketingStoppedAt, channel => channel.MarketingStoppedAt <= at
                        ? null
                        : channel.MarketingStoppedAt));
    }
}
