using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>A request to the sandbox's Cloud API, read as Graph reads it.</summary>
internal sealed partial class GraphRequest(HttpRequest http, GraphAccess access)
{
    private const int MaxJson = 4 * 1024 * 1024;

    public HttpRequest Http => http;

    public string Method => http.Method;

    /// <summary>Without the version.</summary>
    public string[] Path { get; } = PathOf(http);

    public string? Token { get; } = TokenOf(http);

    /// <summary>The sandbox's own address.</summary>
    public string Root => $"{http.Scheme}://{http.Host}{http.PathBase}";

    public CancellationToken Aborted => http.HttpContext.RequestAborted;

    public string? Query(string name) => http.Query[name];

    /// <summary>Reads the parameters and refuses what is no JSON.</summary>
    public async Task<GraphAnswer> WithJsonAsync(Func<JsonElement, GraphAnswer> work)
    {
        try
        {
            using var body = await GraphParameters.ReadAsync(http, MaxJson);
            return work(body.RootElement);
        }
        catch (JsonException unfit)
        {
            return access.Refuse(new Refusal(100, $"The body is no JSON. {unfit.Message}"));
        }
        catch (IOException)
        {
            return access.Refuse(Refusal.Unsupported("The body is too large, or breaks off."));
        }
    }

    public void AllowBody(long maxBytes)
    {
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }
    }

    private static string[] PathOf(HttpRequest http)
    {
        var path = ((string?)http.RouteValues["path"] ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path is [var version, .. var rest] && Version.IsMatch(version) ? rest : path;
    }

    private static string? TokenOf(HttpRequest http) =>
        AuthenticationHeaderValue.TryParse(http.Headers.Authorization, out var header)
            && header.Scheme.ToUpperInvariant() is "BEARER" or "OAUTH"
            ? header.Parameter
            : http.Query["access_token"] is { Count: > 0 } token ? token.ToString() : null;

    [GeneratedRegex(@"^v\d+\.\d+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version { get; }
}
