using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Plans;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>
/// Sends a batch of a channel's outbox. What is claimed is on disk before anything leaves, and what became of it afterwards; between the two a
/// process that dies leaves messages that are uncertain, and none that is sent twice.
/// </summary>
public sealed class OutboxDispatcher(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext scope, OutboxBatch batch, IWhatsAppClient whatsApp,
    ChannelSecrets secrets, ChannelDirectory channels, ConversationUsage usage, OptOuts optOuts, MessageSignal live, NotificationSignal people, TimeProvider time)
{
    public const int MostAttempts = 8;

    private static readonly CurrentActor Actor = new(ActorKind.Job, null, "Outbox", Door.System, System.Collections.Frozen.FrozenSet<string>.Empty);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    /// <summary>How many were claimed.</summary>
    public async Task<int> DispatchAsync(OutboxChannel channel, CancellationToken cancellationToken)
    {
        scope.Enter(channel.Tenant, Actor);
        var owner = Guid.NewGuid();
        var (claimed, givenUp) = (await writer.WriteAsync<ClaimedBatch>(
            async db => await batch.ClaimAsync(db, channel.ChannelId, owner), cancellationToken)).OrThrow();
        foreach (var message in givenUp)
        {
            Tell(message.ConversationId, message.AuthorId);
        }

        if (claimed.Count == 0)
        {
            return 0;
        }

        var credentials = await CredentialsAsync(channel.ChannelId);

        // From here on nothing is cancelled: what has begun is written down.
        await Task.WhenAll(claimed.Select(message => SendAsync(channel.ChannelId, credentials, message)));
        return claimed.Count;
    }

    private async Task<WhatsAppChannel> CredentialsAsync(long channelId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var channel = await db.Channels.AsNoTracking().SingleAsync(c => c.Id == channelId);
        return new WhatsAppChannel(channel.PhoneNumberId, channel.BusinessAccountId ?? "", secrets.AccessTokenOf(channel) ?? "");
    }

    private async Task SendAsync(long channelId, WhatsAppChannel credentials, ClaimedMessage message)
    {
        var sent = await whatsApp.SendAsync(
            credentials, new OutboundMessage(message.To, message.Content, message.Reference, message.ReplyTo), CancellationToken.None);
        var isRefused = (await writer.WriteAsync<bool>(async db => await EndAsync(db, channelId, message, sent), CancellationToken.None)).OrThrow();
        if (isRefused)
        {
            channels.LogRefused(channelId);
        }

        Tell(message.ConversationId, sent.Succeeded ? null : message.AuthorId);
    }

    private void Tell(long conversationId, long? authorId)
    {
        live.Tell(scope.TenantId, conversationId);
        if (authorId is { } author)
        {
            people.Tell(scope.TenantId, author);
        }
    }

    /// <summary>Whether the channel's token is refused only since now.</summary>
    private async Task<bool> EndAsync(AppDbContext db, long channelId, ClaimedMessage message, Result<AcceptedMessage> sent)
    {
        var now = time.GetUtcNow();
        switch (sent.Error)
        {
            case null:
                await AcceptAsync(db, message, sent.Value!, now);
                break;
            case WhatsAppUncertain:
                await OutboxEnds.DoubtAsync(db, message.Id, now);
                break;
            case WhatsAppRefused refused:
                return await RefusedAsync(db, channelId, message, refused, now);
            default: // it never left
                await TryAgainAsync(db, message, now + Backoff(message.Attempts), null, OutboxErrors.Unreachable, now);
                break;
        }

        return false;
    }

    private static async Task AcceptAsync(AppDbContext db, ClaimedMessage message, AcceptedMessage accepted, DateTimeOffset now)
    {
        await OutboxEnds.SentAsync(db, message.Id, accepted.MessageId, now);
        await db.Conversations.Where(c => c.Id == message.ConversationId && c.LastMessageAt <= now).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LastMessageAt, now)
            .SetProperty(c => c.LastMessageId, message.Id)
            .SetProperty(c => c.UpdatedAt, now));
    }

    private async Task<bool> RefusedAsync(AppDbContext db, long channelId, ClaimedMessage message, WhatsAppRefused refused, DateTimeOffset now)
    {
        var due = now + (refused.RetryAfter is { } asked ? asked : Backoff(message.Attempts));
        switch (refused.Kind)
        {
            case GraphErrorKind.CredentialRefused or GraphErrorKind.PermissionMissing:
                await OutboxEnds.WaitAsync(db, message.Id, now, counts: false, refused.Code, refused.Message, now);
                return await ChannelDirectory.RefuseAsync(db, channelId, refused.Message, now);
            case GraphErrorKind.AccountBlocked or GraphErrorKind.SendingRestricted:
                await OutboxEnds.WaitAsync(db, message.Id, now, counts: false, refused.Code, refused.Message, now);
                await PauseAsync(db, channelId, refused, now);
                break;
            case GraphErrorKind.RecipientThrottled:
                var wait = refused.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(4, Math.Min(message.Attempts, 6))); // WhatsApp's own formula
                var blocked = Pace.OfRecipient.Blocked(now + wait);
                await db.Conversations.Where(c => c.Id == message.ConversationId).ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, blocked));
                await TryAgainAsync(db, message, now + wait, refused.Code, refused.Message, now);
                break;
            case GraphErrorKind.Throttled:
                var held = Pace.OfNumber(1).Blocked(due);
                await db.Channels.Where(c => c.Id == channelId && (c.PacedUntil == null || c.PacedUntil < held))
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, held));
                await TryAgainAsync(db, message, due, refused.Code, refused.Message, now);
                break;
            case GraphErrorKind.Unavailable:
                await TryAgainAsync(db, message, due, refused.Code, refused.Message, now);
                break;
            default:
                await GiveUpAsync(db, message, refused.Code, refused.Message, now);
                if (refused.Kind == GraphErrorKind.MarketingStopped)
                {
                    await optOuts.SetAsync(db, message.ContactId, null, true, ConsentPurpose.Marketing);
                }

                break;
        }

        return false;
    }

    /// <summary>The channel waits for a person; its messages wait with it.</summary>
    private static async Task PauseAsync(AppDbContext db, long channelId, WhatsAppRefused refused, DateTimeOffset now)
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == channelId);
        if (channel.PausedAt is not null)
        {
            return;
        }

        channel.PausedAt = now;
        channel.CredentialError = refused.Message.Length <= Channel.CredentialErrorMaxLength ? refused.Message : refused.Message[..Channel.CredentialErrorMaxLength];
        await db.SaveChangesAsync();
    }

    private async Task TryAgainAsync(AppDbContext db, ClaimedMessage message, DateTimeOffset due, int? code, string reason, DateTimeOffset now)
    {
        if (message.Attempts >= MostAttempts)
        {
            await GiveUpAsync(db, message, code, reason, now);
            return;
        }

        await OutboxEnds.WaitAsync(db, message.Id, due, counts: true, code, reason, now);
    }

    private async Task GiveUpAsync(AppDbContext db, ClaimedMessage message, int? code, string reason, DateTimeOffset now)
    {
        if (await OutboxEnds.GiveUpAsync(db, message.Id, code, reason, now) > 0)
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
            NotificationService.Add(db, new NewNotification(author, NotificationKind.NotSent, message.ConversationId, null, text));
            await db.SaveChangesAsync();
        }
    }

    /// <summary>Longer each time, and not the same for all, so that they do not come back together.</summary>
    private static TimeSpan Backoff(int attempts)
    {
        var delay = Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempts, 16) - 1));
        return TimeSpan.FromSeconds(delay * (0.5 + Random.Shared.NextDouble()));
    }
}
