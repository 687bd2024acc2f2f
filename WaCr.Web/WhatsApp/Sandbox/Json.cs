using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Reads JSON as Graph does, which takes some values for others. Besides <see cref="LenientJson"/>.</summary>
internal static class Json
{
    /// <summary>The array's elements; null if there is no array.</summary>
    public static IReadOnlyList<JsonElement>? FindArray(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } found ? [.. found.EnumerateArray()] : null;

    /// <summary>A list's texts, or those with commas in between.</summary>
    public static IReadOnlyList<string> FindTexts(this JsonElement json, string name) => json.FindArray(name) is { } list
        ? [.. list.Select(item => item.ToString())]
        : (json.Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number counts as text, as Graph takes it.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } found => found.GetString(),
        { ValueKind: JsonValueKind.Number } found => found.GetRawText(),
        _ => null,
    };

    public static double? Number(this JsonElement json, string name) => json.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } found => found.GetDouble(),
        { ValueKind: JsonValueKind.String } found when double.TryParse(
            found.GetString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
            out var number) => number,
        _ => null,
    };

    public static string? Text(this JsonNode? json) => json is JsonValue value
        ? value.TryGetValue<string>(out var text) ? text : value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : null
        : null;

    public static bool IsTrue(this JsonNode? json) => json is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>Replaces half surrogate pairs, which cannot be written, with U+FFFD.</summary>
    public static string Whole(string text) => string.Concat(text.EnumerateRunes());

    /// <summary>Characters as WhatsApp counts them: an emoji is one.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();
}
