using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Support;

/// <summary>A call as it went out.</summary>
internal sealed record OutboundCall(HttpMethod Method, Uri Address, string? Authorization, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>
/// The outer world of a test: answers in the order they were planned and keeps what was asked. A call that nobody
/// planned is a bug of the product, so it throws.
/// </summary>
internal sealed class ScriptedGraph : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<OutboundCall> _calls = new();
    private int _sends;
    private bool _acceptsEverySend;
    private bool _refusesTheRest;

    public IReadOnlyList<OutboundCall> Calls => [.. _calls];

    public bool IsPlayedOut => _answers.IsEmpty;

    /// <summary>From now on every send that is not planned otherwise is taken, each under an id of its own.</summary>
    public ScriptedGraph AcceptsEverySend()
    {
        _acceptsEverySend = true;
        return this;
    }

    /// <summary>From now on whatever is neither planned nor taken is refused.</summary>
    public ScriptedGraph RefusesTheRest()
    {
        _refusesTheRest = true;
        return this;
    }

    /// <summary>Takes the next send once <paramref name="meanwhile"/> is done.</summary>
    public ScriptedGraph AnswersAfter(Func<Task> meanwhile) => Then(async (_, _) =>
    {
        await meanwhile();
        return Accepted(null);
    });

    public ScriptedGraph Answers(
        HttpStatusCode status, string body, string contentType = "application/json", TimeSpan? retryAfter = null) =>
        Then((_, _) => Task.FromResult(Answer(status, body, contentType, retryAfter)));

    public ScriptedGraph Answers(byte[] body) => Answers(HttpStatusCode.OK, body);

    public ScriptedGraph Answers(HttpStatusCode status, byte[] body) =>
        Then((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new ByteArrayContent(body) }));

    /// <summary>An error in Graph's own envelope.</summary>
    public ScriptedGraph Refuses(int code, string details = "Because.", TimeSpan? retryAfter = null) =>
        Then((_, _) => Task.FromResult(Refused(code, details, retryAfter)));

    public ScriptedGraph Breaks(HttpRequestError error) => Then((_, _) => throw new HttpRequestException(error));

    /// <summary>Takes the request and never answers; <paramref name="meanwhile"/> lets the test's clock run.</summary>
    public ScriptedGraph StaysSilent(Action meanwhile) => Then(async (_, cancellationToken) =>
    {
        meanwhile();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Unreachable");
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        _calls.Enqueue(new(request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), body));
        if (_answers.TryDequeue(out var answer))
        {
            return await answer(request, cancellationToken);
        }

        return _acceptsEverySend
            && request.Method == HttpMethod.Post
            && request.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal)
            ? Accepted((string?)JsonNode.Parse(body)!["to"])
            : _refusesTheRest ? Refused(100, "Because.", null)
            : throw new InvalidOperationException($"Nobody planned {request.Method} {request.RequestUri}");
    }

    private static HttpResponseMessage Refused(int code, string details, TimeSpan? retryAfter)
    {
        var error = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = $"(#{code}) No",
                ["type"] = "OAuthException",
                ["code"] = code,
                ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = details },
                ["fbtrace_id"] = "trace-1",
            },
        };
        return Answer(HttpStatusCode.BadRequest, error.ToJsonString(), "application/json", retryAfter);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body, string contentType, TimeSpan? retryAfter)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        answer.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
        return answer;
    }

    private HttpResponseMessage Accepted(string? to)
    {
        var contact = to is null ? [] : new JsonArray(new JsonObject { ["input"] = to, ["wa_id"] = to.TrimStart('+') });
        var answer = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = contact,
            ["messages"] = new JsonArray(new JsonObject { ["id"] = $"wamid.sent-{Interlocked.Increment(ref _sends)}-{Guid.NewGuid():N}" }),
        };
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json"),
        };
    }

    private ScriptedGraph Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }
}
