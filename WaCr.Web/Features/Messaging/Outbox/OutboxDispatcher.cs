using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>
/// Sends a batch of a channel's outbox. Claims are committed before sending and results after it, so a crash in between leaves uncertain
/// messages but sends none twice.
/// </summary>
public sealed class OutboxDispatcher(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, OutboxClaimer claimer, IWhatsAppClient whatsApp,
    ChannelSecrets secrets, OutboxOutcomes outcomes)
{
    private static readonly CurrentActor Actor = new(
        ActorKind.Job, null, "Outbox", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);

    /// <summary>Returns how many were claimed.</summary>
    public async Task<int> DispatchAsync(OutboxChannel channel, CancellationToken cancellationToken)
    {
        tenant.Enter(channel.Tenant, Actor);
        var owner = Guid.NewGuid();
        var claimed = (await writer.WriteAsync<List<ClaimedMessage>>(
            async db => await claimer.ClaimAsync(db, channel.ChannelId, owner), cancellationToken)).OrThrow();
        if (claimed.Count == 0)
        {
            return 0;
        }

        using var span = Measures.Begin(nameof(OutboxDispatcher));
        var credentials = await CredentialsAsync(channel.ChannelId);

        // Not cancelled from here on, so that every send's result is recorded.
        await Task.WhenAll(claimed.Select(message => SendAsync(channel.ChannelId, credentials, message)));
        return claimed.Count;
    }

    private async Task<WhatsAppChannel> CredentialsAsync(long channelId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var channel = await db.Channels.AsNoTracking().SingleAsync(c => c.Id == channelId);
        return new WhatsAppChannel(channel.PhoneNumberId, channel.BusinessAccountId ?? "", secrets.AccessTokenOf(channel) ?? "")
        {
            HasMarketingApi = channel.MarketingTermsSignedAt is not null,
        };
    }

    private async Task SendAsync(long channelId, WhatsAppChannel credentials, ClaimedMessage message) => await outcomes.WriteAsync(
        channelId, message, await whatsApp.SendAsync(
            credentials,
            new OutboundMessage(message.To, message.Content, message.Reference, message.ReplyTo) { IsMarketing = message.IsMarketing },
            CancellationToken.None));
}
