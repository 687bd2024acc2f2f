using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Common;

/// <summary>Reads JSON in which any member may be missing or of another type than documented.</summary>
internal static class LenientJson
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var member)
            && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? member
            : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    /// <summary>The member, if it is an object.</summary>
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } child ? child : null;

    public static JsonElement? Child(this JsonElement? element, string name) => element?.Child(name);

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element?.Items(name) ?? [];

    /// <summary>Text, or a number's digits, since ids come as both. Empty text counts as absent.</summary>
    public static string? Text(this JsonElement? element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } some ? some : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement element, string name) => ((JsonElement?)element).Text(name);

    public static int? Number(this JsonElement element, string name) =>
        int.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(this JsonElement? element, string name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static bool? Flag(this JsonElement element, string name) => ((JsonElement?)element).Flag(name);

    /// <summary>Seconds since 1970, as text or number.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The member, if it is an object.</summary>
    public static JsonObject? Child(this JsonNode? node, string? name) =>
        name is not null && node is JsonObject parent ? parent[name] as JsonObject : null;

    /// <summary>The objects of a member that is an array.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, string name) =>
        node is JsonObject parent && parent[name] is JsonArray items ? items.OfType<JsonObject>() : [];
}
