using System.Threading.RateLimiting;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Limits the work for unauthenticated webhooks. Not per address: behind a proxy WhatsApp shares its address with everybody and could be
/// locked out. Only a completely received body takes a slot, so a slow sender cannot block one.
/// </summary>
public sealed class WebhookThrottle : IDisposable
{
    // Webhooks checked, parsed and stored at once.
    private const int MaxTurns = 64;
    private const int MaxWaiting = 1_024;

    // Counts bytes as they arrive, not as announced.
    private const long MaxBytesInFlight = 256L * 1024 * 1024;

    // Limits lookups of unknown numbers per second; cached numbers need none.
    private const int LooksPerSecond = 500;

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxTurns,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly TokenBucketRateLimiter _lookups = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = LooksPerSecond,
        TokensPerPeriod = LooksPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    private long _bytesInFlight;

    /// <summary>Time allowed for a body to arrive. WhatsApp needs a fraction of a second.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>False if too many bytes are in memory; then nothing was taken.</summary>
    public bool TryTakeBytes(int count)
    {
        if (Interlocked.Add(ref _bytesInFlight, count) <= MaxBytesInFlight)
        {
            return true;
        }

        GiveBackBytes(count);
        return false;
    }

    public void GiveBackBytes(long count) => Interlocked.Add(ref _bytesInFlight, -count);

    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) => _turns.AcquireAsync(1, cancellationToken);

    /// <summary>Whether the database may be asked for an unknown number.</summary>
    public bool TryTakeLookup()
    {
        using var lookup = _lookups.AttemptAcquire();
        return lookup.IsAcquired;
    }

    public void Dispose()
    {
        _turns.Dispose();
        _lookups.Dispose();
    }
}
