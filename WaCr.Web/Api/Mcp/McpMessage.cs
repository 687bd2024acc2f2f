using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace WaCr.Web.Api.Mcp;

/// <summary>
/// Checks the parameters of a message before the transport reads them: it calls what it cannot read an error of the server, and what an
/// "initialize" lacks ends in a 500.
/// </summary>
internal static class McpMessage
{
    /// <summary>Null where the parameters can be read, or where it is no message, which the transport says itself.</summary>
    public static JsonRpcError? Refuse(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } message)
        {
            return null;
        }

        return ProblemOf(message) is { } problem
            ? new JsonRpcError
            {
                Id = IdOf(message),
                Error = new JsonRpcErrorDetail
                {
                    Code = (int)McpErrorCode.InvalidParams,
                    Message = $"The parameters cannot be read: {problem}",
                },
            }
            : null;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ProblemOf(JsonElement message)
    {
        if (!JsonValues.IsUnicode(message))
        {
            return "a text holds half a surrogate pair";
        }

        if (!message.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return method.GetString() switch
        {
            RequestMethods.Initialize => ProblemOf<InitializeRequestParams>(message),
            RequestMethods.ToolsCall => ProblemOf<CallToolRequestParams>(message),
            _ => null,
        };
    }

    private static string? ProblemOf<T>(JsonElement message)
    {
        try
        {
            return message.TryGetProperty("params", out var given) && given.Deserialize<T>(McpJsonUtilities.DefaultOptions) is not null
                ? null
                : "there are none";
        }
        catch (JsonException unfit)
        {
            return unfit.Message;
        }
    }

    private static RequestId IdOf(JsonElement message) => !message.TryGetProperty("id", out var id) ? default
        : id.ValueKind == JsonValueKind.String ? new RequestId(id.GetString()!)
        : id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) ? new RequestId(number)
        : default;
}
