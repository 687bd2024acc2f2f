namespace WaCr.Web.Components;

/// <summary>
/// Reads numbers and yes/no from a page's address, where anybody may type anything: what is none is as if it were absent. Blazor's own
/// binding to such types breaks the page instead.
/// </summary>
internal static class QueryValue
{
    public static int? Int(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static long? Long(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool Bool(string? text) => bool.TryParse(text, out var isTrue) && isTrue;
}
