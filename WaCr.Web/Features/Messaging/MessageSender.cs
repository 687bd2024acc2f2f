using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Sends while the caller waits. The message is written first, so that nothing leaves without a trace; then WhatsApp is called,
/// outside of any write; then what came of it is written down.
/// </summary>
public sealed partial class MessageSender(
    IDatabaseWriter writer, TenantContext tenant, ChannelDirectory channels, ContactResolver contacts, ConversationService conversations,
    ConversationUsage usage, MessageOutcomes outcomes, DirectSends direct, IWhatsAppClient whatsApp, OutgoingFiles files,
    SendReplay replay, OnceWriter once, IDbContextFactory<AppDbContext> contexts, IOptions<WhatsAppOptions> options,
    TimeProvider time, ILogger<MessageSender> logger)
{
    // Beyond the longest that a call may take: whoever finds the lease run out knows that its owner is gone.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    // What a rehearsal ends with, so that it is undone; told from every other by being this very one.
    private static readonly NotFoundError NothingInTheWay = new("");

    public Task<Result<SentMessage>> SendAsync(SendText request, CancellationToken cancellationToken) =>
        SendAsync(fields => TextDraft.Read(request, fields), request, cancellationToken);

    public Task<Result<SentMessage>> SendAsync(SendInteractive request, CancellationToken cancellationToken) =>
        SendAsync(fields => InteractiveDraft.Read(request, fields), request, cancellationToken);

    public Task<Result<SentMessage>> SendAsync(SendMedia request, CancellationToken cancellationToken) =>
        SendAsync(fields => MediaDraft.Read(request, fields), request, cancellationToken);

    public Task<Result<SentMessage>> SendAsync(SendTemplate request, CancellationToken cancellationToken) =>
        SendAsync(fields => TemplateDraft.Read(request, fields), request, cancellationToken);

    private async Task<Result<SentMessage>> SendAsync(Func<DraftFields, MessageDraft> read, SendRequest request, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        return await SendAsync(read(new DraftFields(request, tenant.Tenant.Country, phoneIsOptional: true)), cancellationToken);
    }

    /// <summary>For features that send something of their own, behind their own doors.</summary>
    internal async Task<Result<SentMessage>> SendAsync(MessageDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Errors.Any)
        {
            return new ValidationError(draft.Errors);
        }

        // The same request was carried out before: it is answered from its message, and never by sending.
        if (once.Recall<StoredSend>() is { } kept)
        {
            return await replay.AnswerAsync(kept.MessageId, draft.To.Digits, cancellationToken);
        }

        if (draft.File is { } file && await OutgoingFiles.CheckAsync(file, cancellationToken) is { } unfit)
        {
            return unfit;
        }

        if (draft is TemplateDraft && !await MayUseTemplatesAsync(cancellationToken))
        {
            return new FeatureNotAvailableError(FeatureNames.WhatsAppTemplates);
        }

        var opened = await channels.OpenAsync(cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        return draft.File is { } wanted && await AttachAsync(opened.Value, draft, wanted, cancellationToken) is { } refused
            ? refused
            : await SendAsync(opened.Value, draft, cancellationToken);
    }

    private async Task<bool> MayUseTemplatesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await SubscriptionPlans.InForceAsync(db, time.GetUtcNow())).HasWhatsAppTemplates;
    }

    /// <summary>Fetches and uploads the file, once it is sure that nothing else stands in the way; null on success.</summary>
    private async Task<AppError?> AttachAsync(OpenChannel channel, MessageDraft draft, OutgoingFile file, CancellationToken cancellationToken)
    {
        // All checks, and then everything is undone.
        var rehearsed = await writer.WriteAsync<Written>(
            async db => (await WriteAsync(db, channel, draft)).Error ?? NothingInTheWay, cancellationToken);
        if (!ReferenceEquals(rehearsed.Error, NothingInTheWay))
        {
            return rehearsed.Error;
        }

        var uploaded = await files.UploadAsync(channel, file, cancellationToken);
        draft.Uploaded = uploaded.Value;
        if (uploaded.Error is null or ValidationError)
        {
            return uploaded.Error;
        }

        await channels.NoteAsync(channel, uploaded.Error);
        return MessageSendFailedError.NotSent(null, uploaded.Error);
    }

    private async Task<Result<SentMessage>> SendAsync(OpenChannel channel, MessageDraft draft, CancellationToken cancellationToken)
    {
        var written = await once.WriteAsync(db => WriteAsync(db, channel, draft), sent => new StoredSend(sent.Row.Id), cancellationToken);
        if (!written.Succeeded)
        {
            return written.Error;
        }

        var message = written.Value;
        // It leaves now, whether or not the caller still waits.
        direct.Note(channel.Id);
        var answer = await whatsApp.SendAsync(channel.Access, message.Outbound, CancellationToken.None);
        if (!answer.Succeeded)
        {
            return await FailAsync(message.Row, answer.Error);
        }

        if (!await IsWrittenDownAsync(() => AcceptAsync(channel, message.Row, answer.Value)))
        {
            return new MessageSendFailedError(message.Row.Id, null, "Not recorded", MessageErrors.NotRecorded, IsUncertain: true);
        }

        return new SentMessage(
            message.Row.Id, answer.Value.MessageId, message.Row.ContactId, message.Row.ConversationId, draft.To.DigitsFor(message.To), message.Composed.Text,
            time.UtcNowInSeconds())
        {
            Url = message.Url,
            FileName = draft.Uploaded?.FileName,
            Language = message.Composed.TemplateLanguage,
        };
    }

    /// <summary>The checks that need the database, in the order in which the contract tells their errors, and the row.</summary>
    private async Task<Result<Written>> WriteAsync(AppDbContext db, OpenChannel channel, MessageDraft draft)
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
        return new Written(
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
        var message = new Message
        {
            Id = (await db.ReserveIdsAsync(nameof(db.Messages), 1, CancellationToken.None))[0],
            ConversationId = conversation.Id,
            ChannelId = conversation.ChannelId,
            ContactId = conversation.ContactId,
            Direction = MessageDirection.Outbound,
            Type = draft.Type,
            Nonce = RandomNumberGenerator.GetInt32(int.MaxValue),
            ReplyToWamid = draft.ReplyTo,
            StaffId = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null,
            TemplateName = composed.TemplateName,
            TemplateLanguage = composed.TemplateLanguage,
            UsageWindowOpenedAt = countedIn,
            State = OutboxState.Sending,
            LeaseUntil = now + options.Value.CallTimeout + LeaseMargin,
            Attempts = 1,
            Url = composed.Url ?? (fileId is { } id ? FileQueries.PathOf(id) : null),
            Text = composed.Text,
            Content = composed.Content is TextContent ? null : StoredContent.Of(composed.Kept ?? composed.Content).Json,
        };
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

    private async Task<MessageSendFailedError> FailAsync(SendingMessage message, AppError error)
    {
        await IsWrittenDownAsync(() => outcomes.FailAsync(message, error));
        if (error is WhatsAppUncertain)
        {
            return new MessageSendFailedError(message.Id, null, "No answer", error.Message, IsUncertain: true);
        }

        once.Free(); // nothing has left: the same request may be made again
        return MessageSendFailedError.NotSent(message.Id, error);
    }

    private async Task AcceptAsync(OpenChannel channel, SendingMessage message, AcceptedMessage accepted)
    {
        await outcomes.AcceptAsync(message, accepted);
        await channels.NoteAsync(channel, null);
    }

    // The database may be gone by now, and what WhatsApp said still stands.
    private async Task<bool> IsWrittenDownAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception failure) when (failure is WriteContentionException || Outage.IsCauseOf(failure))
        {
            Log.NotRecorded(logger, failure);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5361, Level = LogLevel.Error, Message = "What became of a message could not be written down.")]
        public static partial void NotRecorded(ILogger logger, Exception failure);
    }

    private sealed record Written(SendingMessage Row, OutboundMessage Outbound, Composed Composed, string? Url, Addressee To);
}
