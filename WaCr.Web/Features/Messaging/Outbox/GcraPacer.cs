namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>
/// A GCRA rate limiter: rate and burst, with one point in time as its only state. It fits in one column, costs nothing while idle, and
/// applies to all replicas together.
/// </summary>
/// <param name="Step">Time between messages at the steady rate.</param>
/// <param name="Burst">How far ahead of the clock messages may be sent.</param>
public readonly record struct GcraPacer(TimeSpan Step, TimeSpan Burst)
{
    /// <summary>WhatsApp's limit per recipient: one message in 6 seconds, with a burst of 45.</summary>
    public static readonly GcraPacer OfRecipient = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6 * 44));

    /// <summary>Burst of an eighth of a second, so that no second exceeds the rate.</summary>
    public static GcraPacer OfNumber(int perSecond) =>
        new(TimeSpan.FromSeconds(1) / Math.Max(1, perSecond), TimeSpan.FromMilliseconds(125));

    /// <summary>How many messages may be sent now.</summary>
    public int Allows(DateTimeOffset? spentUntil, DateTimeOffset now)
    {
        var left = now + Burst - Later(spentUntil, now);
        return left < TimeSpan.Zero ? 0 : (int)Math.Min(int.MaxValue, 1 + Math.Floor(left / Step));
    }

    public DateTimeOffset Spend(DateTimeOffset? spentUntil, DateTimeOffset now, int count = 1) => Later(spentUntil, now) + (Step * count);

    /// <summary>When the next message may be sent.</summary>
    public DateTimeOffset NextAt(DateTimeOffset spentUntil) => spentUntil - Burst;

    /// <summary>State in which nothing may be sent before <paramref name="until"/>.</summary>
    public DateTimeOffset Blocked(DateTimeOffset until) => until + Burst;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one is { } time && time > other ? time : other;
}
