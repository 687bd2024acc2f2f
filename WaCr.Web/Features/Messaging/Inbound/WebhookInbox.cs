using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Audit;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

public enum WebhookVerdict
{
    /// <summary>On disk; WhatsApp may forget it.</summary>
    Stored = 0,

    /// <summary>Not WhatsApp's, or nobody's here. Which of them is not told.</summary>
    Refused = 1,

    /// <summary>Too many unknown ones at once; it is to come again.</summary>
    Busy = 2,

    /// <summary>WhatsApp's, about nothing that is here: a test of its dashboard, or an account that nobody entered. It need not come again.</summary>
    Unneeded = 3,
}

/// <summary>
/// Takes webhooks in: checks the seal, stores each event once under its key, and no more. What an event means is
/// <see cref="WebhookProcessor"/>'s, afterwards.
/// </summary>
public sealed class WebhookInbox(
    WebhookChannels channels, WebhookSeals seals, IServiceScopeFactory scopes, AsyncSignal<WebhookProcessor> signal, SecurityEvents security,
    TimeProvider time)
{
    /// <param name="signature">The header as it came. It is checked against each channel that the webhook speaks of; parts of others are not stored.</param>
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

        var sealedBy = found.Values.SelectMany(own => own).Select(channel => channel.AppSecret).Distinct(StringComparer.Ordinal)
            .Where(secret => WebhookSignature.Fits(body.Span, signature, secret))
            .ToHashSet(StringComparer.Ordinal);
        if (sealedBy.Count == 0)
        {
            if (found.Count == 0 && await seals.FitsAnyAsync(body, signature, cancellationToken))
            {
                return WebhookVerdict.Unneeded;
            }

            CountRefused(found.Values.SelectMany(own => own));
            return WebhookVerdict.Refused;
        }

        var now = time.GetUtcNow();
        var events = parts
            .SelectMany(part => found.GetValueOrDefault(WebhookChannels.KeyOf(part), []).Select(channel => (Part: part, Channel: channel)))
            .Where(row => sealedBy.Contains(row.Channel.AppSecret))
            .DistinctBy(row => (row.Channel.Tenant.Id, row.Part.Key))
            .GroupBy(row => row.Channel.Tenant, row => EventOf(row.Part, row.Channel, now));
        foreach (var ofTenant in events)
        {
            await StoreAsync(ofTenant.Key, [.. ofTenant], cancellationToken);
        }

        signal.Notify();
        return WebhookVerdict.Stored;
    }

    // Of a number that is nobody's here, only the log hears.
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
        // A webhook may speak of several tenants, and a scope keeps the one that it was entered with.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant, WebhookActor.ChangeOrigin);
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

/// <summary>Who acts where WhatsApp tells us something.</summary>
internal static class WebhookActor
{
    public static readonly CurrentActor ChangeOrigin = new(ActorKind.Webhook, null, "WhatsApp", Tenancy.ChangeOrigin.Webhook, System.Collections.Frozen.FrozenSet<string>.Empty);
}
