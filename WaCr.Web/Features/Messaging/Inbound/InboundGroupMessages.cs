using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Stores messages of WhatsApp groups separately from one-to-one conversations: they open no window, create no contact and cannot opt out.
/// </summary>
public sealed class InboundGroupMessages(TimeProvider time)
{
    /// <param name="sender">Sender of an inbound message; recipients of outbound ones are not stored.</param>
    public async Task<Result<InboundEffect>> KeepAsync(
        AppDbContext db, long channelId, MessageDirection direction, Person sender, InboundMessage message)
    {
        if (message.Type is "edit" or "revoke")
        {
            return await ChangeAsync(db, message);
        }

        if (await db.GroupMessages.AnyAsync(known => known.Wamid == message.Id))
        {
            return InboundEffect.None;
        }

        var now = time.GetUtcNow();
        var content = InboundContent.Of(message);
        var isOurs = direction == MessageDirection.Outbound;
        db.GroupMessages.Add(new GroupMessage
        {
            ChannelId = channelId,
            GroupId = message.GroupId!,
            Wamid = message.Id,
            Direction = direction,
            Type = InboundContent.TypeOf(message.Type),
            SenderWaId = isOurs ? null : sender.WaId,
            SenderUserId = isOurs ? null : sender.UserId,
            SenderName = isOurs ? null : sender.Name,
            Error = (message.Error?.Details ?? message.Error?.Title).Cut(Message.ErrorMaxLength),
            SentAt = message.SentAt == DateTimeOffset.UnixEpoch || message.SentAt > now ? now : message.SentAt,
            CreatedAt = now,
            Text = MessageContent.Read(content).Words ?? message.Text ?? "",
            Content = content,
        });
        await db.SaveChangesAsync();
        return InboundEffect.None;
    }

    private static async Task<Result<InboundEffect>> ChangeAsync(AppDbContext db, InboundMessage change)
    {
        if (change.ReplyTo is not { } wamid
            || await db.GroupMessages.SingleOrDefaultAsync(known => known.Wamid == wamid) is not { } message)
        {
            return InboundEffect.TooEarly;
        }

        if (change.Type == "revoke")
        {
            message.RevokedAt ??= change.SentAt;
        }
        else if (message.EditedAt is null || message.EditedAt <= change.SentAt)
        {
            message.Text = change.Edited?.Text ?? "";
            message.EditedAt = change.SentAt;
        }

        await db.SaveChangesAsync();
        return InboundEffect.None;
    }
}
