using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WaCr.Web.Api.OpenApi;

namespace WaCr.Web.Api.Mcp;

/// <summary>
/// The operations of the API as tools for language models: names, descriptions and schemas are those of the OpenAPI document. Files are
/// left out, since a model cannot read them.
/// </summary>
internal sealed class McpTools(ApiCatalog catalog, OpenApiDocument document)
{
    private const string Components = "#/components/schemas/";
    private const string Definitions = "#/$defs/";

    /// <summary>The argument that holds an operation's body.</summary>
    public const string Body = "body";

    private readonly Lazy<IReadOnlyDictionary<string, McpTool>> _tools = new(() =>
        catalog.Entries.Where(entry => entry.Operation.File is null)
        .ToDictionary(entry => entry.Operation.Id, entry => Make(entry, document.Document), StringComparer.Ordinal));

    public List<Tool> For(CurrentActor actor) => [.. _tools.Value.Values.Where(tool => tool.IsOpenTo(actor)).Select(tool => tool.Tool)];

    /// <summary>Null where there is none of this name, or not for this token.</summary>
    public McpTool? Find(string name, CurrentActor actor) =>
        _tools.Value.GetValueOrDefault(name) is { } tool && tool.IsOpenTo(actor) ? tool : null;

    /// <summary>A parameter's name as an argument: <c>If-Match</c> is <c>if_match</c>.</summary>
    public static string ArgumentOf(string parameter) => parameter.Replace('-', '_').ToLowerInvariant();

    private static McpTool Make(CatalogEntry entry, JsonObject document)
    {
        var isRead = HttpMethods.IsGet(entry.Method);
        var operation = document["paths"]![entry.Path]![entry.Method.ToLowerInvariant()]!.AsObject();
        return new McpTool(entry, new Tool
        {
            Name = entry.Operation.Id,
            Title = entry.Operation.Summary,
            Description = (string)operation["description"]!,
            InputSchema = JsonSerializer.SerializeToElement(InputOf(operation, document)),
            Annotations = new ToolAnnotations
            {
                ReadOnlyHint = isRead,
                DestructiveHint = HttpMethods.IsDelete(entry.Method) || entry.Path.EndsWith("/erase", StringComparison.Ordinal),
                IdempotentHint = isRead || HttpMethods.IsPatch(entry.Method) || HttpMethods.IsDelete(entry.Method),
                OpenWorldHint = entry.Operation.Sends,
            },
        });
    }

    private static JsonObject InputOf(JsonObject operation, JsonObject document)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var given in operation["parameters"]!.AsArray())
        {
            var parameter = given!["$ref"] is { } reference ? document["components"]!["parameters"]![((string)reference!).Split('/')[^1]]! : given;
            var name = (string)parameter["name"]!;
            if (name is "q" or "If-None-Match")
            {
                continue; // of no use to a model
            }

            var schema = parameter["schema"]!.DeepClone().AsObject();
            schema["description"] = parameter["description"]!.DeepClone();
            schema["examples"] = new JsonArray(parameter["example"]!.DeepClone());
            properties[ArgumentOf(name)] = schema;
            if ((bool?)parameter["required"] == true)
            {
                required.Add(ArgumentOf(name));
            }
        }

        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } body)
        {
            properties[Body] = body.DeepClone();
            if ((bool)operation["requestBody"]!["required"]!)
            {
                required.Add(Body);
            }
        }

        var input = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
        var definitions = new JsonObject();
        Define(input, definitions, document["components"]!["schemas"]!.AsObject());
        if (definitions.Count > 0)
        {
            input["$defs"] = definitions;
        }

        return input;
    }

    /// <summary>Moves what a schema refers to beside it, since a tool stands alone.</summary>
    private static void Define(JsonNode? node, JsonObject definitions, JsonObject schemas)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Define(item, definitions, schemas);
            }

            return;
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema["$ref"] is JsonValue reference && ((string)reference!).StartsWith(Components, StringComparison.Ordinal))
        {
            var name = ((string)reference!)[Components.Length..];
            schema["$ref"] = Definitions + name;
            if (!definitions.ContainsKey(name))
            {
                var definition = schemas[name]!.DeepClone();
                definitions[name] = definition;
                Define(definition, definitions, schemas);
            }
        }

        foreach (var (key, value) in schema.ToList())
        {
            if (key != "$ref")
            {
                Define(value, definitions, schemas);
            }
        }
    }
}
