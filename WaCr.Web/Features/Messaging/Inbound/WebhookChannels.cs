using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>The columns of a channel that receiving webhooks needs. <c>ToString</c> hides the secret.</summary>
internal sealed record WebhookChannel(long Id, TenantIdentity Tenant, string PhoneNumberId, string? BusinessAccountId, string AppSecret)
{
    public override string ToString() => $"{nameof(WebhookChannel)} {Id}";
}

/// <summary>
/// Caches the channels of webhooks, since every message and status asks for one, until one of them changes or a few seconds have passed.
/// Unknown keys are looked up again, once per webhook.
/// </summary>
public sealed class WebhookChannelCache : IDisposable
{
    /// <summary>How long an old app secret or a deleted channel may still be accepted if the notification of its change was lost.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 10_000;

    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    private readonly IDisposable _subscription;

    public WebhookChannelCache(ChangeFeed feed) => _subscription = feed.Subscribe(ChangeKind.Channels, _ => _found.Clear());

    internal IReadOnlyList<WebhookChannel>? Find(string key) => _found.Get<IReadOnlyList<WebhookChannel>>(key);

    internal void Keep(string key, IReadOnlyList<WebhookChannel> channels) =>
        _found.Set(key, channels, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });

    public void Dispose()
    {
        _subscription.Dispose();
        _found.Dispose();
    }
}

/// <summary>Finds the channels a webhook refers to, by number, or by account if it names no number.</summary>
public sealed class WebhookChannels(
    IDbContextFactory<AppDbContext> contexts, ChannelSecrets secrets, WebhookChannelCache cache, WebhookThrottle throttle)
{
    /// <summary>Limits abuse; WhatsApp sends at most a thousand events per webhook.</summary>
    private const int MaxKeys = 1_000;

    /// <summary>
    /// Channels by <see cref="KeyOf"/>; unknown keys are absent. Null if there are too many lookups at once.
    /// Keys past the maximum are ignored.
    /// </summary>
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

        if (!throttle.TryTakeLookup())
        {
            return null;
        }

        var channels = await LoadAsync(missing, cancellationToken);
        foreach (var part in missing)
        {
            var own = channels
                .Where(channel =>
                    part.PhoneNumberId is { } number
                        ? channel.PhoneNumberId == number
                        : channel.BusinessAccountId == part.BusinessAccountId)
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

        // Lifts the tenant filter: a webhook names no tenant, only the number.
        var rows = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(channel => channel.AppSecret != null
                && (numbers.Contains(channel.PhoneNumberId)
                    || (channel.BusinessAccountId != null && accounts.Contains(channel.BusinessAccountId))))
            .Join(
                db.Tenants,
                channel => channel.TenantId,
                tenant => tenant.Id,
                (channel, tenant) => new { Channel = channel, Tenant = tenant })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new WebhookChannel(
                row.Channel.Id, row.Tenant.ToIdentity(), row.Channel.PhoneNumberId, row.Channel.BusinessAccountId,
                secrets.AppSecretOf(row.Channel)
                    ?? "")),
        ];
    }
}
