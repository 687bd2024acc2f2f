namespace WaCr.Web.Api.Requests;

/// <summary>A filter's date or date-time as a range of UTC ticks; a date covers its whole UTC day.</summary>
internal static class TimeValue
{
    private static readonly string[] DateTimes =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK",
    ];

    private static readonly string[] WithOffset = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz"];

    /// <summary>A moment that says its offset; null otherwise, since nobody knows whose clock it would be by.</summary>
    public static DateTimeOffset? ReadWithOffset(string text)
    {
        var spelled = text.EndsWith('Z') || text.EndsWith('z') ? text[..^1] + "+00:00" : text;
        return DateTimeOffset.TryParseExact(spelled, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : null;
    }

    public static bool TryParse(string text, out (long From, long To) span)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var from = date.ToDateTime(TimeOnly.MinValue).Ticks;
            span = (from, from + TimeSpan.TicksPerDay - 1);
            return true;
        }

        // An unencoded plus arrives as a blank, which no valid time has before its offset.
        var repaired = text.Length > 6 && text[^6] == ' '
            ? string.Concat(text.AsSpan(0, text.Length - 6), "+", text.AsSpan(text.Length - 5))
            : text;
        if (DateTimeOffset.TryParseExact(repaired, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            span = (time.UtcTicks, time.UtcTicks);
            return true;
        }

        span = default;
        return false;
    }
}
