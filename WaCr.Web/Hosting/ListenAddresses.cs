namespace WaCr.Web.Hosting;

/// <summary>The addresses that the configuration tells the server to listen on.</summary>
internal static class ListenAddresses
{
    private const string Default = "http://localhost:5000";

    /// <summary>
    /// Whether it listens with the default certificate; endpoints of Kestrel's own section may each have one of their own.
    /// </summary>
    public static bool NeedDefaultCertificate(IConfiguration configuration) =>
        EndpointsOf(configuration).Count == 0
        && UrlsOf(configuration).Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    /// <summary>In Kestrel's order: its own section wins over addresses, and addresses over ports.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration) =>
        EndpointsOf(configuration) is { Count: > 0 } own ? own : UrlsOf(configuration);

    private static List<string> EndpointsOf(IConfiguration configuration) =>
        [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];

    private static IReadOnlyList<string> UrlsOf(IConfiguration configuration)
    {
        if (Split(configuration["urls"]) is { Length: > 0 } urls)
        {
            return urls;
        }

        var ports = Split(configuration["http_ports"]).Select(port => $"http://*:{Port(port, "ASPNETCORE_HTTP_PORTS")}")
            .Concat(Split(configuration["https_ports"]).Select(port => $"https://*:{Port(port, "ASPNETCORE_HTTPS_PORTS")}")).ToList();
        return ports.Count > 0 ? ports : [Default];
    }

    private static ushort Port(string text, string variable) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new StartupException($"'{text}' is not a port to listen on; write a number up to 65535 in {variable}.");

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
