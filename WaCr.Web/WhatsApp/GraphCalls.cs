using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace WaCr.Web.WhatsApp;

/// <summary>One call to Graph: URL, token, and every outcome as a <see cref="Result{T}"/>.</summary>
internal sealed class GraphCalls(HttpClient http, IOptions<WhatsAppOptions> options, TimeProvider time)
{
    private static readonly string[] OwnDomains = ["facebook.com", "fbcdn.net", "fbsbx.com", "whatsapp.net"];

    private readonly string _root = $"{options.Value.BaseUrl.AbsoluteUri.TrimEnd('/')}/{options.Value.Version}/";

    public HttpRequestMessage Request(
        HttpMethod method, string path, WhatsAppChannel channel, HttpContent? content = null, bool repeatable = false) =>
        Request(method, new Uri(_root + path), channel, content, repeatable);

    /// <summary>A call to the host that archives templates; it has no version in its path.</summary>
    public HttpRequestMessage ArchiveRequest(string path, WhatsAppChannel channel, HttpContent content)
    {
        var root = options.Value.ArchiveBaseUrl
            ?? (options.Value.BaseUrl.Host == "graph.facebook.com" ? new Uri("https://api.facebook.com") : options.Value.BaseUrl);
        return Request(HttpMethod.Post, new Uri($"{root.AbsoluteUri.TrimEnd('/')}/{path}"), channel, content, repeatable: true);
    }

    /// <summary>True for WhatsApp's own hosts over TLS and for the configured host; no other host gets the token.</summary>
    public bool MaySendTokenTo(Uri address) =>
        address.IsAbsoluteUri
        && (Uri.Compare(address, options.Value.BaseUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase) == 0
            || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && IsWhatsApps(address.IdnHost)));

    private bool IsWhatsApps(string host) => OwnDomains.Concat(options.Value.MediaHosts).Where(domain => domain is { Length: > 0 })
        .Any(domain => host.Equals(domain, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));

    public static HttpRequestMessage Request(
        HttpMethod method, Uri address, WhatsAppChannel channel, HttpContent? content = null, bool repeatable = false)
    {
        // HttpClient itself repeats a call without a body when the connection breaks; retries are left to GraphRetries.
        var request = new HttpRequestMessage(method, address) { Content = content ?? new ByteArrayContent([]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", channel.AccessToken);
        request.Options.Set(GraphRetries.Repeatable, repeatable);
        return request;
    }

    /// <summary>Sends and deserialises the answer as <typeparamref name="T"/>.</summary>
    public Task<Result<T>> AskAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        request.Options.Set(GraphRetries.AnswersJson, true);
        return RunAsync<T>(request, HttpCompletionOption.ResponseContentRead, async answer =>
        {
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            try
            {
                return JsonSerializer.Deserialize<T>(body, GraphWire.Json) is { } value ? value : Unreadable(request);
            }
            catch (JsonException)
            {
                return GraphFailure.Read(body) is { } refused ? refused : Unreadable(request);
            }
        }, cancellationToken);
    }

    /// <summary>Sends and passes the answer on before its body has arrived.</summary>
    public Task<Result<T>> StreamAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, Task<Result<T>>> read, CancellationToken cancellationToken) =>
        RunAsync(request, HttpCompletionOption.ResponseHeadersRead, read, cancellationToken);

    private async Task<Result<T>> RunAsync<T>(
        HttpRequestMessage request, HttpCompletionOption completion, Func<HttpResponseMessage, Task<Result<T>>> read,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await TryAsync(request, completion, read, cancellationToken);
        Measures.GraphCalled(request.Method, result.Succeeded ? null : ErrorOf(result.Error), Stopwatch.GetElapsedTime(started));
        return result;
    }

    private static string ErrorOf(AppError error) =>
        error is WhatsAppRefused { KnownCode: { } code } ? code.ToString(CultureInfo.InvariantCulture) : error.ErrorCode;

    private async Task<Result<T>> TryAsync<T>(
        HttpRequestMessage request, HttpCompletionOption completion, Func<HttpResponseMessage, Task<Result<T>>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.SendAsync(request, completion, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return await read(answer);
            }

            return await GraphFailure.ReadAsync(answer, time, cancellationToken) is { } refused ? refused : Unanswered(request);
        }
        catch (HttpRequestException failure) when (GraphRetries.WasNeverSent(failure))
        {
            return new WhatsAppUnavailable();
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutRejectedException or JsonException or IOException)
        {
            return Unanswered(request);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unanswered(request); // the call's own timeout
        }
    }

    private static AppError Unreadable(HttpRequestMessage request) =>
        GraphRetries.IsRepeatable(request) ? new WhatsAppUnavailable(WhatsAppUnavailable.Unreadable) : new WhatsAppUncertain();

    private static AppError Unanswered(HttpRequestMessage request) =>
        GraphRetries.IsRepeatable(request) ? new WhatsAppUnavailable() : new WhatsAppUncertain();
}
