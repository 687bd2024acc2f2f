using System.Globalization;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>Converts between a time in the workspace's zone, in the format of the browser's field, and UTC.</summary>
public static class CampaignTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    /// <summary>
    /// Null if it is no valid time. A time skipped by daylight saving means one hour later; a repeated time means the first of the two.
    /// </summary>
    public static DateTimeOffset? Read(string? text, string timeZone)
    {
        if (!DateTime.TryParseExact(text?.Length > Length ? text[..Length] : text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var zone = ZoneOf(timeZone);
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public static string Write(DateTimeOffset at, string timeZone) => TimeZoneInfo.ConvertTime(at, ZoneOf(timeZone)).ToString(Format, CultureInfo.InvariantCulture);

    private static int Length => "2026-01-31T12:00".Length;

    private static TimeZoneInfo ZoneOf(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
