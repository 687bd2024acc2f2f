using System.Net.Http.Headers;
using System.Text;

namespace WaCr.Web.Downloads;

/// <param name="Status">The HTTP status; null where no answer came.</param>
/// <param name="Answer">Its first <see cref="RemotePosts.MaxAnswer"/> bytes as text, or why there is no answer.</param>
public sealed record PostOutcome(int? Status, string Answer, TimeSpan Duration, TimeSpan? RetryAfter)
{
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>
/// Posts to URLs given by callers, under the rules of <see cref="RemoteFiles"/>: public hosts only, connecting to the address that was
/// checked. Redirects are not followed; time and the part of the answer that is read are limited.
/// </summary>
public sealed class RemotePosts
{
    public const int UrlMaxLength = 2048;
    public const int MaxAnswer = 1024;
    public static readonly FieldError NotPublic = new("webhook.not_public", "Must be a public https URL");
    public const string Unreachable = "The receiver could not be reached";
    public const string TimedOut = "The receiver did not answer in time";
    public const string NotReached = "The address is not public, or leads nowhere";

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly PublicConnections _connections;
    private readonly TimeProvider _time;
    private readonly bool _allowsHttp;

    internal RemotePosts(HttpClient http, PublicConnections connections, TimeProvider time, bool allowsHttp)
    {
        _http = http;
        _connections = connections;
        _time = time;
        _allowsHttp = allowsHttp;
    }

    /// <summary>The URL, if it may be posted to now; each post checks again.</summary>
    /// <param name="field">The field under which an error is reported.</param>
    public async Task<Result<Uri>> CheckAsync(string field, string url, CancellationToken cancellationToken)
    {
        if (Read(url) is not { } address)
        {
            return new ValidationError(field, NotPublic);
        }

        var found = await _connections.FindAsync(address.IdnHost, address.Port, cancellationToken);
        return found.Length > 0 ? address : new ValidationError(field, NotPublic);
    }

    /// <summary>Whether the URL is of a kind that may be posted to; its host is checked on connecting.</summary>
    public bool MayPostTo(string url) => Read(url) is not null;

    /// <summary>Every failure is an outcome; only <paramref name="cancellationToken"/> throws.</summary>
    public async Task<PostOutcome> PostAsync(
        string url, byte[] body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        if (Read(url) is not { } address)
        {
            return Failed(NotPublic.Message);
        }

        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var text = await ReadAsync(answer.Content, either.Token, cancellationToken);
            return new PostOutcome((int)answer.StatusCode, text, _time.GetElapsedTime(started), RetryAfterOf(answer));
        }
        catch (HttpRequestException failure) when (failure.InnerException is NotPublicException)
        {
            return Failed(NotReached);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Failed(Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(TimedOut);
        }

        PostOutcome Failed(string why) => new(null, why, _time.GetElapsedTime(started), null);
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } at } => at - _time.GetUtcNow(),
        _ => null,
    };

    // The rest is left unread and the connection closed: a receiver must not send us gigabytes. Its status counts even if the text after it
    // is cut off or never ends.
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken either, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxAnswer];
        var length = 0;
        try
        {
            await using var source = await content.ReadAsStreamAsync(either);
            for (var read = -1; read != 0 && length < MaxAnswer; length += read)
            {
                read = await source.ReadAsync(buffer.AsMemory(length), either);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What came until then is kept.
        }

        return Encoding.UTF8.GetString(buffer, 0, length).Replace('\0', '\uFFFD');
    }

    private Uri? Read(string url) =>
        url.Length <= UrlMaxLength && TextRule.IsStorable(url) && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0 && address.IdnHost.Length > 0
        && (address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && (_allowsHttp || _connections.IsTrusted(address.IdnHost, address.Port))))
            ? address
            : null;
}
