using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>Records the result of an outbox send: sent, retry later, failed, or uncertain.</summary>
public sealed class OutboxOutcomes(
    IDatabaseWriter writer, TwinMerger twins, ConversationUsage usage, SendConsequences consequences, TimeProvider time)
{
    public const int MaxAttempts = 8;

    internal async Task WriteAsync(long channelId, ClaimedMessage message, Result<AcceptedMessage> sent)
    {
        var ending = (await writer.WriteAsync<Ending>(
            async db => await EndAsync(db, channelId, message, sent), CancellationToken.None)).OrThrow();
        if (ending == Ending.ChannelStopped)
        {
            consequences.LogStopped(channelId);
        }

        if (ending == Ending.Accepted)
        {
            await twins.MergeTwinAsync(channelId, sent.Value!);
        }
    }

    private async Task<Ending> EndAsync(AppDbContext db, long channelId, ClaimedMessage message, Result<AcceptedMessage> sent)
    {
        var now = time.GetUtcNow();
        db.NoteChange(ChangeKind.Conversation, message.ConversationId);
        switch (sent.Error)
        {
            case null:
                return await AcceptAsync(db, message, sent.Value!, now) ? Ending.Accepted : Ending.NotAccepted;
            case WhatsAppUncertain:
                await MessageTransitions.MarkUncertainAsync(db.Messages.Where(m => m.Id == message.Id), now);
                return Ending.NotAccepted;
            case WhatsAppRefused refused:
                return await RefusedAsync(db, channelId, message, refused, now) ? Ending.ChannelStopped : Ending.NotAccepted;
            default: // it never left
                await TryAgainAsync(
                    db, message, now + SendConsequences.Delay.SpreadAfter(message.Attempts), null, OutboxErrors.Unreachable, now);
                return Ending.NotAccepted;
        }
    }

    // False if it is uncertain.
    private static async Task<bool> AcceptAsync(AppDbContext db, ClaimedMessage message, AcceptedMessage accepted, DateTimeOffset now)
    {
        if (!await MessageTransitions.AcceptOrDoubtAsync(db, message.Id, accepted, now))
        {
            return false;
        }

        if (message.IsBroadcast)
        {
            return true; // the list of conversations moves when it is answered
        }

        if (!accepted.IsHeld)
        {
            await MessageTransitions.AnswerAsync(db, message.ConversationId, message.Id);
        }

        await db.Conversations.Where(c => c.Id == message.ConversationId && c.LastMessageAt <= now).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LastMessageAt, now)
            .SetProperty(c => c.LastMessageId, message.Id)
            .SetProperty(c => c.UpdatedAt, now));
        return true;
    }

    // True if the channel was stopped.
    private async Task<bool> RefusedAsync(
        AppDbContext db, long channelId, ClaimedMessage message, WhatsAppRefused refused, DateTimeOffset now)
    {
        var wait = SendConsequences.WaitAfter(refused, message.Attempts);
        var send = new RefusedSend(channelId, message.ConversationId, message.ContactId, message.Attempts);
        var isStopped = await consequences.ApplyToChannelAsync(db, send, refused, wait);
        switch (refused.Kind)
        {
            case GraphErrorKind.CredentialRefused or GraphErrorKind.PermissionMissing or GraphErrorKind.AccountBlocked
                or GraphErrorKind.SendingRestricted:
                // The channel waits for a user, and its messages with it.
                await MessageTransitions.RetryLaterAsync(db, message.Id, now, counts: false, refused.KnownCode, refused.Message, now);
                break;
            case GraphErrorKind.RecipientThrottled or GraphErrorKind.Throttled or GraphErrorKind.Unavailable:
                await TryAgainAsync(db, message, now + wait, refused.KnownCode, refused.Message, now);
                break;
            default:
                await GiveUpAsync(db, message, refused.KnownCode, refused.Message, now);
                break;
        }

        await consequences.ApplyToContactAsync(db, send, refused, wait);
        return isStopped;
    }

    private async Task TryAgainAsync(
        AppDbContext db, ClaimedMessage message, DateTimeOffset due, int? code, string reason, DateTimeOffset now)
    {
        if (message.Attempts >= MaxAttempts)
        {
            await GiveUpAsync(db, message, code, reason, now);
            return;
        }

        await MessageTransitions.RetryLaterAsync(db, message.Id, due, counts: true, code, reason, now);
    }

    private async Task GiveUpAsync(AppDbContext db, ClaimedMessage message, int? code, string reason, DateTimeOffset now)
    {
        if (await MessageTransitions.FailAsync(db, message.Id, code, reason, now) > 0)
        {
            await usage.GiveBackAsync(db, message.Id);
            await NotifyAsync(db, message);
        }
    }

    private static async Task NotifyAsync(AppDbContext db, ClaimedMessage message)
    {
        if (message.AuthorId is { } author)
        {
            var text = await db.Messages.Where(m => m.Id == message.Id).Select(m => m.Text).SingleAsync();
            NotificationWriter.Add(db, new NewNotification(author, NotificationKind.NotSent, message.ConversationId, null, text));
            await db.SaveChangesAsync();
        }
    }

    private enum Ending
    {
        NotAccepted,
        Accepted,
        ChannelStopped,
    }
}
