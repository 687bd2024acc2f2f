using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

/// <summary>The OpenAPI schema of <see cref="MessageInteractiveJson"/>.</summary>
internal static class MessageInteractiveSchema
{
    public static JsonObject Make()
    {
        var schema = Schemas.Object(
            (InteractiveFields.Type, Schemas.Text("As it was sent, such as `button`, `list`, `cta_url` or `location_request`.", "button")),
            (InteractiveFields.Body, Schemas.Text("The text.", "How was your order?")),
            (InteractiveFields.Header, Schemas.Text("The line above it.", "Order 123")),
            (InteractiveFields.Footer, Schemas.Text("The small line below it.", "Baroda Textiles")),
            (InteractiveFields.Buttons, Schemas.ArrayOf(Choice("good", "Good"), "The buttons of `button`.")),
            (InteractiveFields.ListButton, Schemas.Text("What opens the list.", "Options")),
            (InteractiveFields.Sections, Schemas.ArrayOf(
                Schemas.Object(
                    ("title", Schemas.Text("The section's title.", "Sizes")),
                    ("rows", Schemas.ArrayOf(
                        With(Choice("m", "Medium"), ("description", Schemas.Text("The line below it.", "Chest 100 cm"))),
                        "The rows of `list`.")),
                    ("product_items", Schemas.ArrayOf(
                        Schemas.Object(("product_retailer_id", Schemas.Text("The product.", "BREAD"))), "The products of `product_list`."))),
                "The sections of `list` and `product_list`.")),
            (InteractiveFields.LinkText, Schemas.Text("What the button of `cta_url` says.", "Track")),
            (InteractiveFields.Url, Schemas.Text("What it opens.", "https://example.com/orders/123")),
            ("catalog_id", Schemas.Text("The catalogue of `product` and `product_list`.", "354")),
            ("product_retailer_id", Schemas.Text("The product of `product`.", "BREAD")));
        schema["description"] = "Buttons, a list, a link, a request or products that were sent, with the names of `POST /messages/interactive`.";
        return schema;

        static JsonObject Choice(string id, string title) => Schemas.Object(
            ("id", Schemas.Text("Comes back with the tap.", id).OrNull()), ("title", Schemas.Text("What it says.", title)));

        static JsonObject With(JsonObject schema, (string Name, JsonObject Schema) more)
        {
            schema["properties"]![more.Name] = more.Schema;
            return schema;
        }
    }
}
