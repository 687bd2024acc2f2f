namespace WaCr.Web.WhatsApp;

/// <summary>A template with its values; components without values are omitted, as WhatsApp requires.</summary>
public sealed record TemplateContent(
    string Name,
    string Language,
    TemplateHeader? Header = null,
    IReadOnlyList<TemplateText>? Body = null,
    IReadOnlyList<TemplateButton>? Buttons = null) : OutboundContent
{
    /// <summary>When a limited-time offer ends; null if it is none, or has no end.</summary>
    public DateTimeOffset? OfferEndsAt { get; init; }

    /// <summary>A carousel's cards, all of them.</summary>
    public IReadOnlyList<CarouselCard> Cards { get; init; } = [];

    /// <summary>Stored with it and not sent; null if the template has a text alone.</summary>
    public TemplateSnapshot? Snapshot { get; init; }
}

/// <summary>A value in a text; <paramref name="Name"/> only for templates with named parameters.</summary>
public sealed record TemplateText(string Value, string? Name = null);

public abstract record TemplateHeader;

public sealed record TemplateTextHeader(TemplateText Text) : TemplateHeader;

public sealed record TemplateMediaHeader(MediaKind Kind, MediaSource Source, string? FileName = null) : TemplateHeader;

public sealed record TemplatePlaceHeader(LocationContent Place) : TemplateHeader;

/// <summary>A product of the catalog, with the ids of Commerce Manager.</summary>
public sealed record TemplateProductHeader(string CatalogId, string ProductId) : TemplateHeader;

/// <summary>A group of products under a title.</summary>
public sealed record ProductSection(string Title, IReadOnlyList<string> ProductIds);

/// <param name="Index">From 0.</param>
public sealed record CarouselCard(int Index, TemplateHeader? Header, IReadOnlyList<TemplateText> Body,
    IReadOnlyList<TemplateButton> Buttons);

public enum TemplateButtonKind
{
    Url,
    QuickReply,
    CopyCode,

    /// <summary>Opens the catalog; its value is the product whose picture is shown.</summary>
    Catalog,

    /// <summary>Opens a choice of products; its value is the product whose picture is shown.</summary>
    Items,
}

/// <summary>A button that takes a value; static buttons (a phone, a fixed URL) must not be sent.</summary>
public sealed record TemplateButton(int Index, TemplateButtonKind Kind, string Value)
{
    /// <summary>The products of <see cref="TemplateButtonKind.Items"/>.</summary>
    public IReadOnlyList<ProductSection> Sections { get; init; } = [];
}
