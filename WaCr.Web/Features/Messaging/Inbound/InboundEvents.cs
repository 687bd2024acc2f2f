using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Applies a stored event by its kind, inside the caller's write.</summary>
public sealed class InboundEvents(
    InboundMessages messages, InboundStatuses statuses, InboundTemplates templates, InboundNotices notices, OptOuts optOuts,
    SenderResolver people)
{
    public Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, WhatsAppEvent read) => read switch
    {
        MessageReceived received => messages.ReceiveAsync(db, channelId, received),
        MessageEchoed echo => messages.EchoAsync(db, channelId, echo),
        StatusReported status => statuses.ApplyAsync(db, status),
        PreferenceChanged preference => ApplyAsync(db, channelId, preference),
        PersonChanged changed => ApplyAsync(db, channelId, changed),
        PersonNamed named => ApplyAsync(db, channelId, named),
        TemplateStatusChanged or TemplateQualityChanged or TemplateCategoryChanged or TemplateContentChanged => templates.ApplyAsync(db, channelId, read),
        AccountChanged changed => ApplyAsync(db, channelId, changed),
        _ => Task.FromResult<Result<InboundEffect>>(InboundEffect.None), // unknown kinds are stored without effect
    };

    private async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, PreferenceChanged preference)
    {
        if (preference.Category == OptOuts.MarketingCategory && OptOuts.Meaning(preference.Value) is { } isOptedOut)
        {
            var contactId = await people.FindContactIdAsync(db, channelId, preference.Person);
            await optOuts.SetAsync(
                db, contactId, preference.Person, isOptedOut ? ConsentChange.StopsMarketing : ConsentChange.ResumesMarketing,
                preference.SignUpId is { } signUp ? OptOuts.StatementOf(signUp) : null);
        }

        return InboundEffect.None;
    }

    private async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, PersonChanged changed)
    {
        await people.ChangeAsync(db, channelId, changed.Person, changed.Change);
        return InboundEffect.None;
    }

    private async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, PersonNamed named)
    {
        await people.NameAsync(db, await db.Channels.AsNoTracking().SingleAsync(channel => channel.Id == channelId), named.Person);
        return InboundEffect.None;
    }

    private async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, long channelId, AccountChanged changed)
    {
        if (changed.RaisesThroughput)
        {
            await RaiseThroughputAsync(db, await InboundNotices.ChannelOfAsync(db, channelId, changed.DisplayPhoneNumber));
        }

        return await notices.KeepAsync(db, channelId, changed);
    }

    // A pace that somebody set below WhatsApp's usual one is their wish and stays.
    private static async Task RaiseThroughputAsync(AppDbContext db, long channelId)
    {
        var channel = await db.Channels.SingleAsync(known => known.Id == channelId);
        if (channel.MessagesPerSecond is >= Channel.DefaultMessagesPerSecond and < Channel.UpgradedMessagesPerSecond)
        {
            channel.MessagesPerSecond = Channel.UpgradedMessagesPerSecond;
            await db.SaveChangesAsync();
        }
    }
}
