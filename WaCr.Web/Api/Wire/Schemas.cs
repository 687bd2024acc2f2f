using System.Text.Json.Nodes;

namespace WaCr.Web.Api.Wire;

/// <summary>Keywords of JSON Schema 2020-12, which OpenAPI 3.1 uses.</summary>
internal static class Schemas
{
    private const string Example = "2026-01-01T08:03:14+00:00";

    public static JsonObject Integer(string description, long? example) => With(
        new() { ["type"] = "integer", ["format"] = "int64", ["description"] = description }, example);

    public static JsonObject Number(string description, decimal example) =>
        With(new() { ["type"] = "number", ["description"] = description }, example);

    public static JsonObject Boolean(string description) => new() { ["type"] = "boolean", ["description"] = description };

    public static JsonObject Text(string description, string? example, int? maxLength = null)
    {
        var schema = With(new() { ["type"] = "string", ["description"] = description }, example);
        if (maxLength is { } max)
        {
            schema["maxLength"] = max;
        }

        return schema;
    }

    public static JsonObject Word(string description, params string[] words) => new()
    {
        ["type"] = "string",
        ["description"] = description,
        ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]),
        ["examples"] = new JsonArray(words[0]),
    };

    public static JsonObject Time(string description) =>
        With(new() { ["type"] = "string", ["format"] = "date-time", ["description"] = description }, Example);

    public static JsonObject ArrayOf(JsonObject items, string description) =>
        new() { ["type"] = "array", ["items"] = items, ["description"] = description };

    public static JsonObject Object(params (string Name, JsonObject Schema)[] properties) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)property.Schema))),
    };

    public static JsonObject Required(this JsonObject schema, params string[] names)
    {
        schema["required"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    public static JsonObject RefTo(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    public static JsonObject OrNull(this JsonObject schema)
    {
        var type = schema["type"]!.DeepClone();
        schema["type"] = type is JsonArray several ? new JsonArray([.. several.Select(one => one!.DeepClone()), JsonValue.Create("null")]) : new JsonArray(type, "null");
        (schema["enum"] as JsonArray)?.Add(null);
        return schema;
    }

    public static JsonObject OrNull(JsonObject reference, string description) =>
        new() { ["description"] = description, ["oneOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) };

    private static JsonObject With<T>(JsonObject schema, T example)
    {
        if (example is not null)
        {
            schema["examples"] = new JsonArray(JsonValue.Create(example));
        }

        return schema;
    }
}
