namespace WaCr.Web.Hosting;

/// <summary>The server's address on its own machine, once it listens; http if it has both.</summary>
internal static class OwnAddress
{
    public static string Of(WebApplication app) =>
        (app.Urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? app.Urls.First())
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("+", "localhost", StringComparison.Ordinal)
        .Replace("*", "localhost", StringComparison.Ordinal)
        .TrimEnd('/');
}
