using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that is being sent.</summary>
/// <param name="WaId">The conversation's WhatsApp id when the message was sent.</param>
public sealed record SendingMessage(long Id, long ConversationId, long ChannelId, long ContactId, string? WaId, string? UserId);

/// <summary>Records the result of a direct send. A status webhook that arrived earlier wins, since it is further along.</summary>
public sealed class MessageOutcomes(
    IDatabaseWriter writer, ContactResolver contacts, TwinMerger twins, ConversationUsage usage, SendConsequences consequences,
    TimeProvider time)
{
    /// <summary>Returns false if it is uncertain, because the id is another message's.</summary>
    public async Task<bool> AcceptAsync(SendingMessage message, AcceptedMessage accepted)
    {
        var isAccepted = (await writer.WriteAsync<bool>(
            async db =>
            {
                db.NoteChange(ChangeKind.Conversation, message.ConversationId);
                var learns = (accepted.WaId ?? message.WaId) != message.WaId || (accepted.UserId ?? message.UserId) != message.UserId;
                if (learns)
                {
                    await db.LockContactsAsync([message.ContactId]); // of several sends, the first adds the ids
                }

                if (!await MessageTransitions.AcceptOrDoubtAsync(db, message.Id, accepted, time.UtcNowInSeconds()))
                {
                    return false;
                }

                if (!accepted.IsHeld)
                {
                    await MessageTransitions.AnswerAsync(db, message.ConversationId, message.Id);
                }

                if (learns)
                {
                    await RememberIdsAsync(db, message, accepted);
                }

                return true;
            },
            CancellationToken.None)).OrThrow();
        if (isAccepted)
        {
            await twins.MergeTwinAsync(message.ChannelId, accepted);
        }

        return isAccepted;
    }

    /// <summary>Records a failed or uncertain send; gives usage back if it certainly was not sent.</summary>
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
            await MessageTransitions.MarkUncertainAsync(db.Messages.Where(m => m.Id == message.Id), now);
            return false;
        }

        var refused = error as WhatsAppRefused;
        var send = new RefusedSend(message.ChannelId, message.ConversationId, message.ContactId, 1);
        var wait = refused is null ? default : SendConsequences.WaitAfter(refused, 1);
        var isStopped = refused is not null && await consequences.ApplyToChannelAsync(db, send, refused, wait);
        if (await MessageTransitions.FailAsync(db, message.Id, refused?.KnownCode, refused?.Message ?? OutboxErrors.Unreachable, now) > 0)
        {
            await usage.GiveBackAsync(db, message.Id);
        }

        if (refused is not null)
        {
            await consequences.ApplyToContactAsync(db, send, refused, wait);
        }

        return isStopped;
    }

    // Stores WhatsApp's id of the recipient, which replies will come from.
    private async Task RememberIdsAsync(AppDbContext db, SendingMessage message, AcceptedMessage accepted)
    {
        var key = await db.Contacts.Where(c => c.Id == message.ContactId).Select(c => c.PhoneKey).SingleOrDefaultAsync();
        var isSameNumber = PhoneNumber.FromWaId(accepted.WaId)?.Key is { } sent && sent == PhoneNumber.FromWaId(message.WaId)?.Key;

        // Replies keep going to the number the contact wrote from last.
        await db.Conversations
            .Where(c => c.Id == message.ConversationId && (isSameNumber || c.LastInboundAt == null || (c.WaId == null && c.UserId == null)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.WaId, c => accepted.WaId ?? c.WaId)
                .SetProperty(c => c.UserId, c => accepted.UserId ?? c.UserId)
                .SetProperty(c => c.ContactPhoneKey, key));
        await contacts.RememberAsync(db, message.ChannelId, message.ContactId, accepted.WaId, accepted.UserId);
    }
}
