using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that is on its way out.</summary>
/// <param name="WaId">What its conversation knew when it left.</param>
public sealed record SendingMessage(long Id, long ConversationId, long ChannelId, long ContactId, string? WaId, string? UserId);

/// <summary>Writes down how a send ended. A status that came first stays: it is further up the ladder.</summary>
public sealed class MessageOutcomes(IDatabaseWriter writer, ContactResolver contacts, ConversationUsage usage, TimeProvider time)
{
    public async Task AcceptAsync(SendingMessage message, AcceptedMessage accepted) => (await writer.WriteAsync<Done>(
        async db =>
        {
            var now = time.UtcNowInSeconds();
            db.NoteChange(ChangeKind.Conversation, message.ConversationId);
            await db.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, m => m.Status == MessageStatus.Failed ? OutboxState.Dead : OutboxState.Sent)
                .SetProperty(m => m.Wamid, accepted.MessageId)
                .SetProperty(m => m.Status, m => m.Status < MessageStatus.Accepted ? MessageStatus.Accepted : m.Status)
                .SetProperty(m => m.SentAt, m => m.SentAt ?? now)
                .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(m => m.LeaseOwner, (Guid?)null)
                .SetProperty(m => m.UpdatedAt, now));
            if ((accepted.WaId ?? message.WaId) != message.WaId || (accepted.UserId ?? message.UserId) != message.UserId)
            {
                await LearnAsync(db, message, accepted);
            }

            return default(Done);
        },
        CancellationToken.None)).OrThrow();

    /// <summary>It will not be sent; what it counted is given back.</summary>
    public async Task FailAsync(long messageId, AppError error) => (await writer.WriteAsync<Done>(
        async db =>
        {
            var now = time.UtcNowInSeconds();
            var code = (error as WhatsAppRefused)?.Code;
            var text = TextOf(error);
            if (await db.Messages.AnyAsync(m => m.Id == messageId && m.Status >= MessageStatus.Failed))
            {
                return default(Done); // a status knows more of it already
            }

            await NoteChangeAsync(db, messageId);
            await usage.GiveBackAsync(db, messageId);
            await db.Messages.Where(m => m.Id == messageId).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Dead)
                .SetProperty(m => m.Status, MessageStatus.Failed)
                .SetProperty(m => m.ErrorCode, code)
                .SetProperty(m => m.Error, text)
                .SetProperty(m => m.FailedAt, now)
                .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(m => m.LeaseOwner, (Guid?)null)
                .SetProperty(m => m.UpdatedAt, now));
            return default(Done);
        },
        CancellationToken.None)).OrThrow();

    /// <summary>Nobody knows whether it left. It is not sent again, and a status may still settle it.</summary>
    public async Task MarkUncertainAsync(long messageId, AppError error) => (await writer.WriteAsync<Done>(
        async db =>
        {
            var now = time.UtcNowInSeconds();
            var text = TextOf(error);
            await NoteChangeAsync(db, messageId);
            await db.Messages.Where(m => m.Id == messageId && m.State == OutboxState.Sending).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Uncertain)
                .SetProperty(m => m.Error, text)
                .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(m => m.LeaseOwner, (Guid?)null)
                .SetProperty(m => m.UpdatedAt, now));
            return default(Done);
        },
        CancellationToken.None)).OrThrow();

    private static async Task NoteChangeAsync(AppDbContext db, long messageId)
    {
        foreach (var conversationId in await db.Messages.Where(m => m.Id == messageId).Select(m => m.ConversationId).ToListAsync())
        {
            db.NoteChange(ChangeKind.Conversation, conversationId);
        }
    }

    // WhatsApp's own name for the recipient, which an answer will come from.
    private async Task LearnAsync(AppDbContext db, SendingMessage message, AcceptedMessage accepted)
    {
        var key = await db.Contacts.Where(c => c.Id == message.ContactId).Select(c => c.PhoneKey).SingleOrDefaultAsync();
        var isSameNumber = PhoneNumber.FromWaId(accepted.WaId)?.Key is { } sent && sent == PhoneNumber.FromWaId(message.WaId)?.Key;

        // Whoever wrote last stays who an answer goes to.
        await db.Conversations
            .Where(c => c.Id == message.ConversationId && (isSameNumber || c.LastInboundAt == null || (c.WaId == null && c.UserId == null)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.WaId, c => accepted.WaId ?? c.WaId)
                .SetProperty(c => c.UserId, c => accepted.UserId ?? c.UserId)
                .SetProperty(c => c.ContactPhoneKey, key));
        await contacts.RememberAsync(db, message.ChannelId, message.ContactId, accepted.WaId, accepted.UserId);
    }

    private static string TextOf(AppError error) =>
        error.Message.Length > Message.ErrorMaxLength ? error.Message[..Message.ErrorMaxLength] : error.Message;
}
