using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Stores WhatsApp's notices about a number or account for users to see. A good notice resolves the bad one it follows.</summary>
public sealed class InboundNotices(TimeProvider time)
{
    public async Task<Result<InboundEffect>> KeepAsync(AppDbContext db, long channelId, AccountChanged changed)
    {
        var (about, now) = (await ChannelOfAsync(db, channelId, changed.DisplayPhoneNumber), time.GetUtcNow());
        var at = changed.At is { } told && told < now ? told : now;
        var (field, word) = (changed.Field.Cut(ChannelNotice.FieldMaxLength), changed.Event.Cut(ChannelNotice.WordMaxLength));
        var kept = db.ChannelNotices.Where(notice => notice.ChannelId == about && notice.Field == field);
        if (await kept.AnyAsync(notice => notice.At > at && (notice.Word == word || notice.IsGood)))
        {
            return InboundEffect.None; // a newer notice was stored already
        }

        if (changed.Ends.Count > 0)
        {
            await kept.Where(notice => changed.Ends.Contains(notice.Word)).ExecuteDeleteAsync();
        }

        var row = await kept.SingleOrDefaultAsync(notice => notice.Word == word);
        if (row is null)
        {
            row = new ChannelNotice { ChannelId = about, Field = field, Word = word };
            db.ChannelNotices.Add(row);
        }

        row.Details = changed.Details.Cut(ChannelNotice.DetailsMaxLength);
        row.IsGood = changed.IsGood;
        row.IsSerious = changed.IsSerious;
        row.At = at;
        row.DismissedAt = null;
        await db.SaveChangesAsync();
        return InboundEffect.None;
    }

    // An account notice belongs to the number it names, or else to the number the webhook came for.
    internal static async Task<long> ChannelOfAsync(AppDbContext db, long channelId, string? displayPhoneNumber)
    {
        if (TextKey.Digits(displayPhoneNumber) is not { Length: > 0 } digits)
        {
            return channelId;
        }

        var account = await db.Channels.Where(channel => channel.Id == channelId)
            .Select(channel => channel.BusinessAccountId)
            .SingleAsync();
        var numbers = await db.Channels.Where(channel => channel.BusinessAccountId == account && channel.DisplayPhoneNumber != null)
            .Select(channel => new { channel.Id, channel.DisplayPhoneNumber }).ToListAsync();
        return numbers.Find(channel => TextKey.Digits(channel.DisplayPhoneNumber) == digits)?.Id ?? channelId;
    }
}
