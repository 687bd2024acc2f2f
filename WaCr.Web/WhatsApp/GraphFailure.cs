using System.Net;
using System.Text.Json;

namespace WaCr.Web.WhatsApp;

/// <summary>Reads a refusal out of an answer.</summary>
internal static class GraphFailure
{
    private const int AppCallLimit = 4;
    private const int LargestBody = 1024 * 1024;

    /// <summary>Null where the answer says nothing that can be relied on: half a JSON, a proxy's page.</summary>
    public static async Task<WhatsAppRefused?> ReadAsync(HttpResponseMessage answer, TimeProvider time, CancellationToken cancellationToken)
    {
        // Buffered, since the retry's question and the caller both read it.
        await answer.Content.LoadIntoBufferAsync(LargestBody, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var retryAfter = RetryAfter(answer, time);
        try
        {
            if (JsonSerializer.Deserialize<GraphWire.Failure>(body, GraphWire.Json) is { Error: var error })
            {
                return new(error.Code, error.Message ?? "WhatsApp error", Details(error.ErrorData), error.FbtraceId, retryAfter);
            }
        }
        catch (JsonException)
        {
            // Told below by what is left: the status.
        }

        // A gateway in front of Graph turns a call away without Graph's envelope; it has not been carried out.
        return answer.StatusCode == HttpStatusCode.TooManyRequests
            ? new(AppCallLimit, "Too many requests", null, null, retryAfter)
            : null;
    }

    private static string? Details(JsonElement? data) =>
        data is { ValueKind: JsonValueKind.Object } found
            && found.TryGetProperty("details", out var details)
            && details.ValueKind == JsonValueKind.String
                ? details.GetString()
                : null;

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
