namespace WaCr.Web.WhatsApp;

/// <summary>When Meta's versions of the Graph API end, as its changelog said in November 2026.</summary>
public static class GraphVersions
{
    private static readonly Dictionary<string, DateOnly> Ends = new(StringComparer.Ordinal)
    {
        ["v20.0"] = new(2026, 9, 24),
        ["v21.0"] = new(2027, 1, 21),
        ["v22.0"] = new(2027, 5, 20),
        ["v23.0"] = new(2027, 10, 8),
        ["v24.0"] = new(2028, 2, 18),
        ["v25.0"] = new(2028, 7, 29),
    };

    private const int FirstListed = 20;

    /// <summary>The last day of a version, for those older than the list that of its first; null if none is announced.</summary>
    public static DateOnly? EndOf(string version) =>
        Ends.TryGetValue(version, out var end) ? end
        : int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major < FirstListed ? Ends["v20.0"]
        : null;
}
