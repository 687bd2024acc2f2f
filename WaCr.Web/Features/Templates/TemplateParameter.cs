using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

public enum TemplateParameterKind
{
    HeaderText = 0,
    HeaderFile = 1,
    BodyText = 2,

    /// <summary>Variable end of a button's URL.</summary>
    ButtonUrl = 3,

    /// <summary>Code a button copies.</summary>
    ButtonCode = 4,

    /// <summary>One of a location header's four values; its name says which.</summary>
    HeaderPlace = 5,

    /// <summary>When a limited-time offer ends, ISO 8601.</summary>
    OfferEnd = 6,

    /// <summary>URL of the picture or video of a carousel's card.</summary>
    CardFile = 7,
    CardText = 8,

    /// <summary>Variable end of a card's button's URL.</summary>
    CardButton = 9,

    /// <summary>The product of a product header, or its catalog; its name says which.</summary>
    HeaderProduct = 10,

    /// <summary>The product whose picture stands above a button that shows products.</summary>
    ButtonThumbnail = 11,

    /// <summary>The products that a button shows, by sections.</summary>
    ButtonSections = 12,
}

/// <summary>One value a template needs.</summary>
/// <param name="Field">As named in the API: <c>field_1</c>, <c>header_image_url</c>, <c>button_0</c>.</param>
/// <param name="Name">As named in the template: <c>1</c>, <c>first_name</c>, a button's label.</param>
/// <param name="FileKind">Only for <see cref="TemplateParameterKind.HeaderFile"/> and <see cref="TemplateParameterKind.CardFile"/>.</param>
public sealed record TemplateParameter(
    string Field, TemplateParameterKind Kind, string Name, string? Example = null, MediaKind? FileKind = null)
{
    /// <summary>The carousel's card that it belongs to, from 1; null for the message itself.</summary>
    public int? Card { get; init; }

    /// <summary>Whether the message can go without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Written in lines.</summary>
    public bool HasLines => Kind == TemplateParameterKind.ButtonSections;

    public int MaxLength => HasLines ? TemplateForm.SectionsMaxLength : TemplateForm.ValueMaxLength;

    /// <summary>Only the same for everybody: an address, a place, a time, a product.</summary>
    public bool IsFixed => Kind is TemplateParameterKind.HeaderFile or TemplateParameterKind.HeaderPlace or TemplateParameterKind.OfferEnd
        or TemplateParameterKind.CardFile or TemplateParameterKind.HeaderProduct or TemplateParameterKind.ButtonThumbnail
        or TemplateParameterKind.ButtonSections;
}

/// <summary>A header's file: an uploaded one or a URL.</summary>
public sealed record TemplateHeaderFile(MediaSource Source, string? FileName = null);
