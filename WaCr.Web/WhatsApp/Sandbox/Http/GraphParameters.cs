using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>
/// A call's parameters as Graph reads them: query, form and JSON are one bag, and a text is parsed once where an object or a list is
/// expected.
/// </summary>
internal static class GraphParameters
{
    private static readonly string[] Structures =
    [
        "contacts", "components", "interactive", "template", "image", "video", "audio", "document", "sticker", "location", "reaction",
        "context", "action", "parameters", "sections", "buttons", "rows", "cards", "language", "typing_indicator", "webhook_configuration",
        "commands", "prompts", "fields",
    ];

    // In the body of a message alone: elsewhere these are texts.
    private static readonly string[] TopStructures = ["text"];

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="IOException">It is too large, or breaks off.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, long max)
    {
        IEnumerable<KeyValuePair<string, string>> others = request.Query
            .Where(pair => pair.Key != "access_token").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));
        byte[] bytes = [];
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            others = others.Concat(form.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        }
        else
        {
            bytes = await BodyReader.ReadAsync(request, max);
        }

        var more = others.ToList();
        if (more.Count == 0 || bytes.Length > 0)
        {
            var body = SandboxBody.Parse(bytes);
            if (more.Count == 0 && !MayHoldStructures(bytes))
            {
                return body;
            }

            using (body)
            {
                // The whole body may come as a text, too: some clients write it twice.
                var root = JsonNode.Parse(body.RootElement.GetRawText());
                return (root.Text() is ['{', ..] text ? Parsed(text) : root) is JsonObject parameters
                    ? Join(parameters, more)
                    : SandboxBody.Parse(bytes);
            }
        }

        return Join([], more);
    }

    private static JsonDocument Join(JsonObject body, List<KeyValuePair<string, string>> more)
    {
        foreach (var (name, value) in more)
        {
            if (!body.ContainsKey(name))
            {
                body[name] = value;
            }
        }

        Unfold(body, isTop: true);
        return SandboxBody.Parse(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private static bool MayHoldStructures(ReadOnlySpan<byte> json) => json.IndexOf("\"{"u8) >= 0 || json.IndexOf("\"["u8) >= 0;

    private static void Unfold(JsonNode? node, bool isTop)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Unfold(item, isTop: false);
            }
        }

        if (node is not JsonObject body)
        {
            return;
        }

        foreach (var name in body.Select(member => member.Key).ToList())
        {
            if (body[name].Text() is [('{' or '['), ..] text && (Structures.Contains(name) || (isTop && TopStructures.Contains(name))))
            {
                body[name] = Parsed(text) ?? body[name]!.DeepClone();
            }

            Unfold(body[name], isTop: false);
        }
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            using var parsed = SandboxBody.Parse(System.Text.Encoding.UTF8.GetBytes(text));
            return JsonNode.Parse(parsed.RootElement.GetRawText());
        }
        catch (JsonException)
        {
            return null; // a text that only begins like one; refused where it is read
        }
    }
}
