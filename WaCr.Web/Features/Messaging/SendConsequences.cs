using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message WhatsApp refused.</summary>
internal sealed record RefusedSend(long ChannelId, long ConversationId, long ContactId, int Attempts);

/// <summary>Effects of a refusal on contact and channel; the same for direct sends and the outbox.</summary>
public sealed class SendConsequences(OptOuts optOuts, ChannelDirectory channels, TimeProvider time)
{
    public static readonly Backoff Delay = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

    /// <summary>
    /// Applies the refusal to the channel, and locks the contact if the refusal changes it. Runs inside the caller's write, before the
    /// message is written and usage given back: contacts are locked first, then channels. Returns whether it stopped the channel; then call
    /// <see cref="LogStopped"/> after the commit.
    /// </summary>
    /// <param name="wait">How long to pause the channel if WhatsApp throttles.</param>
    internal async Task<bool> ApplyToChannelAsync(AppDbContext db, RefusedSend send, WhatsAppRefused refused, TimeSpan wait)
    {
        var now = time.GetUtcNow();
        switch (refused.Kind)
        {
            case GraphErrorKind.CredentialRefused or GraphErrorKind.PermissionMissing:
                return await ChannelDirectory.StopAsync(db, send.ChannelId, refused.Message, isCredential: true, now);
            case GraphErrorKind.AccountBlocked or GraphErrorKind.SendingRestricted:
                return await ChannelDirectory.StopAsync(db, send.ChannelId, refused.Message, isCredential: false, now);
            case GraphErrorKind.Throttled:
                var held = GcraPacer.OfNumber(1).Blocked(now + wait);
                await db.Channels.Where(c => c.Id == send.ChannelId && (c.PacedUntil == null || c.PacedUntil < held))
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, held));
                return false;
            case GraphErrorKind.MarketingDisabled:
                await ChannelDirectory.StopMarketingAsync(db, send.ChannelId, refused.Message, now);
                return false;
            case GraphErrorKind.MarketingStopped:
                await db.LockContactsAsync([send.ContactId]);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Applies the refusal to contact and conversation, after the message was written.</summary>
    /// <param name="wait">How long to pause the contact if WhatsApp throttles.</param>
    internal async Task ApplyToContactAsync(AppDbContext db, RefusedSend send, WhatsAppRefused refused, TimeSpan wait)
    {
        switch (refused.Kind)
        {
            case GraphErrorKind.RecipientThrottled:
                var blocked = GcraPacer.OfRecipient.Blocked(time.GetUtcNow() + wait);
                await db.Conversations.Where(c => c.Id == send.ConversationId && (c.PacedUntil == null || c.PacedUntil < blocked))
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, blocked));
                break;
            case GraphErrorKind.MarketingStopped:
                await optOuts.SetAsync(db, send.ContactId, null, ConsentChange.StopsMarketing);
                break;
        }
    }

    /// <summary>Wait before the next attempt: what WhatsApp asks for, its own formula, or ours.</summary>
    internal static TimeSpan WaitAfter(WhatsAppRefused refused, int attempts) => refused switch
    {
        { RetryAfter: { } asked } => asked,
        { Kind: GraphErrorKind.RecipientThrottled } => TimeSpan.FromSeconds(Math.Pow(4, Math.Min(attempts, 6))),
        _ => Delay.SpreadAfter(attempts),
    };

    public void LogStopped(long channelId) => channels.LogStopped(channelId);
}
