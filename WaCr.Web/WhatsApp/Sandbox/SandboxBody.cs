using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// Untrusted JSON, accepted only if all of it can be read and written again: stored content is shown, exported and posted later, when it is
/// too late to refuse it. Of duplicate keys the last one counts.
/// </summary>
internal static class SandboxBody
{
    /// <summary>Far deeper than any message, and well below the readers' limit of 64 levels for an event with its envelope.</summary>
    public const int MaxDepth = 32;

    /// <summary>An export contains contents of maximum depth.</summary>
    public const int MaxStateDepth = MaxDepth + 8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="JsonException">It is no JSON, nested too deep, or holds text that is no Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, int maxDepth = MaxDepth)
    {
        utf8 = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new JsonException("The text is not valid UTF-8.");
        }

        CheckTexts(utf8.Span, maxDepth);
        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            using var doubled = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth });
            return JsonDocument.Parse(
                Single(doubled.RootElement)?.ToJsonString() ?? "null", new JsonDocumentOptions { MaxDepth = maxDepth });
        }
    }

    // JSON escapes may hold half a surrogate pair, which fails when read as text.
    private static void CheckTexts(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                try
                {
                    _ = reader.GetString();
                }
                catch (InvalidOperationException half)
                {
                    throw new JsonException("A text contains an unpaired surrogate.", half);
                }
            }
        }
    }

    private static JsonNode? Single(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var single = new JsonObject();
                foreach (var property in json.EnumerateObject())
                {
                    single[property.Name] = Single(property.Value);
                }

                return single;
            case JsonValueKind.Array:
                return new JsonArray([.. json.EnumerateArray().Select(Single)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(json.Clone());
        }
    }
}
