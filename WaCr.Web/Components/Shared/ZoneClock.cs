namespace WaCr.Web.Components.Shared;

/// <summary>Converts between local time in a zone and UTC.</summary>
public static class ZoneClock
{
    public static DateTime Local(DateTimeOffset at, string timeZone) => TimeZoneInfo.ConvertTime(at, Find(timeZone)).DateTime;

    /// <summary>A time skipped by daylight saving moves one hour later; a repeated time means the second of the two.</summary>
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

    private static TimeZoneInfo Find(string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
