using System.Text.Json;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>
/// The parts of an outgoing message around its text, read from its content in WhatsApp's format and from a template's snapshot; unknown
/// parts are ignored.
/// </summary>
public sealed record MessageParts
{
    private static readonly MessageParts Nothing = new();

    public string? Header { get; private init; }

    /// <summary>WhatsApp's term for a header that is no text, such as VIDEO; otherwise null.</summary>
    public string? HeaderFormat { get; private init; }

    /// <summary>The address of the header's file; null if it is kept here, or there is none.</summary>
    public string? HeaderLink { get; private init; }

    /// <summary>The name of the header's file or place.</summary>
    public string? HeaderName { get; private init; }

    public string? Offer { get; private init; }

    /// <summary>The text without its header, footer and cards; null if the message has no such parts in its text.</summary>
    public string? Body { get; private init; }

    public string? Footer { get; private init; }

    public IReadOnlyList<ShownButton> Buttons { get; private init; } = [];

    /// <summary>The label of the button that opens a list; null if there is none.</summary>
    public string? ListTitle { get; private init; }

    public IReadOnlyList<ShownSection> Sections { get; private init; } = [];

    public IReadOnlyList<ShownCard> Cards { get; private init; } = [];

    public static MessageParts Read(string? json, string text = "")
    {
        if (json is null)
        {
            return Nothing;
        }

        try
        {
            using var content = JsonDocument.Parse(json);
            return content.RootElement.Child("snapshot") is { } snapshot
                ? OfTemplate(content.RootElement, snapshot, text)
                : OfInteractive(MessageInteractive.Read(content.RootElement.Child("interactive")));
        }
        catch (JsonException)
        {
            return Nothing; // unreadable content: the text is still shown
        }
    }

    private static MessageParts OfInteractive(MessageInteractive? sent) => sent is null
        ? Nothing
        : new MessageParts
        {
            Header = sent.Header,
            Footer = sent.Footer,
            Buttons = ButtonsOf(sent),
            ListTitle = sent.ListButton,
            Sections =
            [
                .. sent.Sections.Select(section => new ShownSection(
                    section.Title, [.. section.Rows.Select(row => new ShownRow(row.Title, row.Description))])),
            ],
        };

    private static IReadOnlyList<ShownButton> ButtonsOf(MessageInteractive sent) => sent switch
    {
        { LinkText: { } label } => [new ShownButton("URL", label)],
        { Kind: InteractiveDraft.LocationRequest } => [new ShownButton(ShownButton.SendPlace, null)],
        { Kind: InteractiveDraft.NumberRequest } => [new ShownButton(ShownButton.ShareNumber, null)],
        _ => [.. sent.Buttons.Select(button => new ShownButton("QUICK_REPLY", button.Title))],
    };

    // The text holds header, body, footer and cards in this order. Should it not, it is shown as it is, and nothing twice.
    private static MessageParts OfTemplate(JsonElement content, JsonElement snapshot, string text)
    {
        var cards = snapshot.Items("cards").Select(card => new ShownCard(card.Text("format"), card.Text("body"), ButtonsOf(card))).ToList();
        var (header, footer) = (snapshot.Text("header"), snapshot.Text("footer"));
        var start = string.IsNullOrEmpty(header) ? "" : header + "\n\n";
        var after = cards.Select(card => card.Body).Prepend(footer).Where(part => !string.IsNullOrEmpty(part));
        var end = string.Concat(after.Select(part => "\n\n" + part));
        var parts = new MessageParts { Offer = snapshot.Text("offer"), Buttons = ButtonsOf(snapshot) };
        if (text.Length < start.Length + end.Length
            || !text.StartsWith(start, StringComparison.Ordinal) || !text.EndsWith(end, StringComparison.Ordinal))
        {
            return parts;
        }

        var file = HeaderOf(content);
        return parts with
        {
            Header = header,
            HeaderFormat = header is null ? snapshot.Text("format") : null,
            HeaderLink = file.Text("link"),
            HeaderName = file.Text("filename") ?? file.Text("name") ?? file.Text("address"),
            Body = text[start.Length..^end.Length],
            Footer = footer,
            Cards = cards,
        };
    }

    private static List<ShownButton> ButtonsOf(JsonElement snapshot) =>
        [.. snapshot.Items("buttons").Select(button => new ShownButton(button.Text("type") ?? "", button.Text("text")))];

    // The value that was sent for the header: {"type": "image", "image": {…}}.
    private static JsonElement? HeaderOf(JsonElement content)
    {
        var header = content.Child("template").Items("components").Where(component => component.Text("type") == "header")
            .SelectMany(component => component.Items("parameters")).Select(parameter => (JsonElement?)parameter).FirstOrDefault();
        return header.Text("type") is { } type ? header.Child(type) : null;
    }
}

/// <param name="Type">As <see cref="Templates.TemplateLabels.ButtonIcon"/> takes it.</param>
/// <param name="Text">Null if WhatsApp names the button itself.</param>
public sealed record ShownButton(string Type, string? Text)
{
    public const string SendPlace = "SEND_LOCATION";
    public const string ShareNumber = "SHARE_CONTACT_INFO";
}

public sealed record ShownSection(string? Title, IReadOnlyList<ShownRow> Rows);

public sealed record ShownRow(string Title, string? Description);

/// <summary>A carousel's card.</summary>
/// <param name="Format">WhatsApp's term for its header.</param>
public sealed record ShownCard(string? Format, string? Body, IReadOnlyList<ShownButton> Buttons);
