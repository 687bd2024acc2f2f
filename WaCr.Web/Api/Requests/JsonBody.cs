using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using WaCr.Web.Api.Answers;

namespace WaCr.Web.Api.Requests;

/// <summary>Reads a request's body and checks it before any field is read.</summary>
internal static class JsonBody
{
    public const int MaxLength = 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The body as an object, or the problem with it. It can be read until the answer is sent.</summary>
    public static async Task<(JsonElement Body, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var isJson = IsJson(context.Request.ContentType);
        var isOptional = context.Operation().IsBodyOptional;
        if (!isJson && !isOptional && !string.IsNullOrEmpty(context.Request.ContentType))
        {
            return (default, Problem.NotJson);
        }

        var call = context.RequestServices.GetRequiredService<ApiCall>();
        if ((call.Body ?? await ReadBytesAsync(context.Request, context.RequestAborted)) is not { } body)
        {
            return (default, Problem.TooLarge);
        }

        if (body.Length == 0 && isOptional)
        {
            return (Nothing, null);
        }

        if (body.Length == 0)
        {
            return (default, Problem.Bad("A JSON object is asked for, and the body is empty"));
        }

        return isJson ? Parse(body, context.Response) : (default, Problem.NotJson);
    }

    /// <summary>The whole body; null where it is larger than <see cref="MaxLength"/>.</summary>
    public static async Task<byte[]?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxLength)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxLength)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static (JsonElement, Problem?) Parse(byte[] body, HttpResponse response)
    {
        // The parser checks strings only when they are read.
        if (!Utf8.IsValid(body))
        {
            return (default, Problem.Bad("The body is not valid UTF-8"));
        }

        try
        {
            var document = JsonDocument.Parse(body.AsMemory(body.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0), Options);
            response.RegisterForDispose(document);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement, null)
                : (default, Problem.Bad("The body must be a JSON object"));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a property name holds half a surrogate pair.
            return (default, Problem.Bad("The body is not valid JSON, or it names a property twice"));
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is "application/json")
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
    }
}
