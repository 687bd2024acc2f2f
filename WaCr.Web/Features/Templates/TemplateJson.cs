using System.Text.Json;

namespace WaCr.Web.Features.Templates;

/// <summary>Reads what WhatsApp says of a template; besides <see cref="LenientJson"/>.</summary>
internal static class TemplateJson
{
    /// <summary>The array's objects; none if it is no array.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement array) => array.ValueKind == JsonValueKind.Array
        ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
        : [];

    public static string Word(JsonElement item, string name) => Text(item, name)?.ToUpperInvariant() ?? "";

    /// <summary>Null if it is no text, or one that the database cannot hold.</summary>
    public static string? Text(JsonElement item, string name) =>
        item.Member(name) is { ValueKind: JsonValueKind.String } value ? TextOf(value) : null;

    /// <summary>WhatsApp nests examples differently per kind: a list, a list of lists, or objects with the name.</summary>
    public static IEnumerable<string> Examples(JsonElement component, params string[] names)
    {
        var example = component.Child("example");
        return names.Select(name => example.Member(name)).FirstOrDefault(found => found is not null) is { } first ? Flatten(first) : [];
    }

    private static IEnumerable<string> Flatten(JsonElement example) => example.ValueKind switch
    {
        JsonValueKind.String => TextOf(example) is { } text ? [text] : [],
        JsonValueKind.Array => example.EnumerateArray().SelectMany(Flatten),
        JsonValueKind.Object => Text(example, "example") is { } named ? [named] : [],
        _ => [],
    };

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && TextRule.IsStorable(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // the reader reports half a surrogate pair only by this exception
        }
    }
}
