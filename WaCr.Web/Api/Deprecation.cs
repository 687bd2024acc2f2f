namespace WaCr.Web.Api;

/// <summary>Of an operation that is going away: its answers say so in <c>Deprecation</c> (RFC 9745) and <c>Sunset</c> (RFC 8594).</summary>
/// <param name="Since">From then on it should not be used.</param>
/// <param name="Sunset">When it stops; null if that is not decided.</param>
/// <param name="Instead">What to call now, a sentence.</param>
internal sealed record Deprecation(DateOnly Since, DateOnly? Sunset, string Instead)
{
    private const string Changelog = "</docs/api/changelog>; rel=\"deprecation\"; type=\"text/html\"";

    public void WriteTo(IHeaderDictionary headers)
    {
        var since = new DateTimeOffset(Since, TimeOnly.MinValue, TimeSpan.Zero);
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{since.ToUnixTimeSeconds()}");
        headers.Link = Changelog;
        if (Sunset is { } end)
        {
            headers["Sunset"] = new DateTimeOffset(end, TimeOnly.MinValue, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
