namespace WaCr.Web.Common;

/// <summary>The wait before the next attempt: doubles after each failure, up to a maximum.</summary>
public readonly record struct Backoff(TimeSpan First, TimeSpan Max)
{
    // The maximum is reached long before, and a higher power would overflow.
    private const int MaxDoublings = 30;

    /// <param name="attempts">Failures so far, from 1.</param>
    public TimeSpan After(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Max.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings))));

    /// <summary><see cref="After"/> times a random factor of 0.5 to 1.5, so that callers do not retry together.</summary>
    public TimeSpan SpreadAfter(int attempts) => After(attempts) * (0.5 + Random.Shared.NextDouble());
}
