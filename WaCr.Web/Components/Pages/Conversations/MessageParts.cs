using System.Text.Json;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>
/// The parts of an outgoing message around its text, read from its content in WhatsApp's format; unknown parts are ignored.
/// </summary>
/// <param name="Choices">Titles of the buttons or of the list's rows.</param>
/// <param name="ListTitle">The label of the button that opens a list; null if there is none.</param>
public sealed record MessageParts(string? Header, string? Footer, IReadOnlyList<string> Choices, string? ListTitle)
{
    private static readonly MessageParts Nothing = new(null, null, [], null);

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
            return Nothing; // unreadable content: the text is still shown
        }
    }

    private static MessageParts Read(JsonElement content)
    {
        var interactive = Child(content, "interactive") ?? content;
        var action = Child(interactive, "action");
        var buttons = Items(action, "buttons").Select(button => Text(Child(button, "reply"), "title"));
        var rows = Items(action, "sections").SelectMany(section => Items(section, "rows")).Select(row => Text(row, "title"));
        return new MessageParts(
            Text(Child(interactive, "header"), "text"), Text(Child(interactive, "footer"), "text"),
            [
                .. buttons.Concat(rows).OfType<string>()
            ],
            Text(action, "button"));
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element
            && element.TryGetProperty(name, out var child)
            && child.ValueKind == JsonValueKind.Object
            ? child
            : null;

    private static List<JsonElement> Items(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element
            && element.TryGetProperty(name, out var list)
            && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    private static string? Text(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element
            && element.TryGetProperty(name, out var text)
            && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
