namespace WaCr.Web.Common;

public static class Clock
{
    /// <summary>
    /// Now in UTC, without the fraction of a second: the API shows whole seconds, and a filter on
    /// what it showed must find the row again.
    /// </summary>
    public static DateTimeOffset UtcNowInSeconds(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
