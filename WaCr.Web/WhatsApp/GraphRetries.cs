using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace WaCr.Web.WhatsApp;

/// <summary>
/// When a call is retried. WhatsApp has no idempotency key, so a send is repeated only if it was certainly not carried out: no connection,
/// or a refusal by Graph with a transient code. Reads are also repeated after timeouts and broken answers.
/// </summary>
internal static class GraphRetries
{
    /// <summary>Set on requests that are safe to repeat.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("WaCr.Repeatable");

    /// <summary>Set on requests answered with JSON: a truncated or empty one is a broken answer.</summary>
    public static readonly HttpRequestOptionsKey<bool> AnswersJson = new("WaCr.AnswersJson");

    private static readonly HttpRequestError[] NeverLeft =
    [
        HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError,
        HttpRequestError.ProxyTunnelError,
    ];

    public static void Build(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, WhatsAppOptions options, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.FirstDelay,
                UseJitter = true,
                ShouldRetryAfterHeader = false, // honoured below, up to MaxDelay
                ShouldHandle = async attempt => attempt.Outcome.Result is { } answer
                    ? await MayRepeatAsync(answer, attempt.Context.GetRequestMessage(), options, time, attempt.Context.CancellationToken)
                    : MayRepeat(attempt.Outcome.Exception, IsRepeatable(attempt.Context.GetRequestMessage())),
                DelayGenerator = async attempt => attempt.Outcome.Result is { IsSuccessStatusCode: false } answer
                    ? AskedDelay(await GraphFailure.ReadAsync(answer, time, attempt.Context.CancellationToken), attempt.AttemptNumber)
                    : null,
            });
        }

        pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = options.AttemptTimeout });
    }

    public static bool IsRepeatable(HttpRequestMessage? request) =>
        request is not null && request.Options.TryGetValue(Repeatable, out var repeatable) && repeatable;

    public static bool WasNeverSent(Exception? failure) =>
        failure is HttpRequestException { HttpRequestError: var error } && NeverLeft.Contains(error);

    /// <summary>The wait that WhatsApp asks for before attempt <paramref name="attempt"/> + 1; null leaves it to the backoff.</summary>
    internal static TimeSpan? AskedDelay(WhatsAppRefused? refused, int attempt) => refused switch
    {
        { RetryAfter: { } asked } => asked,
        { Kind: GraphErrorKind.RecipientThrottled } => TimeSpan.FromSeconds(Math.Pow(4, attempt)), // Meta's own formula
        _ => null,
    };

    private static async Task<bool> IsBrokenAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.EnumerateObject().Any();
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool MayRepeat(Exception? failure, bool repeatable) =>
        WasNeverSent(failure) || (repeatable && failure is (HttpRequestException or TimeoutRejectedException));

    private static async ValueTask<bool> MayRepeatAsync(
        HttpResponseMessage answer, HttpRequestMessage? request, WhatsAppOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var repeatable = IsRepeatable(request);
        if (answer.IsSuccessStatusCode)
        {
            return repeatable
                && request!.Options.TryGetValue(AnswersJson, out var isJson)
                && isJson
                && await IsBrokenAsync(answer, cancellationToken);
        }

        var refused = await GraphFailure.ReadAsync(answer, time, cancellationToken);
        return refused is null
            ? repeatable && (int)answer.StatusCode >= 500
            : GraphErrorCodes.IsTransient(refused.Code) && !(refused.RetryAfter > options.MaxDelay);
    }
}
