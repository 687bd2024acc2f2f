using System.Net.Http.Headers;
using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>A request to the control API.</summary>
internal sealed class ControlRequest(HttpRequest http)
{
    private const int DefaultLimit = 50;
    private const int MaxBody = 160 * 1024 * 1024;

    public static readonly object Nothing = new { success = true };

    public string Method => http.Method;

    public string[] Path { get; } = ((string?)http.RouteValues["path"] ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    public string? Token =>
        AuthenticationHeaderValue.TryParse(http.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;

    public bool HasBody => http.ContentLength > 0;

    public int Limit =>
        int.TryParse(http.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : DefaultLimit;

    public CancellationToken Aborted => http.HttpContext.RequestAborted;

    /// <exception cref="JsonException">The body is no such object.</exception>
    public async Task<T> ReadAsync<T>(int maxDepth = SandboxBody.MaxDepth)
        where T : class
    {
        using var body = SandboxBody.Parse(await BodyReader.ReadAsync(http, MaxBody), maxDepth);
        return body.RootElement.Deserialize<T>(JsonNames.Json) ?? throw new JsonException("It is null.");
    }

    public static object? Answer<T>(Result<T> result) => !result.Succeeded ? result.Error : result.Value is Done ? Nothing : result.Value;

    // Limited to what a TimeSpan can hold and the clock can be moved by.
    public static TimeSpan Shift(double seconds) => Math.Abs(seconds) <= SandboxChecks.MaxShift.TotalSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new JsonException(
            string.Create(CultureInfo.InvariantCulture, $"seconds must be at most {SandboxChecks.MaxShift.TotalSeconds}, either way."));
}
