namespace WaCr.Web.Common;

public static class Clock
{
    /// <summary>
    /// The current UTC time without fractions of a second: the API shows whole seconds, and a filter on a shown time must find the row.
    /// </summary>
    public static DateTimeOffset UtcNowInSeconds(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
