using System.Threading.RateLimiting;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// How much of a stranger's work is taken on at once. Not by address: behind a proxy WhatsApp has the same as everybody, and could be
/// locked out by them.
/// </summary>
public sealed class WebhookDoor : IDisposable
{
    // Bodies in memory at once: at most 3 MB each.
    private const int AtOnce = 64;
    private const int Waiting = 1_024;

    // Numbers that were asked for a moment ago need no look; only unknown ones are many.
    private const int LooksPerSecond = 500;

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = AtOnce,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly TokenBucketRateLimiter _looks = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = LooksPerSecond,
        TokensPerPeriod = LooksPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

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
