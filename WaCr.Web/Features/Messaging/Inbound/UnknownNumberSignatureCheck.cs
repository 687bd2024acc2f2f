using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Checks whether a webhook about an unknown number was signed with any known app secret. Meta's dashboard sends such tests and reports
/// anything but success as a broken setup. The check is rate-limited and bounded, since anybody may send one.
/// </summary>
public sealed class UnknownNumberSignatureCheck(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    /// <summary>Larger bodies are not tests; in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    private const int MaxSecrets = 1_000;
    private const int AsksPerSecond = 10;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

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
        if (time.GetUtcNow() - known.At is var age && (age > MaxAge || age < TimeSpan.Zero))
        {
            _known = known = new Known(await LoadAsync(cancellationToken), time.GetUtcNow());
        }

        return known.Secrets.Any(secret => WebhookSignature.Fits(body.Span, signature, secret));
    }

    public void Dispose() => _asks.Dispose();

    // Newest changes first, because somebody testing a setup has just saved the secret.
    private async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var secrets = scope.ServiceProvider.GetRequiredService<ChannelSecrets>();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>()
            .CreateDbContextAsync(cancellationToken);

        // Lifts the tenant filter: such a webhook names no tenant.
        var channels = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(channel => channel.AppSecret != null)
                .OrderByDescending(channel => channel.UpdatedAt)
                .Take(MaxSecrets)
                .ToListAsync(cancellationToken);
        return [.. channels.Select(secrets.AppSecretOf).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private sealed record Known(IReadOnlyList<string> Secrets, DateTimeOffset At);
}
