namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>
/// A rate with a burst, kept as one moment: up to when it is spent. So it lies in one column, costs nothing while nobody sends, and holds for
/// all replicas together.
/// </summary>
/// <param name="Step">How long one message takes of it.</param>
/// <param name="Burst">How far ahead of the clock it may be spent.</param>
public readonly record struct GcraPacer(TimeSpan Step, TimeSpan Burst)
{
    /// <summary>WhatsApp's own: one message in 6 seconds to one person, of which 45 may come at once.</summary>
    public static readonly GcraPacer OfRecipient = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6 * 44));

    /// <summary>An eighth of a second's worth at once, so that no second has more than it should.</summary>
    public static GcraPacer OfNumber(int perSecond) => new(TimeSpan.FromSeconds(1) / Math.Max(1, perSecond), TimeSpan.FromMilliseconds(125));

    /// <summary>How many may leave now.</summary>
    public int Allows(DateTimeOffset? spentUntil, DateTimeOffset now)
    {
        var left = now + Burst - Later(spentUntil, now);
        return left < TimeSpan.Zero ? 0 : (int)Math.Min(int.MaxValue, 1 + Math.Floor(left / Step));
    }

    public DateTimeOffset Spend(DateTimeOffset? spentUntil, DateTimeOffset now, int count = 1) => Later(spentUntil, now) + (Step * count);

    /// <summary>When the next one may leave.</summary>
    public DateTimeOffset NextAt(DateTimeOffset spentUntil) => spentUntil - Burst;

    /// <summary>Spent in such a way that nothing leaves before <paramref name="until"/>.</summary>
    public DateTimeOffset Blocked(DateTimeOffset until) => until + Burst;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one is { } time && time > other ? time : other;
}
