namespace WaCr.Web.Common;

/// <summary>How long to wait before the next attempt: twice as long after each that failed, up to a bound.</summary>
public readonly record struct Backoff(TimeSpan First, TimeSpan Max)
{
    // Beyond it every bound is reached, and the power would not fit.
    private const int MaxDoublings = 30;

    /// <param name="attempts">How many failed, from 1.</param>
    public TimeSpan After(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Max.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings))));

    /// <summary>Not the same for all, so that they do not come back together: between half and one and a half of it.</summary>
    public TimeSpan SpreadAfter(int attempts) => After(attempts) * (0.5 + Random.Shared.NextDouble());
}
