using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp;

/// <summary>Writes the products of a template in the Cloud API's format.</summary>
internal static class OutboundProducts
{
    public static JsonObject Action(TemplateButton button)
    {
        var json = new JsonObject { ["thumbnail_product_retailer_id"] = button.Value };
        if (button.Sections.Count > 0)
        {
            json["sections"] = new JsonArray([.. button.Sections.Select(section => new JsonObject
            {
                ["title"] = section.Title,
                ["product_items"] = new JsonArray([.. section.ProductIds.Select(id => Item(id))]),
            })]);
        }

        return json;
    }

    public static JsonObject Item(string id, string? catalogId = null)
    {
        var json = new JsonObject { ["product_retailer_id"] = id };
        if (catalogId is not null)
        {
            json["catalog_id"] = catalogId;
        }

        return json;
    }
}
