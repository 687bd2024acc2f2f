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
        foreach (var component in TemplateJson.Objects(raw))
        {
            components.Add(component);
        }

        return components;
    }

    private void Add(JsonElement component)
    {
        switch (TemplateJson.Word(component, "type"))
        {
            case "HEADER":
                AddHeader(component);
                break;
            case "BODY":
                BodyText = TemplateJson.Text(component, "text");
                BodyExamples = [.. TemplateJson.Examples(component, "body_text", "body_text_named_params")];
                HasSecurityRecommendation = component.Flag("add_security_recommendation") == true;
                break;
            case "FOOTER":
                FooterText = TemplateJson.Text(component, "text");
                CodeExpirationMinutes = component.Number("code_expiration_minutes");
                break;
            case "BUTTONS":
                RawButtons = component.Member("buttons") ?? default;
                Buttons = [.. TemplateJson.Objects(RawButtons).Select(ReadButton)];
                break;
            case var other:
                AddOther(other, component);
                Others = [.. Others, other];
                break;
        }
    }

    private void AddOther(string type, JsonElement component)
    {
        if (type == "CAROUSEL" && component.Member("cards") is { } cards)
        {
            Cards = [.. TemplateJson.Objects(cards).Select(card => Read(card.Member("components") ?? default))];
        }
        else if (type == "LIMITED_TIME_OFFER" && component.Child("limited_time_offer") is { } offer)
        {
            OfferText = TemplateJson.Text(offer, "text");
            OfferExpires = offer.Flag("has_expiration") == true;
        }
    }

    private void AddHeader(JsonElement header)
    {
        HeaderFormatWord = TemplateJson.Word(header, "format");
        HeaderFormat = HeaderFormatWord switch
        {
            "TEXT" => TemplateHeaderFormat.Text,
            "IMAGE" => TemplateHeaderFormat.Image,
            "VIDEO" => TemplateHeaderFormat.Video,
            "DOCUMENT" => TemplateHeaderFormat.Document,
            _ => TemplateHeaderFormat.Other,
        };
        HeaderText = TemplateJson.Text(header, "text");
        HeaderExamples = [.. TemplateJson.Examples(header, "header_text", "header_text_named_params")];
        HeaderFileUrl = TemplateJson.Examples(header, "header_handle", "header_url").FirstOrDefault();
    }

    private static TemplateButtonPart ReadButton(JsonElement button, int index) =>
        new(index, TemplateJson.Word(button, "type"), TemplateJson.Text(button, "text"), TemplateJson.Text(button, "url"), button);
}
