using Microsoft.Extensions.Options;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Plans;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that is written and has not left.</summary>
internal sealed record WrittenMessage(SendingMessage Row, OutboundMessage Outbound, Composed Composed, string? Url, Addressee To);

/// <summary>What a direct send does to the database before anything leaves: contact, conversation, usage, and the message's row.</summary>
public sealed class DirectMessageWriter(
    IDatabaseWriter writer, TenantContext tenant, ContactResolver contacts, ConversationService conversations, ConversationUsage usage,
    IOptions<WhatsAppOptions> options, TimeProvider time)
{
    // Beyond the longest that a call may take: whoever finds the lease run out knows that its owner is gone.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    // What a rehearsal ends with, so that it is undone; told from every other by being this very one.
    private static readonly NotFoundError NothingInTheWay = new("", "");

    /// <summary>All checks, and then everything is undone; null where nothing stands in the way.</summary>
    internal async Task<AppError?> RehearseAsync(OpenChannel channel, MessageDraft draft, CancellationToken cancellationToken)
    {
        var rehearsed = await writer.WriteAsync<WrittenMessage>(
            async db => (await WriteAsync(db, channel, draft)).Error ?? NothingInTheWay, cancellationToken);
        return ReferenceEquals(rehearsed.Error, NothingInTheWay) ? null : rehearsed.Error;
    }

    /// <summary>The checks that need the database, in the order in which the contract tells their errors, and the row.</summary>
    internal async Task<Result<WrittenMessage>> WriteAsync(AppDbContext db, OpenChannel channel, MessageDraft draft)
    {
        var found = await FindContactAsync(db, channel, draft);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var to = found.Value;
        if (to.IsOptedOut)
        {
            return new ContactOptedOutError();
        }

        var composed = await draft.ComposeAsync(db, channel, to);
        if (!composed.Succeeded)
        {
            return composed.Error;
        }

        var conversation = await conversations.FindOrCreateAsync(db, to, channel.Id);
        if (to.RouteIn(conversation, draft.To.Phone) is not { } route)
        {
            return new ValidationError(MessageFields.ContactId, MessageErrors.NoAddress);
        }

        if (draft.NeedsOpenWindow && !route.WindowIsOpen(time.GetUtcNow()))
        {
            return new WindowClosedError(); // undoes the contact and the conversation as well
        }

        var counted = await usage.TakeAsync(db, to.ContactId);
        if (!counted.Succeeded)
        {
            return counted.Error;
        }

        var message = await AddAsync(db, draft, composed.Value, conversation, counted.Value);
        db.NoteChange(ChangeKind.Conversation, conversation.Id);
        return new WrittenMessage(
            new SendingMessage(message.Id, conversation.Id, channel.Id, to.ContactId, conversation.WaId, conversation.UserId),
            new OutboundMessage(route.To, composed.Value.Content, message.Reference, draft.ReplyTo), composed.Value, message.Url, to);
    }

    private async Task<Result<Addressee>> FindContactAsync(AppDbContext db, OpenChannel channel, MessageDraft draft)
    {
        if (draft.To.ContactId is not { } id)
        {
            return await contacts.FindOrCreateAsync(db, channel, draft.To.Phone!, draft.NewContact);
        }

        if (await ContactResolver.FindAsync(db, id) is not { } known)
        {
            return MessageErrors.ContactNotFound;
        }

        return draft.To.Phone is { } phone && phone.Key != known.PhoneKey && await PersonResolver.FindByPhoneAsync(db, phone) != known.ContactId
            ? new ValidationError(MessageFields.Phone, MessageErrors.PhoneOfAnother)
            : known;
    }

    private async Task<Message> AddAsync(AppDbContext db, MessageDraft draft, Composed composed, Conversation conversation, DateTimeOffset countedIn)
    {
        var now = time.GetUtcNow();
        var fileId = draft.Uploaded is { } uploaded ? await FileStore.RecordAsync(db, uploaded.Stored) : (long?)null;
        var message = Message.Outgoing(conversation.Id, conversation.ChannelId, conversation.ContactId, draft.Type);
        message.Id = (await db.ReserveIdsAsync(nameof(db.Messages), 1, CancellationToken.None))[0];
        message.ReplyToWamid = draft.ReplyTo;
        message.StaffId = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null;
        message.TemplateName = composed.TemplateName;
        message.TemplateLanguage = composed.TemplateLanguage;
        message.UsageWindowOpenedAt = countedIn;
        message.State = OutboxState.Sending;
        message.LeaseUntil = now + options.Value.CallTimeout + LeaseMargin;
        message.Attempts = 1;
        message.Url = composed.Url ?? (fileId is { } id ? FileQueries.PathOf(id) : null);
        message.Text = composed.Text;
        message.Content = composed.Content is TextContent ? null : StoredContent.Of(composed.Kept ?? composed.Content).Json;
        db.Messages.Add(message);
        if (fileId is not null)
        {
            db.MessageMedia.Add(new MessageMedia
            {
                MessageId = message.Id,
                MediaFileId = fileId,
                State = MediaState.Stored,
                WhatsAppId = draft.Uploaded!.WhatsAppId,
                FileName = draft.Uploaded.FileName,
            });
        }

        conversation.LastMessageId = message.Id;
        conversation.LastMessageAt = now;
        await db.SaveChangesAsync();
        return message;
    }
}
