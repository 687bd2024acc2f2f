using System.Net;
using System.Text;
using System.Text.Json;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.WhatsApp;

/// <summary>Reads the refusal in an answer.</summary>
internal static class GraphFailure
{
    private const int AppCallLimit = 4;
    private const int MaxBody = 1024 * 1024;
    private const string DefaultTitle = "WhatsApp error";

    /// <summary>Null if the answer is not a reliable refusal: truncated JSON, or a gateway's error page.</summary>
    public static async Task<WhatsAppRefused?> ReadAsync(HttpResponseMessage answer, TimeProvider time, CancellationToken cancellationToken)
    {
        // Buffered, since both the retry check and the caller read it.
        await answer.Content.LoadIntoBufferAsync(MaxBody, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var retryAfter = RetryAfter(answer, time);
        if (Read(body, retryAfter) is { } refused && (refused.KnownCode is not null || IsRefusal(answer.StatusCode)))
        {
            return refused;
        }

        // A proxy, or another server at a wrong URL, rejects a call without Graph's envelope: the call was not carried out.
        return answer.StatusCode == HttpStatusCode.TooManyRequests ? new(AppCallLimit, "Too many requests", null, null, retryAfter)
            : IsRefusal(answer.StatusCode) ? new(
                GraphErrorCodes.None, $"Refused with HTTP status {(int)answer.StatusCode}", null, null, retryAfter)
            : null;
    }

    /// <summary>The error in a body, whatever its HTTP status: Graph sometimes puts one into a 200. Null if there is none.</summary>
    public static WhatsAppRefused? Read(byte[] body, TimeSpan? retryAfter = null)
    {
        try
        {
            // Graph quotes what it was sent, including half an emoji and broken UTF-8.
            using var json = JsonDocument.Parse(WebhookText.Repaired(Encoding.UTF8.GetString(body)));
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("error", out var error))
            {
                return null;
            }

            return error.ValueKind switch
            {
                JsonValueKind.Object =>
                    new(
                        Code(error), error.Text("message") ?? DefaultTitle, error.Child("error_data").Text("details"), error.Text("fbtrace_id"),
                        retryAfter)
                    {
                        Subcode = error.Number("error_subcode"),
                        UserTitle = error.Text("error_user_title"),
                        UserMessage = error.Text("error_user_msg"),
                    },
                JsonValueKind.String => new(GraphErrorCodes.None, error.GetString()!, null, null, retryAfter),
                JsonValueKind.Null => null,
                _ => new(GraphErrorCodes.None, DefaultTitle, null, null, retryAfter),
            };
        }
        catch (JsonException)
        {
            return null; // the HTTP status decides
        }
    }

    // A gateway's timeout may come after the call was passed on.
    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500 && status != HttpStatusCode.RequestTimeout;

    private static int Code(JsonElement error)
    {
        var code = error.TryGetProperty("code", out var found) ? found : default;
        var number = code.ValueKind switch
        {
            JsonValueKind.Number => code.GetDouble(),
            JsonValueKind.String when double.TryParse(
                code.GetString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out var text) => text,
            _ => GraphErrorCodes.None,
        };
        return number is >= 0 and <= int.MaxValue && number == Math.Floor(number) ? (int)number : GraphErrorCodes.None;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
