namespace WaCr.Web.Common;

/// <summary>Days in a workspace's time zone.</summary>
internal sealed class DayCalendar(string timeZone)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
    private (DateTimeOffset From, DateTimeOffset Until, DateOnly Day) _last;

    public DateOnly DayOf(DateTimeOffset at)
    {
        // Fast path: consecutive times are mostly on the same day.
        if (at < _last.From || at >= _last.Until)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);
            _last = (Midnight(day), Midnight(day.AddDays(1)), day);
        }

        return _last.Day;
    }

    // Where daylight saving skips midnight (Beirut, Cairo), the day begins with the first minute that exists.
    public DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
