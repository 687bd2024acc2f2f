namespace WaCr.Web.Hosting;

/// <summary>Where this server is reached from its own machine, once it listens; without encryption where there is a choice.</summary>
internal static class OwnAddress
{
    public static string Of(WebApplication app) => (app.Urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? app.Urls.First())
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("+", "localhost", StringComparison.Ordinal)
        .Replace("*", "localhost", StringComparison.Ordinal)
        .TrimEnd('/');
}
