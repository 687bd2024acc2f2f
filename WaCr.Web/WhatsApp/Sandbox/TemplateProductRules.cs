using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Validates what a template message says of the products that its button shows. Null if valid, or if it shows none.</summary>
internal static class TemplateProductRules
{
    private const int MaxSections = 10;
    private const int MaxProducts = 30;
    private const int MaxTitle = 24;

    /// <param name="parameters">Those that were sent for the button.</param>
    public static Refusal? Check(string kind, IReadOnlyList<JsonElement> parameters, int index) => kind switch
    {
        "CATALOG" when parameters.Count > 0 && ThumbnailOf(parameters) is null => Of(131009, index, "Catalog takes an action with thumbnail_product_retailer_id"),
        "MPM" when ThumbnailOf(parameters) is null => Of(131008, index, "Mpm requires an action with thumbnail_product_retailer_id"),
        "MPM" => Sections(parameters[0].Child("action")?.FindArray("sections") ?? [], index),
        _ => null,
    };

    private static Refusal? Sections(IReadOnlyList<JsonElement> sections, int index)
    {
        var products = sections.Select(section => section.FindArray("product_items") ?? []).ToList();
        return sections.Count is 0 or > MaxSections ? Of(131009, index, $"Mpm takes 1 to {MaxSections} sections")
            : sections.Any(section => section.Text("title") is not { Length: > 0 } title || Json.Length(title) > MaxTitle)
                ? Of(131009, index, $"Mpm needs a title of at most {MaxTitle} characters for each section")
            : products.Any(items => items.Count == 0 || items.Any(item => item.Text("product_retailer_id") is not { Length: > 0 }))
                ? Of(131009, index, "Mpm needs product_items with a product_retailer_id in each section")
            : products.Sum(items => items.Count) > MaxProducts ? Of(131009, index, $"Mpm takes {MaxProducts} products in all")
            : null;
    }

    private static string? ThumbnailOf(IReadOnlyList<JsonElement> parameters) =>
        parameters is [var parameter] && parameter.Child("action")?.Text("thumbnail_product_retailer_id") is { Length: > 0 } id ? id : null;

    private static Refusal Of(int code, int index, string what) =>
        new(code, string.Create(CultureInfo.InvariantCulture, $"buttons: Button at index {index} of type {what}"));
}
