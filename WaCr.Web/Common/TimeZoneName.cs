namespace WaCr.Web.Common;

/// <summary>The name of a time zone, such as Asia/Kolkata.</summary>
public static class TimeZoneName
{
    /// <summary>
    /// Whether it is an IANA name. .NET finds zones by their Windows names as well, which no browser and no database knows.
    /// </summary>
    public static bool IsKnown(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}
