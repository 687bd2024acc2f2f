using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>
/// Sends a batch of a channel's outbox. What is claimed is on disk before anything leaves, and what became of it afterwards; between the two a
/// process that dies leaves messages that are uncertain, and none that is sent twice.
/// </summary>
public sealed class OutboxDispatcher(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, OutboxBatch batch, IWhatsAppClient whatsApp,
    ChannelSecrets secrets, OutboxOutcomes outcomes)
{
    private static readonly CurrentActor Actor = new(ActorKind.Job, null, "Outbox", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);

    /// <summary>How many were claimed.</summary>
    public async Task<int> DispatchAsync(OutboxChannel channel, CancellationToken cancellationToken)
    {
        tenant.Enter(channel.Tenant, Actor);
        var owner = Guid.NewGuid();
        var claimed = (await writer.WriteAsync<List<ClaimedMessage>>(
            async db => await batch.ClaimAsync(db, channel.ChannelId, owner), cancellationToken)).OrThrow();
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

    private async Task SendAsync(long channelId, WhatsAppChannel credentials, ClaimedMessage message) => await outcomes.WriteAsync(
        channelId, message, await whatsApp.SendAsync(
            credentials, new OutboundMessage(message.To, message.Content, message.Reference, message.ReplyTo), CancellationToken.None));
}
