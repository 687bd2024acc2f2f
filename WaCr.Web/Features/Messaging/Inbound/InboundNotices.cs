using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Keeps WhatsApp's notices about a number or account for users to see, and what they say about the number's health. A good notice resolves
/// the bad one it follows.
/// </summary>
public sealed class InboundNotices(TimeProvider time)
{
    public async Task<Result<InboundEffect>> KeepAsync(AppDbContext db, long channelId, AccountChanged changed)
    {
        var (about, now) = (await ChannelOfAsync(db, channelId, changed.DisplayPhoneNumber), time.GetUtcNow());
        var at = changed.At is { } told && told < now ? told : now;
        await MarketingTerms.ApplyAsync(db, channelId, changed, at);
        await ChannelNotices.KeepAsync(
            db, about,
            new NewNotice(changed.Field, changed.Event, changed.Details, changed.IsGood, changed.IsSerious, at)
            {
                EndsAt = changed.EndsAt,
                Ends = changed.Ends,
            });
        await ChannelHealthRows.ApplyAsync(
            db, about, changed.DisplayPhoneNumber is null,
            new HealthChange(changed.DailyLimit, changed.NameStatus, changed.Throughput), now);
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
