using System.Threading.RateLimiting;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// How much of a stranger's work is taken on at once. Not by address: behind a proxy WhatsApp has the same as everybody, and could be
/// locked out by them. A turn is only for what is whole and in memory, so that nobody holds one by sending slowly.
/// </summary>
public sealed class WebhookThrottle : IDisposable
{
    // Checked, parsed and stored at once.
    private const int MaxTurns = 64;
    private const int MaxWaiting = 1_024;

    // Counted as they arrive and not as they are announced: a promise costs its sender nothing.
    private const long MaxBytesInFlight = 256L * 1024 * 1024;

    // Numbers that were asked for a moment ago need no look; only unknown ones are many.
    private const int LooksPerSecond = 500;

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxTurns,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly TokenBucketRateLimiter _looks = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = LooksPerSecond,
        TokensPerPeriod = LooksPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    private long _bytesInFlight;

    /// <summary>How long a body may take to arrive. WhatsApp sends one in a fraction of a second.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>False where too much is in memory already; then nothing was taken.</summary>
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

    /// <summary>Whether the database may be asked whose a number is.</summary>
    public bool MayLook()
    {
        using var look = _looks.AttemptAcquire();
        return look.IsAcquired;
    }

    public void Dispose()
    {
        _turns.Dispose();
        _looks.Dispose();
    }
}
