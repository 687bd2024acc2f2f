using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Costs;

/// <summary>
/// Counts delivered messages by what WhatsApp said of their price, inside the caller's write. WhatsApp charges what is delivered, so a
/// message that fails is never counted. The message remembers where it counts, and one conditional update of it decides who counts: a
/// status that comes again changes nothing, and one that shows an earlier day moves the message there.
/// </summary>
public sealed class MessagePricing(TenantContext tenant)
{
    internal async Task CountAsync(AppDbContext db, long messageId, Person recipient)
    {
        var message = await db.Messages
            .Where(m => m.Id == messageId && m.Status >= MessageStatus.Delivered && m.PriceCategory != null && m.DeliveredAt != null)
            .Select(m => new
            {
                m.ChannelId,
                m.CampaignId,
                Category = m.PriceCategory!,
                IsBillable = m.IsBillable == true,
                DeliveredAt = m.DeliveredAt!.Value,
                m.PricedOn,
                m.PricedCountry,
            })
            .SingleOrDefaultAsync();
        if (message is null)
        {
            return; // not delivered yet, or no price told
        }

        var day = new DayCalendar(tenant.Tenant.TimeZone).DayOf(message.DeliveredAt);
        var country = message.PricedCountry ?? CallingCountry.Of(recipient.WaId, recipient.UserId);
        if (message.PricedOn == day || await MoveAsync(db, messageId, message.PricedOn, day, country) == 0)
        {
            return;
        }

        if (message.PricedOn is { } before)
        {
            await AddAsync(db, RowOn(before), -1);
        }

        await AddAsync(db, RowOn(day), 1);

        PricedMessages RowOn(DateOnly on) => new()
        {
            TenantId = db.CurrentTenantId,
            Day = on,
            ChannelId = message.ChannelId,
            CampaignId = message.CampaignId ?? 0,
            Category = message.Category,
            Country = country,
            IsBillable = message.IsBillable,
            Slot = (int)(messageId % PricedMessages.Slots),
        };
    }

    private static Task<int> MoveAsync(AppDbContext db, long messageId, DateOnly? before, DateOnly day, string country) =>
        db.Messages.Where(m => m.Id == messageId && m.PricedOn == before).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.PricedOn, day)
            .SetProperty(m => m.PricedCountry, country));

    private static async Task AddAsync(AppDbContext db, PricedMessages row, int count)
    {
        if (await ChangeAsync() == 0)
        {
            await db.InsertMissingAsync([row]);
            await ChangeAsync();
        }

        Task<int> ChangeAsync() => db.PricedMessages
            .Where(known => known.Day == row.Day && known.ChannelId == row.ChannelId && known.CampaignId == row.CampaignId
                && known.Category == row.Category && known.Country == row.Country && known.IsBillable == row.IsBillable
                && known.Slot == row.Slot)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.Count, known => known.Count + count));
    }
}
