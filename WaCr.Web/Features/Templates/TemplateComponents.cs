using System.Text.Json;

namespace WaCr.Web.Features.Templates;

public enum TemplateHeaderFormat
{
    None = 0,
    Text = 1,
    Image = 2,
    Video = 3,
    Document = 4,

    /// <summary>An unsupported kind, such as a location or a product.</summary>
    Other = 5,
}

/// <param name="Index">Position among all buttons of the template, from 0.</param>
/// <param name="Type">WhatsApp's term: URL, QUICK_REPLY, PHONE_NUMBER, COPY_CODE, OTP and others.</param>
public sealed record TemplateButtonPart(int Index, string Type, string? Text, string? Url, JsonElement Raw)
{
    /// <summary>Whether its URL ends in a variable.</summary>
    public bool HasVariable => TemplateVariables.Of(Url, named: false).Count > 0 || TemplateVariables.AnyNamed(Url);
}

/// <summary>
/// A template's components as listed by WhatsApp, parsed as far as the product uses them. Unknown parts stay in <see cref="Raw"/> and never
/// make parsing fail.
/// </summary>
public sealed class TemplateComponents
{
    private TemplateComponents(JsonElement raw) => Raw = raw;

    public JsonElement Raw { get; }

    public TemplateHeaderFormat HeaderFormat { get; private set; }

    /// <summary>WhatsApp's term: TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION and others; NONE without a header.</summary>
    public string HeaderFormatWord { get; private set; } = "NONE";

    public string? HeaderText { get; private set; }

    /// <summary>URL of a media header's example file.</summary>
    public string? HeaderFileUrl { get; private set; }

    public IReadOnlyList<string> HeaderExamples { get; private set; } = [];

    public string? BodyText { get; private set; }

    public IReadOnlyList<string> BodyExamples { get; private set; } = [];

    public string? FooterText { get; private set; }

    public IReadOnlyList<TemplateButtonPart> Buttons { get; private set; } = [];

    /// <summary>The buttons as JSON in WhatsApp's format; undefined if there are none.</summary>
    public JsonElement RawButtons { get; private set; }

    /// <summary>Authentication templates only: WhatsApp adds a warning not to share the code.</summary>
    public bool HasSecurityRecommendation { get; private set; }

    public int? CodeExpirationMinutes { get; private set; }

    /// <summary>The cards of a carousel, each with header, body and buttons of its own.</summary>
    public IReadOnlyList<TemplateComponents> Cards { get; private set; } = [];

    /// <summary>The line of a limited-time offer; null if it is none.</summary>
    public string? OfferText { get; private set; }

    /// <summary>Whether each message says when the offer ends.</summary>
    public bool OfferExpires { get; private set; }

    /// <summary>Types of components other than header, body, footer and buttons.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public static TemplateComponents Read(string json)
    {
        try
        {
            return Read(JsonElement.Parse(json));
        }
        catch (JsonException)
        {
            // Invalid stored JSON counts as no components.
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
                HasSecurityRecommendation = component.TryGetProperty("add_security_recommendation", out var adds)
                    && adds.ValueKind == JsonValueKind.True;
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
                AddOther(other, component);
                Others = [.. Others, other];
                break;
        }
    }

    private void AddOther(string type, JsonElement component)
    {
        if (type == "CAROUSEL" && component.TryGetProperty("cards", out var cards))
        {
            Cards = [.. Items(cards).Select(card => Read(card.TryGetProperty("components", out var parts) ? parts : default))];
        }
        else if (type == "LIMITED_TIME_OFFER" && component.TryGetProperty("limited_time_offer", out var offer) && offer.ValueKind == JsonValueKind.Object)
        {
            OfferText = Text(offer, "text");
            OfferExpires = offer.TryGetProperty("has_expiration", out var expires) && expires.ValueKind == JsonValueKind.True;
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

    /// <summary>WhatsApp nests examples differently per kind: a list, a list of lists, or objects with the name.</summary>
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
            return null; // the reader reports half a surrogate pair only by this exception
        }
    }
}
