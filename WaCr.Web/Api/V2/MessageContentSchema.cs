using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

/// <summary>The OpenAPI schema of <see cref="MessageContentJson"/>.</summary>
internal static class MessageContentSchema
{
    public static JsonObject Make()
    {
        var schema = Schemas.Object(
            ("button", Choice("The button that was tapped; of a template's, `id` is its payload.")),
            ("list", Choice("The row of a list that was chosen.")),
            ("interactive", MessageInteractiveSchema.Make()),
            ("location", Described("A place.", Schemas.Object(
                ("latitude", Schemas.Number("In degrees.", 37.48m)), ("longitude", Schemas.Number("In degrees.", -122.15m)),
                ("name", Schemas.Text("Its name.", "HQ")), (
                    "address", Schemas.Text("Its address.", "1 Hacker Way")), ("url", Schemas.Text("Its page.", null))))),
            ("contacts", Schemas.ArrayOf(
                Schemas.Object(
                    ("name",
                     Schemas.Text("Null where the card names nobody.", "Asha Patel")
                         .OrNull()), ("company", Schemas.Text("Where they work.", "Acme")
                         .OrNull()),
                    ("phones", Schemas.ArrayOf(
                        Schemas.Object(
                            ("phone", Schemas.Text("As the card has it.", "+91 98200 00199")), (
                                "wa_id", Schemas.Text("Its number on WhatsApp.", "919820000199").OrNull()),
                            ("type", Schemas.Text("Such as CELL.", "CELL").OrNull())),
                        "Their numbers.")),
                    ("emails", Schemas.ArrayOf(Schemas.Text("An e-mail address.", "asha@example.com"), "Their addresses."))),
                "Contact cards.")),
            ("order", Described("An order from the catalogue.", Schemas.Object(
                ("catalog_id", Schemas.Text("The catalogue.", "354").OrNull()), (
                    "text", Schemas.Text("What the customer wrote with it.", null).OrNull()),
                ("product_items", Schemas.ArrayOf(
                    Schemas.Object(
                        ("product_retailer_id",
                         Schemas.Text("The product.", "BREAD")), ("quantity", Schemas.Number("How many.", 3).OrNull()),
                        ("item_price", Schemas.Number("Of one.", 30).OrNull()), ("currency", Schemas.Text("ISO 4217.", "INR").OrNull())),
                    "What was ordered.")),
                ("totals", Schemas.ArrayOf(
                    Schemas.Object(
                        ("amount", Schemas.Number("The sum.", 210.5m)),
                        ("currency", Schemas.Text("ISO 4217.", "INR").OrNull())), "One for each currency."))))),
            ("flow", Any("The answers of a form by their names, as WhatsApp sent them, without `flow_token`.")),
            ("call_permission", Described("Whether the business may call.", Schemas.Object(
                ("granted", Schemas.Boolean("Whether it may.")), ("response", Schemas.Text("WhatsApp's word.", "accept")),
                ("expires_at", Schemas.Time("Until when.").OrNull())))),
            ("call", Described("A call of the customer.", Schemas.Object(
                ("outcome", Schemas.Word("What became of it.", MessageContentJson.CallOutcomes)),
                ("duration", Schemas.Integer("How many seconds they spoke; null where WhatsApp does not say.", 180).OrNull()),
                ("started_at", Schemas.Time("When it began; null where WhatsApp told its end alone.").OrNull())))),
            ("reaction", Described("A reaction.", Schemas.Object(
                ("message_id", Schemas.Text("WhatsApp's id of the message that it is to.", "wamid.HBgLMTY1").OrNull()),
                ("emoji", Schemas.Text("Empty where it was taken back.", "👍"))))),
            ("referral", Described("The ad or the post that the customer came from.", Schemas.Object(
                ("source_url", Text("Its address.")), ("source_id", Text("Its id.")), (
                    "source_type", Text("`ad` or `post`.")), ("headline", Text("Its headline.")),
                ("body", Text("Its text.")), ("media_type", Text("`image` or `video`.")), ("media_url", Text("Its picture or film.")),
                ("ctwa_clid", Text("The click's id."))))),
            ("referred_product", Described("The product that the customer asks about.", Schemas.Object(
                ("catalog_id", Text("The catalogue.")), ("product_retailer_id", Schemas.Text("The product.", "BREAD"))))),
            ("forwarded", Schemas.Boolean("Whether it was forwarded.")),
            ("frequently_forwarded", Schemas.Boolean("Whether it was forwarded many times.")),
            ("errors", Schemas.ArrayOf(
                Schemas.Object(
                    ("code", Schemas.Integer("WhatsApp's code.", 131052)),
                    ("title", Text("What it is.")),
                    ("details", Text("The reason."))),
                "Why WhatsApp could not hand it over whole.")),
            ("unknown", Any("A kind that this version does not know, as WhatsApp sent it.")));
        schema["description"] = "What it holds beside its text. A member is there only where the message has it.";
        return schema;

        static JsonObject Choice(string description) => Described(description, Schemas.Object(
            ("id",
             Schemas.Text("As it was sent to the customer.", "yes").OrNull()), ("title", Schemas.Text("What the customer saw.", "Yes")),
            ("description", Text("A row's second line."))));

        static JsonObject Text(string description) => Schemas.Text(description, null).OrNull();

        static JsonObject Any(string description) => new() { ["description"] = description };

        static JsonObject Described(string description, JsonObject schema)
        {
            schema["description"] = description;
            return schema;
        }
    }
}
