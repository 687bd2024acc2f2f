using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>A channel as far as a webhook's door needs it. Prints without the secret.</summary>
internal sealed record WebhookChannel(long Id, TenantIdentity Tenant, string PhoneNumberId, string? BusinessAccountId, string AppSecret)
{
    public override string ToString() => $"{nameof(WebhookChannel)} {Id}";
}

/// <summary>
/// Whose a webhook is. It comes with every message and status, so what was found is kept for a few seconds; what was not is asked for
/// again, once for the whole webhook.
/// </summary>
public sealed class WebhookChannelCache : IDisposable
{
    /// <summary>So long an old app secret, or a channel that is gone, still counts.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 10_000;

    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    internal IReadOnlyList<WebhookChannel>? Find(string key) => _found.Get<IReadOnlyList<WebhookChannel>>(key);

    internal void Keep(string key, IReadOnlyList<WebhookChannel> channels) =>
        _found.Set(key, channels, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Age });

    public void Dispose() => _found.Dispose();
}

/// <summary>Finds the channels that the parts of a webhook speak of: by the number, or by the account where no number is named.</summary>
public sealed class WebhookChannels(IDbContextFactory<AppDbContext> contexts, ChannelSecrets secrets, WebhookChannelCache cache, WebhookThrottle throttle)
{
    /// <summary>Nobody is asked about more, since anybody may send: WhatsApp puts no more than a thousand events into one webhook.</summary>
    private const int MaxKeys = 1_000;

    /// <summary>Keys are those of <see cref="KeyOf"/>; what nobody owns is absent. Null where too much is asked for at once.</summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<WebhookChannel>>?> FindAsync(
        IReadOnlyList<WebhookPart> parts, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<WebhookChannel>>(StringComparer.Ordinal);
        var missing = new List<WebhookPart>();
        foreach (var part in parts.DistinctBy(KeyOf).Take(MaxKeys))
        {
            if (cache.Find(KeyOf(part)) is { } known)
            {
                found[KeyOf(part)] = known;
            }
            else
            {
                missing.Add(part);
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        if (!throttle.MayLook())
        {
            return null;
        }

        var channels = await LoadAsync(missing, cancellationToken);
        foreach (var part in missing)
        {
            var own = channels
                .Where(channel => part.PhoneNumberId is { } number ? channel.PhoneNumberId == number : channel.BusinessAccountId == part.BusinessAccountId)
                .ToList();
            if (own.Count > 0)
            {
                cache.Keep(KeyOf(part), own);
                found[KeyOf(part)] = own;
            }
        }

        return found;
    }

    internal static string KeyOf(WebhookPart part) => part.PhoneNumberId is { } number ? "n:" + number : "a:" + part.BusinessAccountId;

    private async Task<List<WebhookChannel>> LoadAsync(IReadOnlyList<WebhookPart> parts, CancellationToken cancellationToken)
    {
        var numbers = parts.Select(part => part.PhoneNumberId).OfType<string>().ToList();
        var accounts = parts.Where(part => part.PhoneNumberId is null).Select(part => part.BusinessAccountId).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The filter is lifted since a webhook names no tenant: the number is what finds it.
        var rows = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(channel => channel.AppSecret != null
                && (numbers.Contains(channel.PhoneNumberId) || (channel.BusinessAccountId != null && accounts.Contains(channel.BusinessAccountId))))
            .Join(db.Tenants, channel => channel.TenantId, tenant => tenant.Id, (channel, tenant) => new { Channel = channel, Tenant = tenant })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new WebhookChannel(
                row.Channel.Id, row.Tenant.ToIdentity(), row.Channel.PhoneNumberId, row.Channel.BusinessAccountId, secrets.AppSecretOf(row.Channel) ?? "")),
        ];
    }
}
