namespace WaCr.Web.Components.Shared;

/// <summary>The time zones that a person can choose, by their IANA names.</summary>
public static class TimeZones
{
    public static IReadOnlyList<string> All { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Order(StringComparer.Ordinal)];
}
