using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>Formats times in the reader's time zone; "yesterday" is a calendar day, not 24 hours.</summary>
public static class TimeLabels
{
    public static string Ago(Localizer T, DateTimeOffset at, DateTimeOffset now, string timeZone) => (now - at) switch
    {
        { Ticks: < 0 } => Day(at, now, timeZone),
        { TotalMinutes: < 1 } => T["just now"],
        { TotalHours: < 1 } ago => T["{n} min ago", ("n", (int)ago.TotalMinutes)],
        { TotalDays: < 1 } ago => T["{n} h ago", ("n", (int)ago.TotalHours)],
        { TotalDays: < 30 } => DaysBetween(at, now, timeZone) switch
        {
            <= 1 => T["yesterday"],
            var days => T["{n, plural, one {# day ago} other {# days ago}}", ("n", days)],
        },
        _ => Day(at, now, timeZone),
    };

    /// <summary>Omits the current year.</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now, string timeZone)
    {
        var local = In(at, timeZone);
        return local.ToString(local.Year == In(now, timeZone).Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);
    }

    /// <summary>A day without a zone, with its year.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>Without its year, for the days of a chart.</summary>
    public static string DayOfYear(DateOnly day) => day.ToString("d MMM", CultureInfo.CurrentCulture);

    /// <summary>With the day of the week, without the year.</summary>
    public static string Weekday(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.CurrentCulture);

    /// <summary>In words: of this year with the day of the week.</summary>
    public static string LongDay(DateOnly day, DateOnly today) =>
        day.ToString(day.Year == today.Year ? "dddd, d MMMM" : "d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Month(DateOnly month) => month.ToString("Y", CultureInfo.CurrentCulture);

    /// <summary>A time soon, as the reader's own clock shows it.</summary>
    public static string Moment(DateTime local) => local.ToString("ddd d MMM, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>The time of day alone.</summary>
    public static string Clock(DateTimeOffset at, string timeZone) => In(at, timeZone).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>For a list of the newest: the time of day if it is today's, else the day.</summary>
    public static string ClockOrDay(DateTimeOffset at, DateTimeOffset now, string timeZone) =>
        DateOf(at, timeZone) == DateOf(now, timeZone) ? Clock(at, timeZone) : Day(at, now, timeZone);

    /// <summary>How long a contact can still be answered freely.</summary>
    public static string WindowLeft(Localizer T, TimeSpan left) => left.TotalHours >= 1
        ? T["Reply window closes in {hours} h {minutes} min", ("hours", (int)left.TotalHours), ("minutes", left.Minutes)]
        : T["Reply window closes in {minutes} min", ("minutes", Math.Max(1, (int)Math.Ceiling(left.TotalMinutes)))];

    /// <summary>The date in the zone, for grouping by day.</summary>
    public static DateOnly DateOf(DateTimeOffset at, string timeZone) => DateOnly.FromDateTime(In(at, timeZone).DateTime);

    public static string Exact(DateTimeOffset at, string timeZone) =>
        $"{In(at, timeZone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)} ({timeZone.Replace('_', ' ')})";

    /// <summary>For the <c>datetime</c> of a <c>time</c>, which programs read.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Date and time in digits, for a text that leaves the app.</summary>
    public static string Stamp(DateTimeOffset at, string timeZone) => In(at, timeZone).ToString("g", CultureInfo.CurrentCulture);

    /// <summary>A duration.</summary>
    public static string Span(Localizer T, TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => T["under a minute"],
        { TotalHours: < 1 } => T["{minutes} min", ("minutes", (int)span.TotalMinutes)],
        { TotalDays: < 2 } => T["{hours} h {minutes} min", ("hours", (int)span.TotalHours), ("minutes", span.Minutes)],
        _ => T["{count, plural, one {# day} other {# days}}", ("count", (int)span.TotalDays)],
    };

    /// <summary>One unit, for a narrow place: "12 min", "5 h", "3 days".</summary>
    public static string Brief(Localizer T, TimeSpan span) => span switch
    {
        { TotalHours: < 1 } => T["{minutes} min", ("minutes", Math.Max(1, (int)span.TotalMinutes))],
        { TotalDays: < 2 } => T["{hours} h", ("hours", (int)span.TotalHours)],
        _ => T["{count, plural, one {# day} other {# days}}", ("count", (int)span.TotalDays)],
    };

    private static int DaysBetween(DateTimeOffset at, DateTimeOffset now, string timeZone) =>
        (In(now, timeZone).Date - In(at, timeZone).Date).Days;

    private static DateTimeOffset In(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? TimeZoneInfo.ConvertTime(at, zone) : at;
}
