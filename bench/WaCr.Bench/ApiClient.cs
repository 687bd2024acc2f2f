using System.Net.Http.Headers;

namespace WaCr.Bench;

/// <summary>An integrator.</summary>
internal static class ApiClient
{
    /// <summary>Paths are relative to <c>/api/v2/</c>.</summary>
    public static HttpClient Open(Uri server, string token) => new()
    {
        BaseAddress = new Uri(server, "/api/v2/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
