using System.Globalization;

namespace WaCr.Web.Components.Shared;

/// <summary>Times as people say them, in the workspace's time zone.</summary>
public static class TimeWords
{
    public static string Ago(DateTimeOffset at, DateTimeOffset now, string timeZone) => (now - at) switch
    {
        { Ticks: < 0 } => Day(at, now, timeZone),
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } ago => $"{(int)ago.TotalMinutes} min ago",
        { TotalDays: < 1 } ago => $"{(int)ago.TotalHours} h ago",
        { TotalDays: < 2 } => "yesterday",
        { TotalDays: < 30 } ago => $"{(int)ago.TotalDays} days ago",
        _ => Day(at, now, timeZone),
    };

    /// <summary>Without the year where it is this one.</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now, string timeZone)
    {
        var local = In(at, timeZone);
        return local.ToString(local.Year == In(now, timeZone).Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);
    }

    public static string Exact(DateTimeOffset at, string timeZone) =>
        $"{In(at, timeZone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)} ({timeZone.Replace('_', ' ')})";

    private static DateTimeOffset In(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? TimeZoneInfo.ConvertTime(at, zone) : at;
}
