using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Stores messages from contacts: all types, unknown ones as raw JSON; files are downloaded later.</summary>
public sealed class InboundMessages(SenderResolver people, InboundGroupMessages groups, OptOuts optOuts, TimeProvider time)
{
    // Written this long after a block, a message shows that the block has ended. Less may be WhatsApp's clock, or was under way.
    private static readonly TimeSpan BlockMargin = TimeSpan.FromMinutes(1);

    // Earlier texts kept of a message.
    internal const int MaxEdits = 20;

    public async Task<Result<InboundEffect>> ReceiveAsync(AppDbContext db, long channelId, MessageReceived received)
    {
        var message = received.Message;
        if (message.GroupId is not null)
        {
            return await groups.KeepAsync(db, channelId, MessageDirection.Inbound, received.From, message);
        }

        if (await KnownAsync(db, message) is { } known)
        {
            return known;
        }

        if (message.Type is "edit" or "revoke")
        {
            return await ChangeAsync(db, message);
        }

        var channel = await db.Channels.AsNoTracking().SingleAsync(c => c.Id == channelId);
        if (message.Change is { } change)
        {
            await people.ChangeAsync(db, channelId, received.From, change);
        }

        // After a change of number or id, the message belongs to the new one.
        var from = message.Change is { } changed
            ? new Person(changed.NewWaId ?? received.From.WaId, changed.NewUserId ?? received.From.UserId, received.From.Name)
            : received.From;
        var consent = await ReadConsentAsync(db, channel, message);
        var place = await people.PlaceAsync(db, channel, from, message.IsFromAd, changesContact: consent is not null);
        var row = await AddAsync(db, channelId, place, message, MessageDirection.Inbound);
        await MoveConversationAsync(db, place, row, message);
        if (Opens(row, message))
        {
            await NotificationWriter.AddMessageAsync(db, place.ConversationId);
        }

        if (consent is { } isOptedOut)
        {
            await optOuts.SetAsync(
                db, place.ContactId, place.Writer, isOptedOut ? await OptOuts.MeaningOfStopAsync(db, row) : ConsentChange.ResumesAll);
        }

        return new InboundEffect(place.ConversationId);
    }

    /// <summary>Stores a message the business sent from its own phone; it counts no usage and needs no answer.</summary>
    public async Task<Result<InboundEffect>> EchoAsync(AppDbContext db, long channelId, MessageEchoed echo)
    {
        if (echo.Message.GroupId is not null)
        {
            return await groups.KeepAsync(db, channelId, MessageDirection.Outbound, echo.To, echo.Message);
        }

        if (await KnownAsync(db, echo.Message) is { } known)
        {
            return known;
        }

        if (echo.Message.Type is "edit" or "revoke")
        {
            return await ChangeAsync(db, echo.Message);
        }

        var channel = await db.Channels.AsNoTracking().SingleAsync(c => c.Id == channelId);
        var place = await people.PlaceAsync(db, channel, echo.To);
        var row = await AddAsync(db, channelId, place, echo.Message, MessageDirection.Outbound);
        var isAnswer = row.Type != MessageType.Reaction && row.Status != MessageStatus.Failed;
        await db.Conversations.Where(c => c.Id == place.ConversationId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LastMessageId, c => c.LastMessageId == null || c.LastMessageAt <= row.CreatedAt ? row.Id : c.LastMessageId)
            .SetProperty(
                c => c.LastMessageAt, c => c.LastMessageId == null || c.LastMessageAt < row.CreatedAt ? row.CreatedAt : c.LastMessageAt)
            .SetProperty(c => c.WaitingSince, c => isAnswer && c.WaitingSince <= row.CreatedAt ? null : c.WaitingSince)
            .SetProperty(c => c.UpdatedAt, row.UpdatedAt));
        return new InboundEffect(place.ConversationId);
    }

    // True: stop; false: start; null: neither.
    private static async Task<bool?> ReadConsentAsync(AppDbContext db, Channel channel, InboundMessage message) =>
        !message.IsHistory && message is { Type: "text" or "button" or "interactive", Text.Length: > 0 and <= ConsentKeywords.MaxLength }
            ? (await ConsentKeywords.LoadAsync(db)).Read(message.Text, channel.OptOutWords)
            : null;

    private async Task<Message> AddAsync(
        AppDbContext db, long channelId, InboundPlace place, InboundMessage message, MessageDirection direction)
    {
        var now = time.GetUtcNow();
        var at = message.SentAt == DateTimeOffset.UnixEpoch || message.SentAt > now ? time.UtcNowInSeconds() : message.SentAt;
        var content = InboundContent.Of(message);
        var row = new Message
        {
            ConversationId = place.ConversationId,
            ChannelId = channelId,
            ContactId = place.ContactId,
            Direction = direction,
            Type = InboundContent.TypeOf(message.Type),
            Status = direction == MessageDirection.Inbound ? MessageStatus.Delivered : StatusOf(message.HistoryStatus),
            State = direction == MessageDirection.Inbound ? null
                : StatusOf(message.HistoryStatus) == MessageStatus.Failed ? OutboxState.Dead
                : OutboxState.Sent,
            Wamid = message.Id,
            ReplyToWamid = message.ReplyTo,
            Text = MessageContent.Read(content).Words ?? message.Text ?? "",
            Content = content,
            SentAt = at,
            CreatedAt = at,
            UpdatedAt = now,
            IsFromAd = message.IsFromAd,
            ErrorCode = message.Error?.Code,
            Error = message.Error is { } error ? (error.Details ?? error.Title).Cut(Message.ErrorMaxLength) : null,
        };
        db.Messages.Add(row);
        await db.SaveChangesAsync();
        await MessageOwner.CheckAsync(db, row);
        if (!message.IsHistory)
        {
            await MessageEvents.NoteAsync(
                db, direction == MessageDirection.Inbound ? EventTypes.MessageReceived : EventTypes.MessageSent, row.Id);
        }

        await AddFileAsync(db, row.Id, message);
        return row;
    }

    private async Task AddFileAsync(AppDbContext db, long messageId, InboundMessage message)
    {
        if (message.Media is not { } media)
        {
            return;
        }

        db.MessageMedia.Add(new MessageMedia
        {
            MessageId = messageId,
            State = MediaState.Waiting,
            WhatsAppId = media.Id,
            FileName = media.FileName.Cut(MessageMedia.FileNameMaxLength),
            ClaimedContentType = media.ContentType.Cut(MessageMedia.ContentTypeMaxLength),
            IsVoice = ((JsonElement?)message.Content).Flag("voice") == true,
            DueAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    /// <summary>
    /// Null for a new message. One that is stored already is left as it is; only what stood for an earlier file becomes that file.
    /// </summary>
    private async Task<InboundEffect?> KnownAsync(AppDbContext db, InboundMessage message)
    {
        if (message.Media is null)
        {
            return await db.Messages.AnyAsync(m => m.Wamid == message.Id) ? InboundEffect.None : null;
        }

        var row = await db.Messages.SingleOrDefaultAsync(m => m.Wamid == message.Id);
        if (row is null || row.Type != MessageType.Unknown || !IsPlaceholder(row.Content))
        {
            return row is null ? null : InboundEffect.None;
        }

        row.Type = InboundContent.TypeOf(message.Type);
        row.Content = InboundContent.Of(message);
        row.Text = message.Text ?? "";
        row.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
        await AddFileAsync(db, row.Id, message);
        return new InboundEffect(row.ConversationId);
    }

    private static bool IsPlaceholder(string? content) => content is not null
        && (string?)JsonNode.Parse(content)?["type"] == MessageReader.PlaceholderType;

    private static MessageStatus StatusOf(string? word) => word?.ToUpperInvariant() switch
    {
        "DELIVERED" => MessageStatus.Delivered,
        "READ" => MessageStatus.Read,
        "PLAYED" => MessageStatus.Played,
        "ERROR" => MessageStatus.Failed,
        _ => MessageStatus.Sent,
    };

    // Reactions, system messages and old messages do not open the window, and nobody is told of them.
    private static bool Opens(Message row, InboundMessage message) =>
        !message.IsHistory && !MessageTypes.AskNothing.Contains(row.Type);

    private static Task<int> MoveConversationAsync(AppDbContext db, InboundPlace place, Message row, InboundMessage message)
    {
        var opens = Opens(row, message);
        var (id, at, counts) = (row.Id, row.CreatedAt, opens ? 1 : 0);
        var (waId, userId, key) = (place.Writer.WaId, place.Writer.UserId, place.Contact.PhoneKey);

        var blockedBefore = at - BlockMargin;

        // A message from a number the contact no longer has does not open the window.
        var isOthers = !place.Conversation.StandsFor(key);
        return db.Conversations.Where(c => c.Id == place.Conversation.Id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.UnreadCount, c => c.UnreadCount + counts)
            .SetProperty(c => c.WaId, c => opens && (isOthers || c.LastInboundAt == null || c.LastInboundAt <= at) ? waId : c.WaId)
            .SetProperty(c => c.UserId, c => opens && (isOthers || c.LastInboundAt == null || c.LastInboundAt <= at) ? userId : c.UserId)
            .SetProperty(c => c.ContactPhoneKey, c => opens && (isOthers || c.LastInboundAt == null || c.LastInboundAt <= at) ? key : c.ContactPhoneKey)
            .SetProperty(c => c.LastInboundAt, c => opens && (isOthers || c.LastInboundAt == null || c.LastInboundAt < at) ? at : c.LastInboundAt)
            .SetProperty(c => c.LastMessageId, c => c.LastMessageId == null || c.LastMessageAt <= at ? id : c.LastMessageId)
            .SetProperty(c => c.LastMessageAt, c => c.LastMessageId == null || c.LastMessageAt < at ? at : c.LastMessageAt)
            .SetProperty(c => c.BlockedAt, c => opens && c.BlockedAt < blockedBefore ? null : c.BlockedAt) // it would not have come
            .SetProperty(c => c.WaitingSince, c => opens && (c.WaitingSince == null || c.WaitingSince > at) ? at : c.WaitingSince)
            .SetProperty(c => c.UpdatedAt, row.UpdatedAt));
    }

    /// <summary>
    /// Applies an edit. The first text stays in the content, so the original remains readable; of those between it and the last ones there
    /// may be any number, each as long as a message.
    /// </summary>
    private async Task<Result<InboundEffect>> ChangeAsync(AppDbContext db, InboundMessage change)
    {
        if (change.ReplyTo is not { } wamid || await db.Messages.SingleOrDefaultAsync(m => m.Wamid == wamid) is not { } message)
        {
            return InboundEffect.TooEarly;
        }

        var now = time.GetUtcNow();
        var at = change.SentAt > now ? now : change.SentAt;
        if (change.Type == "revoke")
        {
            message.RevokedAt ??= at;
        }
        else if (message.EditedAt is null || message.EditedAt <= at)
        {
            var content = (JsonNode.Parse(message.Content ?? "{}") as JsonObject) ?? [];
            var before = content["edits"] as JsonArray ?? [];
            content["edits"] = before;
            before.Add(new JsonObject { ["at"] = at.ToUnixTimeSeconds(), ["text"] = message.Text });
            if (before.Count > MaxEdits)
            {
                before.RemoveAt(1);
            }

            message.Content = content.ToJsonString();
            message.Text = change.Edited?.Text ?? "";
            message.EditedAt = at;
        }

        await db.SaveChangesAsync();
        await MessageEvents.NoteAsync(db, change.Type == "revoke" ? EventTypes.MessageRevoked : EventTypes.MessageEdited, message.Id);
        return new InboundEffect(message.ConversationId);
    }
}
