using WaCr.Web.Features.Templates.Authoring;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>The parts that show products: a product as header, and the buttons that open the catalog or a choice of products.</summary>
public sealed partial class TemplateForm
{
    public const string ProductField = "header_product_id";
    public const string CatalogField = "header_catalog_id";
    public const string ThumbnailField = "thumbnail_product_id";

    /// <summary>A text: the title of a section, then a product's id on each line; an empty line ends the section.</summary>
    public const string SectionsField = "product_sections";

    public const int SectionsMaxLength = 4000;
    public const int MaxSections = 10;
    public const int MaxProducts = 30;
    public const int SectionTitleMaxLength = 24;

    public static readonly FieldError SectionsInvalid = new(
        "template.sections_invalid", $"Must be 1 to {MaxSections} sections, each with a title and the ids of its products");

    public static readonly FieldError SectionTitleTooLong = new(
        "template.section_title_too_long", $"A section's title must not be longer than {SectionTitleMaxLength} characters", SectionTitleMaxLength);

    public static readonly FieldError TooManyProducts = new(
        "template.too_many_products", $"All sections together take {MaxProducts} products", MaxProducts);

    private bool HasProduct => _components.HeaderFormatWord == TemplateProductRules.ProductHeader;

    /// <summary>WhatsApp allows one such button.</summary>
    private TemplateButtonPart? ProductsButton => _components.Buttons.FirstOrDefault(
        button => button.Type is TemplateProductRules.CatalogButton or TemplateProductRules.ItemsButton);

    public static string SectionsText(IEnumerable<(string Title, IReadOnlyList<string> ProductIds)> sections)
    {
        return string.Join("\n\n", sections.Select(section => string.Join('\n', section.ProductIds.Prepend(section.Title).Select(OneLine))));

        static string OneLine(string line) => line.ReplaceLineEndings(" ").Trim();
    }

    public static IReadOnlyList<ProductSection> ReadSections(string? text)
    {
        var sections = new List<ProductSection>();
        List<string>? products = null;
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Length == 0)
            {
                products = null;
            }
            else if (products is null)
            {
                sections.Add(new ProductSection(line, products = []));
            }
            else
            {
                products.Add(line);
            }
        }

        return sections;
    }

    private IEnumerable<TemplateParameter> HeaderProductParameters() => HasProduct
        ? [new(CatalogField, TemplateParameterKind.HeaderProduct, "catalog"), new(ProductField, TemplateParameterKind.HeaderProduct, "product")]
        : [];

    private IEnumerable<TemplateParameter> ProductsParameters()
    {
        if (ProductsButton is not { } button)
        {
            yield break;
        }

        // Without it, WhatsApp shows the catalog's first product.
        yield return new(ThumbnailField, TemplateParameterKind.ButtonThumbnail, button.Text ?? "")
        {
            IsOptional = button.Type == TemplateProductRules.CatalogButton,
        };
        if (button.Type == TemplateProductRules.ItemsButton)
        {
            yield return new(SectionsField, TemplateParameterKind.ButtonSections, button.Text ?? "");
        }
    }

    private static FieldError? SectionsErrorOf(string text)
    {
        var sections = ReadSections(text);
        return sections.Count is 0 or > MaxSections || sections.Any(section => section.ProductIds.Count == 0) ? SectionsInvalid
            : sections.Any(section => TextRule.IsTooLong(section.Title, SectionTitleMaxLength)) ? SectionTitleTooLong
            : sections.Sum(section => section.ProductIds.Count) > MaxProducts ? TooManyProducts
            : null;
    }

    private static TemplateProductHeader ProductHeader(IReadOnlyDictionary<string, string> texts) =>
        new(texts[CatalogField].Trim(), texts[ProductField].Trim());

    private IEnumerable<TemplateButton> FilledProducts(IReadOnlyDictionary<string, string> texts) =>
        ProductsButton is { } button && texts.GetValueOrDefault(ThumbnailField)?.Trim() is { Length: > 0 } shown
            ? button.Type == TemplateProductRules.ItemsButton
                ? [new(button.Index, TemplateButtonKind.Items, shown) { Sections = ReadSections(texts.GetValueOrDefault(SectionsField)) }]
                : [new(button.Index, TemplateButtonKind.Catalog, shown)]
            : [];
}
