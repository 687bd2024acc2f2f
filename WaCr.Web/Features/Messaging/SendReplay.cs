using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Features.Messaging;

/// <summary>What a send stores under its idempotency key.</summary>
internal sealed record StoredSend(long MessageId);

/// <summary>Answers a repeated send from its message's current state.</summary>
public sealed class SendReplay(IDbContextFactory<AppDbContext> contexts, OnceWriter once)
{
    /// <param name="digits">The number as given in the request; empty if only the contact was named.</param>
    internal async Task<Result<SentMessage>> AnswerAsync(long messageId, string digits, CancellationToken cancellationToken)
    {
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

        if (message is not { State: OutboxState.Sent, Wamid: { } wamid })
        {
            return new MessageSendFailedError(message.Id, null, "No answer", OutboxErrors.TextOf(OutboxErrors.Unconfirmed)!, IsUncertain: true);
        }

        var fileName = await db.MessageMedia.Where(media => media.MessageId == messageId)
            .Select(media => media.FileName).FirstOrDefaultAsync(cancellationToken);
        var phone = digits.Length > 0
            ? digits
            : TextKey.Digits(await db.Contacts.Where(c => c.Id == message.ContactId).Select(c => c.Phone).SingleOrDefaultAsync(cancellationToken));
        return new SentMessage(message.Id, wamid, message.ContactId, message.ConversationId, phone, message.Text, message.SentAt ?? message.CreatedAt)
        {
            Url = message.Url,
            FileName = fileName,
            Language = message.TemplateLanguage,
        };
    }
}
