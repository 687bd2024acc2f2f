using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Support;

/// <summary>Speaks to the API as an integrator does; paths are those after <c>/api/v2</c>.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri address, string? token)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<ApiReply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiReply> PostAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(body), headers);

    public Task<ApiReply> PatchAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, Json(body), headers);

    public Task<ApiReply> PutAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, Json(body), headers);

    public Task<ApiReply> DeleteAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, body is null ? null : Json(body), headers);

    public async Task<ApiReply> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            method, path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : "/api/v2" + path)
        { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        using var response = await _http.SendAsync(request);
        return new ApiReply(response, await response.Content.ReadAsByteArrayAsync());
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Text goes out as it stands; anything else is made JSON of.</summary>
    public static StringContent Json(object? body) =>
        new(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}

public sealed class ApiReply
{
    public ApiReply(HttpResponseMessage response, byte[] body)
    {
        Status = response.StatusCode;
        Body = body;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            Headers[name] = string.Join(", ", values);
        }
    }

    public HttpStatusCode Status { get; }

    public byte[] Body { get; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public JsonNode? Data => Json["data"];

    public JsonArray Items => Data!.AsArray();

    public JsonNode Pagination => Json["meta"]!["pagination"]!;

    public string? ErrorCode => (string?)Json["error"]?["code"];

    public long Id => (long)Data!["id"]!;

    /// <summary>The messages of one field.</summary>
    public string[] Errors(string field) =>
        Json["error"]!["details"]?[field] is JsonArray messages ? [.. messages.Select(message => (string)message!)] : [];

    public string[] ErrorFields => [.. (Json["error"]?["details"] as JsonObject ?? []).Select(pair => pair.Key)];

    public string[] Texts(string field) => [.. Items.Select(item => (string)item![field]!)];

    public long[] Ids => [.. Items.Select(item => (long)item!["id"]!)];

    public ApiReply ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Encoding.UTF8.GetString(Body));
        return this;
    }

    /// <summary>An error in the envelope, with this code.</summary>
    public ApiReply ShouldFail(HttpStatusCode status, string code)
    {
        ShouldBe(status);
        ((bool)Json["success"]!).ShouldBeFalse();
        ErrorCode.ShouldBe(code);
        Json["error"]!["message"].ShouldNotBeNull();
        ((string)Json["meta"]!["request_id"]!).ShouldBe(Headers["X-Request-Id"]);
        return this;
    }

    public ApiReply ShouldBeInvalid(params string[] fields)
    {
        ShouldFail(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        foreach (var field in fields)
        {
            ErrorFields.ShouldContain(field);
        }

        return this;
    }
}
