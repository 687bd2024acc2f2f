using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Schedules a message. Checks what can be checked now and fills merge fields now; window, plan and opt-out are checked when it is sent
/// (<see cref="OutboxBatch"/>).
/// </summary>
public sealed class MessageScheduler(
    IDatabaseWriter writer, TenantContext tenant, ChannelDirectory channels, ConversationService conversations, OutboxService outbox, OutgoingFiles files,
    PlanFeatures plan, TimeProvider time)
{
    /// <summary>WhatsApp keeps an uploaded file for 30 days.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromDays(29);

    public const string DueAtField = "due_at";
    public static readonly FieldError PastError = new("message.past", "Choose a time that is still to come");
    public static readonly FieldError TooLateError = new("message.too_late", "A message can be put off for 29 days at most");

    /// <summary>Cancels a message that has not been sent.</summary>
    public async Task<Result<Done>> CancelAsync(long conversationId, long messageId, CancellationToken cancellationToken)
    {
        var cancelled = await outbox.CancelAsync(conversationId, messageId, cancellationToken);
        if (!cancelled.Succeeded)
        {
            return cancelled.Error;
        }

        return cancelled.Value == 1 ? default(Done) : OutboxErrors.MessageNotFound;
    }

    /// <summary>Returns the message's id.</summary>
    public async Task<Result<long>> ScheduleAsync(SendMessage request, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var draft = request.ReadDraft(new DraftFields(request, tenant.Tenant.Country, phoneIsOptional: true));
        if (dueAt <= time.GetUtcNow() || dueAt > time.GetUtcNow() + Latest)
        {
            draft.Errors.Add(DueAtField, dueAt <= time.GetUtcNow() ? PastError : TooLateError);
        }

        if (draft.Errors.Any)
        {
            return new ValidationError(draft.Errors);
        }

        if (draft is TemplateDraft && await plan.MissingAsync(FeatureNames.WhatsAppTemplates, cancellationToken) is { } missing)
        {
            return missing;
        }

        var channel = await channels.OpenAsync(cancellationToken);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        if (draft.File is { } file
            && (await OutgoingFiles.CheckAsync(file, cancellationToken) ?? await files.AttachAsync(channel.Value, draft, file, cancellationToken)) is { } unfit)
        {
            return unfit;
        }

        var written = await writer.WriteAsync<Scheduled>(db => WriteAsync(db, channel.Value, draft, dueAt), cancellationToken);
        if (!written.Succeeded)
        {
            return written.Error;
        }

        return written.Value.Id;
    }

    private async Task<Result<Scheduled>> WriteAsync(AppDbContext db, OpenChannel channel, MessageDraft draft, DateTimeOffset dueAt)
    {
        if (draft.To.ContactId is not { } contactId || await PersonResolver.FindAddresseeAsync(db, contactId) is not { } to)
        {
            return MessageErrors.ContactNotFound;
        }

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
        var added = await outbox.AddAsync(db, new OutboxMessage(conversation.Id, draft.Type, composed.Value.Content, composed.Value.Text)
        {
            DueAt = dueAt,
            ReplyToWamid = draft.ReplyTo,
            StaffId = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null,
        });
        if (added.Succeeded && draft.Uploaded is { } uploaded)
        {
            db.MessageMedia.Add(new MessageMedia
            {
                MessageId = added.Value,
                MediaFileId = await FileStore.RecordAsync(db, uploaded.Stored),
                State = MediaState.Stored,
                WhatsAppId = uploaded.WhatsAppId,
                FileName = uploaded.FileName,
            });
            await db.SaveChangesAsync();
        }

        return added.Succeeded ? new Scheduled(added.Value, conversation.Id) : added.Error;
    }

    private sealed record Scheduled(long Id, long ConversationId);
}
