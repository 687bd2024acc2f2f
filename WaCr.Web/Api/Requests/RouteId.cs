namespace WaCr.Web.Api.Requests;

internal static class RouteId
{
    /// <summary>The id in a path; 0, which no row has, if it is not a positive integer.</summary>
    public static long Read(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
