using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Support;

/// <summary>As much of JSON Schema as the reference uses; a word that it does not know is an error, so that nothing is passed
/// over.</summary>
internal sealed class JsonSchemaCheck(JsonObject document)
{
    private static readonly string[] Annotations =
        [
            "description", "examples", "example", "format", "title", "default", "minimum", "maximum", "maxLength", "minLength", "pattern",
            "minItems", "maxItems"
        ];

    public IEnumerable<string> Check(JsonNode? value, JsonObject schema, string path = "$")
    {
        foreach (var (word, rule) in schema)
        {
            foreach (var error in CheckWord(word, rule!, value, schema, path))
            {
                yield return error;
            }
        }
    }

    private IEnumerable<string> CheckWord(string word, JsonNode rule, JsonNode? value, JsonObject schema, string path) => word switch
    {
        "$ref" => Check(value, Resolve((string)rule!), path),
        "type" => Types(rule).Any(type => IsOf(type, value)) ? [] : [$"{path} is not {rule.ToJsonString()}: {value?.ToJsonString()}"],
        "const" => JsonNode.DeepEquals(rule, value) ? [] : [$"{path} is not {rule.ToJsonString()}"],
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)) ? [] : [$"{path} is none of {rule.ToJsonString()}"],
        "oneOf" => rule.AsArray().Count(one => !Check(value, one!.AsObject(), path).Any()) == 1 ? [] : [$"{path} fits not exactly one"],
        "items" => (value as JsonArray ?? []).SelectMany((item, i) => Check(item, rule.AsObject(), $"{path}[{i}]")),
        "properties" => (value as JsonObject ?? []).Where(pair => rule[pair.Key] is not null)
            .SelectMany(pair => Check(pair.Value, rule[pair.Key]!.AsObject(), $"{path}.{pair.Key}")),
        "required" => value is JsonObject given
            ? rule.AsArray().Select(name => (string)name!).Where(name => !given.ContainsKey(name)).Select(name => $"{path}.{name} lacks")
            : [],
        "additionalProperties" => (value as JsonObject ?? []).Where(pair => schema["properties"]?[pair.Key] is null)
            .SelectMany(pair =>
                rule is JsonObject more ? Check(pair.Value, more, $"{path}.{pair.Key}") : [$"{path}.{pair.Key} is unknown"]),
        _ when Annotations.Contains(word) => [],
        _ => [$"{path}: this check does not know {word}"],
    };

    public JsonObject Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, name) => node[name]!).AsObject();

    private static string[] Types(JsonNode rule) => rule is JsonArray types ? [.. types.Select(type => (string)type!)] : [(string)rule!];

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => long.TryParse(value!.ToJsonString(), out _),
        _ => false,
    };
}
