using System.Text.Json;
using WaCr.Web.Common;

namespace WaCr.Web.Features.Templates;

public enum TemplateHeaderFormat
{
    None = 0,
    Text = 1,
    Image = 2,
    Video = 3,
    Document = 4,

    /// <summary>A kind that this product cannot fill in: a place, a product, and what is still to be invented.</summary>
    Other = 5,
}

/// <param name="Index">Its place in the template, from 0; WhatsApp counts all buttons.</param>
/// <param name="Type">In WhatsApp's word: URL, QUICK_REPLY, PHONE_NUMBER, COPY_CODE, OTP and others.</param>
public sealed record TemplateButtonPart(int Index, string Type, string? Text, string? Url, JsonElement Raw)
{
    /// <summary>An address that ends in a variable.</summary>
    public bool HasVariable => TemplateVariables.Of(Url, named: false).Count > 0 || TemplateVariables.AnyNamed(Url);
}

/// <summary>
/// A template's components as WhatsApp lists them, read for what this product uses. Whatever it does not know stays in
/// <see cref="Raw"/>; nothing that WhatsApp may invent makes the reading fail.
/// </summary>
public sealed class TemplateComponents
{
    private TemplateComponents(JsonElement raw) => Raw = raw;

    public JsonElement Raw { get; }

    public TemplateHeaderFormat HeaderFormat { get; private set; }

    /// <summary>In WhatsApp's word: TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION and others; NONE where there is no header.</summary>
    public string HeaderFormatWord { get; private set; } = "NONE";

    public string? HeaderText { get; private set; }

    /// <summary>The example file of a media header.</summary>
    public string? HeaderFileUrl { get; private set; }

    public IReadOnlyList<string> HeaderExamples { get; private set; } = [];

    public string? BodyText { get; private set; }

    public IReadOnlyList<string> BodyExamples { get; private set; } = [];

    public string? FooterText { get; private set; }

    public IReadOnlyList<TemplateButtonPart> Buttons { get; private set; } = [];

    /// <summary>The buttons as WhatsApp wrote them; undefined where there are none.</summary>
    public JsonElement RawButtons { get; private set; }

    /// <summary>Of an authentication template: WhatsApp adds a warning not to share the code.</summary>
    public bool HasSecurityRecommendation { get; private set; }

    public int? CodeExpirationMinutes { get; private set; }

    /// <summary>Types of components that are none of header, body, footer and buttons.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public static TemplateComponents Read(string json)
    {
        try
        {
            return Read(JsonElement.Parse(json));
        }
        catch (JsonException)
        {
            // A row that something else wrote; as good as no components.
            return Read(JsonElement.Parse("[]"));
        }
    }

    public static TemplateComponents Read(JsonElement raw)
    {
        var components = new TemplateComponents(raw);
        foreach (var component in Items(raw))
        {
            components.Add(component);
        }

        return components;
    }

    private void Add(JsonElement component)
    {
        switch (Word(component, "type"))
        {
            case "HEADER":
                AddHeader(component);
                break;
            case "BODY":
                BodyText = Text(component, "text");
                BodyExamples = [.. Examples(component, "body_text", "body_text_named_params")];
                HasSecurityRecommendation = component.TryGetProperty("add_security_recommendation", out var adds) && adds.ValueKind == JsonValueKind.True;
                break;
            case "FOOTER":
                FooterText = Text(component, "text");
                CodeExpirationMinutes = component.TryGetProperty("code_expiration_minutes", out var minutes)
                    && minutes.ValueKind == JsonValueKind.Number && minutes.TryGetInt32(out var number) ? number : null;
                break;
            case "BUTTONS":
                RawButtons = component.TryGetProperty("buttons", out var buttons) ? buttons : default;
                Buttons = [.. Items(RawButtons).Select(ReadButton)];
                break;
            case var other:
                Others = [.. Others, other];
                break;
        }
    }

    private void AddHeader(JsonElement header)
    {
        HeaderFormatWord = Word(header, "format");
        HeaderFormat = HeaderFormatWord switch
        {
            "TEXT" => TemplateHeaderFormat.Text,
            "IMAGE" => TemplateHeaderFormat.Image,
            "VIDEO" => TemplateHeaderFormat.Video,
            "DOCUMENT" => TemplateHeaderFormat.Document,
            _ => TemplateHeaderFormat.Other,
        };
        HeaderText = Text(header, "text");
        HeaderExamples = [.. Examples(header, "header_text", "header_text_named_params")];
        HeaderFileUrl = Examples(header, "header_handle", "header_url").FirstOrDefault();
    }

    private static TemplateButtonPart ReadButton(JsonElement button, int index) =>
        new(index, Word(button, "type"), Text(button, "text"), Text(button, "url"), button);

    /// <summary>WhatsApp nests them differently for each kind: a list, a list in a list, or objects with the name beside.</summary>
    private static IEnumerable<string> Examples(JsonElement component, params string[] names)
    {
        if (component.TryGetProperty("example", out var example) && example.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in names)
            {
                if (example.TryGetProperty(name, out var found))
                {
                    return Flatten(found);
                }
            }
        }

        return [];
    }

    private static IEnumerable<string> Flatten(JsonElement example) => example.ValueKind switch
    {
        JsonValueKind.String => TextOf(example) is { } text ? [text] : [],
        JsonValueKind.Array => example.EnumerateArray().SelectMany(Flatten),
        JsonValueKind.Object => Text(example, "example") is { } named ? [named] : [],
        _ => [],
    };

    private static IEnumerable<JsonElement> Items(JsonElement array) => array.ValueKind == JsonValueKind.Array
        ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
        : [];

    private static string Word(JsonElement item, string name) => Text(item, name)?.ToUpperInvariant() ?? "";

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? TextOf(value) : null;

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && TextRule.IsStorable(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // the reader's only way to say that an escape is half a surrogate pair
        }
    }
}
