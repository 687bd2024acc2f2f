using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that is stored but not sent.</summary>
internal sealed record WrittenMessage(SendingMessage Row, OutboundMessage Outbound, Composed Composed, string? Url, Addressee To);

/// <summary>The database part of a direct send, before the call to WhatsApp: contact, conversation, usage and message row.</summary>
public sealed class DirectMessageWriter(
    IDatabaseWriter writer, TenantContext tenant, SendPreparation preparation, ConversationUsage usage, IOptions<WhatsAppOptions> options,
    TimeProvider time)
{
    // Longer than any call takes, so an expired lease means that its owner died.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    // Rolls a dry run back; recognised by reference.
    private static readonly NotFoundError DryRunSucceeded = new("", "");

    /// <summary>Runs all checks and rolls back; null if the message could be sent.</summary>
    internal async Task<AppError?> DryRunAsync(Func<AppDbContext, Task<AppError?>> write, CancellationToken cancellationToken)
    {
        var tried = await writer.WriteAsync<WrittenMessage>(
            async db => await write(db) ?? DryRunSucceeded, cancellationToken);
        return ReferenceEquals(tried.Error, DryRunSucceeded) ? null : tried.Error;
    }

    /// <summary>Runs the checks that need the database, in the order of the API's contract, and adds the message row.</summary>
    internal async Task<Result<WrittenMessage>> WriteAsync(AppDbContext db, OpenChannel channel, MessageDraft draft)
    {
        // Programs have no eyes for the warning that users see.
        var isAnswer = draft.NeedsOpenWindow && tenant.Actor is { Kind: ActorKind.User, ChangeOrigin: ChangeOrigin.App };
        var prepared = await preparation.PrepareAsync(db, channel, draft, isAnswer);
        if (!prepared.Succeeded)
        {
            return prepared.Error;
        }

        var (to, composed, conversation, route, replyToWamid) = prepared.Value;
        if (draft.NeedsOpenWindow && !route.WindowIsOpen(time.GetUtcNow()))
        {
            // Also rolls back the contact and the conversation.
            return SendConsent.Refusal(to, isMarketing: false) is { } unwanted ? unwanted : new WindowClosedError();
        }

        var counted = await usage.TakeAsync(db, to.ContactId);
        if (!counted.Succeeded)
        {
            return counted.Error;
        }

        var message = await AddAsync(db, draft, prepared.Value, counted.Value);
        db.NoteChange(ChangeKind.Conversation, conversation.Id);
        return new WrittenMessage(
            new SendingMessage(message.Id, conversation.Id, channel.Id, to.ContactId, conversation.WaId, conversation.UserId),
            new OutboundMessage(route.To, composed.Content, message.Reference, replyToWamid), composed, message.Url, to);
    }

    private async Task<Message> AddAsync(AppDbContext db, MessageDraft draft, PreparedMessage prepared, DateTimeOffset countedIn)
    {
        var (composed, conversation) = (prepared.Composed, prepared.Conversation);
        var now = time.GetUtcNow();
        var fileId = draft.Uploaded is { } uploaded ? await FileStore.RecordAsync(db, uploaded.Stored) : (long?)null;
        var message = Message.Outgoing(conversation.Id, conversation.ChannelId, conversation.ContactId, draft.Type);
        message.Id = (await db.ReserveIdsAsync(nameof(db.Messages), 1, CancellationToken.None))[0];
        message.ReplyToWamid = prepared.ReplyToWamid;
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
                IsVoice = draft.IsVoice,
            });
        }

        conversation.LastMessageId = message.Id;
        conversation.LastMessageAt = now;
        await db.SaveChangesAsync();
        await MessageOwner.CheckAsync(db, message);
        return message;
    }
}
