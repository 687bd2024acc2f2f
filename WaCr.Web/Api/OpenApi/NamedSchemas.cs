using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.OpenApi;

/// <summary>
/// The document's <c>components/schemas</c>. An object that stands inside another schema becomes a component of its own, named after
/// where it stands, so that generated clients have a type with a name for it. Equal objects share one.
/// </summary>
internal sealed class NamedSchemas
{
    private readonly Dictionary<string, string> _nameOf = new(StringComparer.Ordinal);

    public JsonObject All { get; } = [];

    /// <summary>Adds a component of this very name.</summary>
    public JsonObject Add(string name, JsonObject schema)
    {
        _nameOf.TryAdd(schema.ToJsonString(), name);
        All[name] = null; // keeps its place before those that are found inside it
        All[name] = WithNamedParts(schema.DeepClone().AsObject(), name);
        return Schemas.RefTo(name);
    }

    /// <summary>The schema as it may stand in an operation; its objects become components. A title is the name that it asks for.</summary>
    public JsonObject Refer(JsonObject schema, string name)
    {
        if (schema.ContainsKey("$ref"))
        {
            return schema.DeepClone().AsObject();
        }

        if (!schema.ContainsKey("properties") && !schema.ContainsKey("title"))
        {
            return WithNamedParts(schema.DeepClone().AsObject(), name);
        }

        var text = schema.ToJsonString();
        if (!_nameOf.TryGetValue(text, out var known))
        {
            known = Free((string?)schema["title"] ?? name);
            _nameOf[text] = known;
            var named = schema.DeepClone().AsObject();
            if (schema["type"] is JsonArray)
            {
                named["type"] = "object"; // null is said where it is referred to
            }

            Add(known, named);
        }

        return schema["type"] is JsonArray
            ? new JsonObject { ["oneOf"] = new JsonArray(Schemas.RefTo(known), new JsonObject { ["type"] = "null" }) }
            : Schemas.RefTo(known);
    }

    private JsonObject WithNamedParts(JsonObject schema, string name)
    {
        if (schema["properties"] is JsonObject properties)
        {
            foreach (var (field, part) in properties.ToList())
            {
                properties[field] = Refer(part!.AsObject(), name + Pascal(field));
            }
        }

        if (schema["items"] is JsonObject items)
        {
            schema["items"] = Refer(items, Singular(name));
        }

        if (schema["additionalProperties"] is JsonObject more)
        {
            schema["additionalProperties"] = Refer(more, Singular(name));
        }

        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            if (schema[keyword] is JsonArray choices)
            {
                schema[keyword] = new JsonArray([.. choices.Select(choice => Refer(choice!.AsObject(), name))]);
            }
        }

        return schema;
    }

    private string Free(string name)
    {
        var free = name;
        for (var number = 2; All.ContainsKey(free); number++)
        {
            free = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    /// <summary><c>createContact</c> and <c>contact_ids</c> as names of types.</summary>
    public static string Pascal(string name) => string.Concat(
        name.Split('_', '.', '-').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Singular(string name) => name switch
    {
        _ when name.EndsWith("ies", StringComparison.Ordinal) => name[..^3] + "y",
        _ when name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) => name[..^1],
        _ => name + "Item",
    };
}
