using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Features.Messaging;

/// <summary>What a send stores under its idempotency key.</summary>
/// <param name="SendAt">Set if it was scheduled.</param>
internal sealed record StoredSend(long MessageId, DateTimeOffset? SendAt = null);

/// <summary>Writes a send once for its idempotency key, and answers a repetition from its message's current state.</summary>
public sealed class SendReplay(IDbContextFactory<AppDbContext> contexts, OnceWriter once)
{
    /// <summary>Null on the first run.</summary>
    /// <param name="digits">The number as given in the request; empty if only the contact was named.</param>
    internal async Task<Result<SentMessage>?> RecallAsync(string digits, CancellationToken cancellationToken) =>
        once.Recall<StoredSend>() is { } kept ? await AnswerAsync(kept, digits, cancellationToken) : null;

    internal Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, Func<T, StoredSend> keep, CancellationToken cancellationToken) =>
        once.WriteAsync(work, keep, cancellationToken);

    /// <summary>Nothing was sent: the request may be repeated.</summary>
    internal void Free() => once.Free();

    private async Task<Result<SentMessage>> AnswerAsync(StoredSend kept, string digits, CancellationToken cancellationToken)
    {
        var messageId = kept.MessageId;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken) is not { } message)
        {
            return new MessageSendFailedError(messageId, null, "Erased", "The message was erased; it may have been sent", IsUncertain: true);
        }

        if (message.State == OutboxState.Dead)
        {
            once.Free(); // certainly not delivered: the request may be repeated
            return new MessageSendFailedError(message.Id, message.ErrorCode, "Not sent", OutboxErrors.TextOf(message.Error) ?? "", IsUncertain: false);
        }

        var isScheduled = kept.SendAt is not null && message.State is OutboxState.Waiting or OutboxState.Cancelled;
        if (!isScheduled && message is not { State: OutboxState.Sent or OutboxState.HeldByWhatsApp, Wamid: not null })
        {
            return new MessageSendFailedError(message.Id, null, "No answer", OutboxErrors.TextOf(OutboxErrors.Unconfirmed)!, IsUncertain: true);
        }

        var fileName = await db.MessageMedia.Where(media => media.MessageId == messageId)
            .Select(media => media.FileName).FirstOrDefaultAsync(cancellationToken);
        var phone = digits.Length > 0
            ? digits
            : TextKey.Digits(await db.Contacts.Where(c => c.Id == message.ContactId).Select(c => c.Phone).SingleOrDefaultAsync(cancellationToken));
        return new SentMessage(
            message.Id, message.Wamid, message.ContactId, message.ConversationId, phone, message.Text,
            isScheduled ? null : message.SentAt ?? message.CreatedAt)
        {
            SendAt = isScheduled ? kept.SendAt : null,
            Url = message.Url,
            FileName = fileName,
            Language = message.TemplateLanguage,
        };
    }
}
