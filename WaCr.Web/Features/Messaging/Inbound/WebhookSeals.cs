using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Whether a webhook about a number that nobody here has was sealed with the secret of somebody here: Meta's dashboard sends such tests, and
/// takes anything but a yes for a fault of the set-up. Anybody may ask, so little is looked through, and seldom.
/// </summary>
public sealed class WebhookSeals(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    /// <summary>Tests are small; whatever is larger is none.</summary>
    public const int MaxBody = 64 * 1024;

    private const int MaxSecrets = 1_000;
    private const int AsksPerSecond = 10;
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    private readonly TokenBucketRateLimiter _asks = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = AsksPerSecond,
        TokensPerPeriod = AsksPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    private volatile Known _known = new([], DateTimeOffset.MinValue);

    public async Task<bool> FitsAnyAsync(ReadOnlyMemory<byte> body, string signature, CancellationToken cancellationToken)
    {
        if (body.Length > MaxBody)
        {
            return false;
        }

        using var ask = _asks.AttemptAcquire();
        if (!ask.IsAcquired)
        {
            return false;
        }

        var known = _known;
        if (time.GetUtcNow() - known.At is var age && (age > Age || age < TimeSpan.Zero))
        {
            _known = known = new Known(await LoadAsync(cancellationToken), time.GetUtcNow());
        }

        return known.Secrets.Any(secret => WebhookSignature.Fits(body.Span, signature, secret));
    }

    public void Dispose() => _asks.Dispose();

    // Whoever tries a set-up has just saved it.
    private async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var secrets = scope.ServiceProvider.GetRequiredService<ChannelSecrets>();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancellationToken);

        // The filter is lifted since such a webhook names nobody.
        var channels = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(channel => channel.AppSecret != null).OrderByDescending(channel => channel.UpdatedAt).Take(MaxSecrets).ToListAsync(cancellationToken);
        return [.. channels.Select(secrets.AppSecretOf).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private sealed record Known(IReadOnlyList<string> Secrets, DateTimeOffset At);
}
