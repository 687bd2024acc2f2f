using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>Reads members that may be absent or of another type than documented; never throws.</summary>
internal static class WebhookJson
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var member)
            && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? member
            : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

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

    /// <summary>Seconds since 1970, as text or number.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
