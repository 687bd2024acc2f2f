using System.Text.Json.Nodes;

namespace WaCr.Web.Features.Sandbox;

/// <summary>What people send beside texts and files.</summary>
public enum CustomerSample
{
    /// <summary>The first message after a tap on an ad.</summary>
    FromAd = 0,
    AboutProduct = 1,
    Forwarded = 2,
    Order = 3,
    FormAnswers = 4,
    Place = 5,
    ContactCard = 6,

    /// <summary>Written in a group that the business's number is in.</summary>
    InGroup = 7,

    /// <summary>Of a kind that nobody knows yet.</summary>
    Unknown = 8,
}

/// <summary>The samples in WhatsApp's format.</summary>
internal static class CustomerSamples
{
    public static (string Type, JsonNode Content, string Text, JsonObject? Beside) Of(CustomerSample sample) => sample switch
    {
        CustomerSample.FromAd => Text("I saw your ad. Is the offer still on?", """
            {"referral":{"source_url":"https://example.com/ad","source_id":"120210000000000","source_type":"ad","headline":"Spring sale",
             "body":"20% off all kettles","media_type":"image","ctwa_clid":"sandbox-click"}}
            """),
        CustomerSample.AboutProduct => Text("Do you have this in blue?", """
            {"context":{"referred_product":{"catalog_id":"1","product_retailer_id":"KETTLE-2"}}}
            """),
        CustomerSample.Forwarded => Text("They close at six today", """{"context":{"forwarded":true}}"""),
        CustomerSample.Order => ("order", Json("""
            {"catalog_id":"1","text":"Please deliver before Friday","product_items":[
             {"product_retailer_id":"KETTLE-2","quantity":1,"item_price":42.5,"currency":"EUR"},
             {"product_retailer_id":"CUP-6","quantity":6,"item_price":4,"currency":"EUR"}]}
            """), "Please deliver before Friday", null),
        CustomerSample.FormAnswers => ("interactive", Json("""
            {"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"sandbox\",\"favourite_day\":\"Monday\",\"guests\":4}"}}
            """), "Sent", null),
        CustomerSample.Place => ("location", Json("""
            {"latitude":22.3072,"longitude":73.1812,"name":"Vadodara Junction","address":"Station Road, Vadodara"}
            """), "Vadodara Junction", null),
        CustomerSample.ContactCard => ("contacts", Json("""
            [{"name":{"formatted_name":"Ben Stone","first_name":"Ben","last_name":"Stone"},"org":{"company":"Stone & Sons"},
              "phones":[{"phone":"+44 7700 900321","type":"WORK"}],"emails":[{"email":"ben@example.com"}]}]
            """), "Ben Stone", null),
        CustomerSample.InGroup => Text("Who comes on Saturday?", """{"group_id":"sandbox-group"}"""),
        _ => ("hologram", Json("""{"depth":3}"""), "", null),
    };

    private static (string Type, JsonNode Content, string Text, JsonObject? Beside) Text(string text, string beside) =>
        ("text", new JsonObject { ["body"] = text }, text, (JsonObject)Json(beside));

    private static JsonNode Json(string json) => JsonNode.Parse(json)!;
}
