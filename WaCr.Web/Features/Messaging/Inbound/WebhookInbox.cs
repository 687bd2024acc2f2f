using WaCr.Web.Data;
using WaCr.Web.Features.Audit;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

public enum WebhookVerdict
{
    /// <summary>Committed; WhatsApp need not send it again.</summary>
    Stored = 0,

    /// <summary>Wrong signature or unknown number; the answer does not say which.</summary>
    Refused = 1,

    /// <summary>Too many unknown webhooks at once; WhatsApp should send it again.</summary>
    Busy = 2,

    /// <summary>From WhatsApp but about nothing known here, such as a dashboard test; need not be sent again.</summary>
    Unneeded = 3,
}

/// <summary>
/// Receives webhooks: checks the signature and stores each event once under its key. <see cref="WebhookProcessor"/> processes them later.
/// </summary>
public sealed class WebhookInbox(
    WebhookChannels channels, UnknownNumberSignatureCheck signatures, IServiceScopeFactory scopes, SecurityEvents security,
    TimeProvider time)
{
    /// <param name="signature">The header as received. It is checked per channel named in the webhook; parts for other channels are not
    /// stored.</param>
    public async Task<WebhookVerdict> ReceiveAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        if (signature is null || WebhookEnvelope.Split(body) is not { Count: > 0 } parts)
        {
            return WebhookVerdict.Refused;
        }

        if (await channels.FindAsync(parts, cancellationToken) is not { } found)
        {
            return WebhookVerdict.Busy;
        }

        var signingSecrets = found.Values.SelectMany(own => own).Select(channel => channel.AppSecret).Distinct(StringComparer.Ordinal)
            .Where(secret => WebhookSignature.Fits(body.Span, signature, secret))
            .ToHashSet(StringComparer.Ordinal);
        if (signingSecrets.Count == 0)
        {
            if (found.Count == 0 && await signatures.FitsAnyAsync(body, signature, cancellationToken))
            {
                return WebhookVerdict.Unneeded;
            }

            CountRefused(found.Values.SelectMany(own => own));
            return WebhookVerdict.Refused;
        }

        var now = time.GetUtcNow();
        var events = parts
            .SelectMany(part => found.GetValueOrDefault(WebhookChannels.KeyOf(part), []).Select(channel => (Part: part, Channel: channel)))
            .Where(row => signingSecrets.Contains(row.Channel.AppSecret))
            .DistinctBy(row => (row.Channel.Tenant.Id, row.Part.Key))
            .GroupBy(row => row.Channel.Tenant, row => EventOf(row.Part, row.Channel, now));
        foreach (var ofTenant in events)
        {
            await StoreAsync(ofTenant.Key, [.. ofTenant], cancellationToken);
        }

        return WebhookVerdict.Stored;
    }

    // Unknown numbers are only logged.
    private void CountRefused(IEnumerable<WebhookChannel> named)
    {
        var any = false;
        foreach (var channel in named.DistinctBy(channel => (channel.Tenant.Id, channel.Id)))
        {
            any = true;
            security.CountInWorkspace(AuditAction.WebhookRefused, AuditEntry.ChannelType, channel.Id, channel.Tenant.Id);
        }

        if (!any)
        {
            security.CountUnknown(AuditAction.WebhookRefused, AuditEntry.ChannelType);
        }
    }

    private async Task StoreAsync(TenantIdentity tenant, IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken)
    {
        // A webhook may concern several tenants, and a scope cannot change its tenant.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant, WebhookActor.WhatsApp);
        await scope.ServiceProvider.GetRequiredService<IDatabaseWriter>()
            .WriteAsync<int>(async db => await db.InsertMissingAsync(events), cancellationToken);
    }

    private static WebhookEvent EventOf(WebhookPart part, WebhookChannel channel, DateTimeOffset now) => new()
    {
        TenantId = channel.Tenant.Id,
        ChannelId = channel.Id,
        Key = part.Key,
        Field = part.Field,
        ReceivedAt = now,
        DueAt = now,
        Payload = part.Body,
    };
}

/// <summary>The actor for everything WhatsApp reports.</summary>
internal static class WebhookActor
{
    public static readonly CurrentActor WhatsApp = new(
        ActorKind.Webhook, null, "WhatsApp", ChangeOrigin.Webhook, System.Collections.Frozen.FrozenSet<string>.Empty);
}
