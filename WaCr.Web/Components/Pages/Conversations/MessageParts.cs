using System.Text.Json;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>What a message has beside its text, read out of its content in WhatsApp's words; what is not understood is left out.</summary>
/// <param name="Choices">Titles of buttons, or of a list's rows.</param>
/// <param name="ListTitle">What opens a list; null where there is none.</param>
/// <param name="Place">Latitude and longitude as they came; null where it is no place.</param>
/// <param name="Emoji">Of a reaction; empty where it was taken back, null where it is none.</param>
public sealed record MessageParts(string? Header, string? Footer, IReadOnlyList<string> Choices, string? ListTitle, string? Place, string? Emoji)
{
    private static readonly MessageParts Nothing = new(null, null, [], null, null, null);

    public static MessageParts Read(string? json)
    {
        if (json is null)
        {
            return Nothing;
        }

        try
        {
            using var content = JsonDocument.Parse(json);
            return Read(content.RootElement);
        }
        catch (JsonException)
        {
            return Nothing; // kept as it came, whatever it is; the text is shown all the same
        }
    }

    private static MessageParts Read(JsonElement content)
    {
        var interactive = Child(content, "interactive") ?? content;
        var action = Child(interactive, "action");
        var buttons = Items(action, "buttons").Select(button => Text(Child(button, "reply"), "title"));
        var rows = Items(action, "sections").SelectMany(section => Items(section, "rows")).Select(row => Text(row, "title"));
        var location = Child(content, "location");
        return new MessageParts(
            Text(Child(interactive, "header"), "text"), Text(Child(interactive, "footer"), "text"), [.. buttons.Concat(rows).OfType<string>()],
            Text(action, "button"),
            location is { } place && Raw(place, "latitude") is { } latitude && Raw(place, "longitude") is { } longitude ? $"{latitude}, {longitude}" : null,
            Child(content, "reaction") is { } reaction ? Text(reaction, "emoji") ?? "" : null);
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;

    private static List<JsonElement> Items(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    private static string? Text(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static string? Raw(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : null;
}
