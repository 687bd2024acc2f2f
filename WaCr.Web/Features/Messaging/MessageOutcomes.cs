using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Plans;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that is on its way out.</summary>
/// <param name="WaId">What its conversation knew when it left.</param>
public sealed record SendingMessage(long Id, long ConversationId, long ChannelId, long ContactId, string? WaId, string? UserId);

/// <summary>Writes down how a direct send ended. A status that came first stays: it is further up the ladder.</summary>
public sealed class MessageOutcomes(
    IDatabaseWriter writer, ContactResolver contacts, ConversationUsage usage, SendConsequences consequences, TimeProvider time)
{
    public async Task AcceptAsync(SendingMessage message, AcceptedMessage accepted) => (await writer.WriteAsync<Done>(
        async db =>
        {
            db.NoteChange(ChangeKind.Conversation, message.ConversationId);
            await MessageTransitions.AcceptAsync(db, message.Id, accepted.MessageId, time.UtcNowInSeconds());
            if ((accepted.WaId ?? message.WaId) != message.WaId || (accepted.UserId ?? message.UserId) != message.UserId)
            {
                await LearnAsync(db, message, accepted);
            }

            return default(Done);
        },
        CancellationToken.None)).OrThrow();

    /// <summary>It was not taken, or nobody knows. What it counted is given back where it surely did not leave.</summary>
    public async Task FailAsync(SendingMessage message, AppError error)
    {
        var isStopped = (await writer.WriteAsync<bool>(db => FailAsync(db, message, error), CancellationToken.None)).OrThrow();
        if (isStopped)
        {
            consequences.LogStopped(message.ChannelId);
        }
    }

    private async Task<Result<bool>> FailAsync(AppDbContext db, SendingMessage message, AppError error)
    {
        var now = time.UtcNowInSeconds();
        db.NoteChange(ChangeKind.Conversation, message.ConversationId);
        if (error is WhatsAppUncertain)
        {
            await MessageTransitions.DoubtAsync(db.Messages.Where(m => m.Id == message.Id), now);
            return false;
        }

        var refused = error as WhatsAppRefused;
        if (await MessageTransitions.FailAsync(db, message.Id, refused?.KnownCode, refused?.Message ?? OutboxErrors.Unreachable, now) > 0)
        {
            await usage.GiveBackAsync(db, message.Id);
        }

        return refused is not null && await consequences.ApplyAsync(
            db, new RefusedSend(message.ChannelId, message.ConversationId, message.ContactId, 1), refused, SendConsequences.WaitAfter(refused, 1));
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
}
