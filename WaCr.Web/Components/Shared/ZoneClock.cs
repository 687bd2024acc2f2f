namespace WaCr.Web.Components.Shared;

/// <summary>Between the clock on a wall in a time zone and a moment.</summary>
public static class ZoneClock
{
    public static DateTime Local(DateTimeOffset at, string timeZone) => TimeZoneInfo.ConvertTime(at, Find(timeZone)).DateTime;

    /// <summary>An hour that is left out in spring is the one after it; one that comes twice in autumn is the second.</summary>
    public static DateTimeOffset Moment(DateTime local, string timeZone)
    {
        var zone = Find(timeZone);
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            wall += TimeSpan.FromHours(1);
        }

        return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    private static TimeZoneInfo Find(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
