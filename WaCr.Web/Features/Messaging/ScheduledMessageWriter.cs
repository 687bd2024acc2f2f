using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// The database part of a scheduled send: its row waits in the outbox. Merge fields are filled now; window, plan and opt-out are checked
/// again when it is sent (<see cref="OutboxClaimer"/>).
/// </summary>
public sealed class ScheduledMessageWriter(SendPreparation preparation, OutboxService outbox, TenantContext tenant)
{
    internal async Task<Result<SentMessage>> WriteAsync(AppDbContext db, OpenChannel channel, MessageDraft draft)
    {
        var prepared = await preparation.PrepareAsync(db, channel, draft);
        if (!prepared.Succeeded)
        {
            return prepared.Error;
        }

        var (to, composed, conversation, _, replyToWamid) = prepared.Value;
        if (to.IsNew && draft.NeedsOpenWindow)
        {
            return new WindowClosedError(); // nobody who never wrote has a window, and the contact would stay behind
        }

        var uploaded = draft.Uploaded;
        var fileId = uploaded is null ? (long?)null : await FileStore.RecordAsync(db, uploaded.Stored);
        var added = await outbox.AddAsync(db, new OutboxMessage(conversation.Id, draft.Type, composed.Content, composed.Text)
        {
            DueAt = draft.SendAt,
            ReplyToWamid = replyToWamid,
            StaffId = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null,
            Url = composed.Url ?? (fileId is { } file ? FileQueries.PathOf(file) : null),
        });
        if (!added.Succeeded)
        {
            return added.Error;
        }

        if (uploaded is not null)
        {
            db.MessageMedia.Add(new MessageMedia
            {
                MessageId = added.Value,
                MediaFileId = fileId,
                State = MediaState.Stored,
                WhatsAppId = uploaded.WhatsAppId,
                FileName = uploaded.FileName,
                IsVoice = draft.IsVoice,
            });
            await db.SaveChangesAsync();
        }

        db.NoteChange(ChangeKind.Conversation, conversation.Id);
        return new SentMessage(added.Value, null, to.ContactId, conversation.Id, draft.To.DigitsFor(to), composed.Text, null)
        {
            SendAt = draft.SendAt,
            Url = composed.Url ?? (fileId is { } id ? FileQueries.PathOf(id) : null),
            FileName = uploaded?.FileName,
            Language = composed.TemplateLanguage,
        };
    }
}
