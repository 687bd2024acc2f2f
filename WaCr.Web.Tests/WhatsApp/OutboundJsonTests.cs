using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

/// <summary>What goes over the wire, against the examples of Meta's documentation.</summary>
public sealed class OutboundJsonTests
{
    private static readonly MediaSource Picture = MediaSource.Uploaded("1037543291543636");

    [Fact]
    public void Text_ToAPhone_CarriesThePlusAndOurReference() =>
        JsonNode.DeepEquals(Write(new TextContent("Hello")), JsonNode.Parse("""
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"+15551234567",
             "type":"text","text":{"body":"Hello","preview_url":false},"biz_opaque_callback_data":"msg-1"}
            """)).ShouldBeTrue();

    [Fact]
    public void UserWithNoPhone_IsNamedAsRecipient()
    {
        var json = OutboundJson.Write(new(Recipient.ByUserId("US.13491208655302741918"), new TextContent("Hello"), "msg-1"));

        json["recipient"]!.GetValue<string>().ShouldBe("US.13491208655302741918");
        json.ContainsKey("to").ShouldBeFalse();
    }

    [Fact]
    public void Reply_NamesTheMessageItAnswers() =>
        OutboundJson.Write(new(Recipient.ByPhone("15551234567"), new TextContent("Hello"), "msg-1", "wamid.A"))
            ["context"]!["message_id"]!.GetValue<string>().ShouldBe("wamid.A");

    [Fact]
    public void Media_ById_OrByLink()
    {
        Same(new MediaContent(MediaKind.Image, Picture, "x"), "image", """{"id":"1037543291543636","caption":"x"}""");
        Same(
            new MediaContent(MediaKind.Document, MediaSource.At(new("https://ex.com/a.pdf")), "x", "a.pdf"),
            "document",
            """{"link":"https://ex.com/a.pdf","filename":"a.pdf","caption":"x"}""");
    }

    [Fact]
    public void Buttons_WithHeaderAndFooter() => Same(
        new ButtonsContent("Confirm?", [new("yes", "Yes"), new("no", "No")], "Order", "Shop"),
        "interactive",
        """
        {"type":"button","header":{"type":"text","text":"Order"},"body":{"text":"Confirm?"},"footer":{"text":"Shop"},
         "action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}}
        """);

    [Fact]
    public void List_LeavesOutWhatIsNotGiven() => Same(
        new ListContent("Pick one", "Options", [new("Main", [new("r1", "First", "Of all"), new("r2", "Second")])]),
        "interactive",
        """
        {"type":"list","body":{"text":"Pick one"},"action":{"button":"Options","sections":[
          {"title":"Main","rows":[{"id":"r1","title":"First","description":"Of all"},{"id":"r2","title":"Second"}]}]}}
        """);

    [Fact]
    public void LookOfATemplate_IsStoredAndNotSent()
    {
        var stored = StoredContent.Of(new TemplateContent("order", "en_US")
        {
            Snapshot = new("TEXT", "Order 7", null, "Shop", [new("URL", "Track"), new("OTP", null)], []),
        });

        JsonNode.DeepEquals(JsonNode.Parse(stored.Json)!["snapshot"], JsonNode.Parse(
            """{"format":"TEXT","header":"Order 7","footer":"Shop","buttons":[{"type":"URL","text":"Track"},{"type":"OTP"}],"cards":[]}""")).ShouldBeTrue();
        var sent = Write(stored);
        sent.ContainsKey("snapshot").ShouldBeFalse();
        JsonNode.DeepEquals(sent["template"], JsonNode.Parse("""{"name":"order","language":{"code":"en_US"}}""")).ShouldBeTrue();
    }

    [Fact]
    public void Template_WithEveryPart() => Same(
        new TemplateContent(
            "order_confirmation",
            "en_US",
            new TemplateMediaHeader(MediaKind.Image, Picture),
            [new("Jessica"), new("SKBUP2-4CPIG9", "order")],
            [
                new(0, TemplateButtonKind.Url, "track/123"),
                new(1, TemplateButtonKind.QuickReply, "MY_PAYLOAD"),
                new(2, TemplateButtonKind.CopyCode, "25OFF")
            ]),
        "template",
        """
        {"name":"order_confirmation","language":{"code":"en_US"},"components":[
          {"type":"header","parameters":[{"type":"image","image":{"id":"1037543291543636"}}]},
          {"type":"body","parameters":[{"type":"text","text":"Jessica"},{"type":"text","text":"SKBUP2-4CPIG9","parameter_name":"order"}]},
          {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"track/123"}]},
          {"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"MY_PAYLOAD"}]},
          {"type":"button","sub_type":"copy_code","index":"2","parameters":[{"type":"coupon_code","coupon_code":"25OFF"}]}]}
        """);

    [Fact]
    public void TemplateWithoutValues_HasNoComponents() =>
        Same(new TemplateContent("hello_world", "en_US"), "template", """{"name":"hello_world","language":{"code":"en_US"}}""");

    [Fact]
    public void OneTimeCode_GoesIntoTheTextAndTheButton() => Same(
        TestTemplates.OneTimeCode("otp_code", "123456", "10"),
        "template",
        """
        {"name":"otp_code","language":{"code":"en"},"components":[
          {"type":"body","parameters":[{"type":"text","text":"123456"},{"type":"text","text":"10"}]},
          {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]}
        """);

    private static JsonObject Write(OutboundContent content) => OutboundJson.Write(new(Recipient.ByPhone("15551234567"), content, "msg-1"));

    private static void Same(OutboundContent content, string type, string expected)
    {
        var json = Write(content);
        json["type"]!.GetValue<string>().ShouldBe(type);
        JsonNode.DeepEquals(json[type], JsonNode.Parse(expected)).ShouldBeTrue(json[type]!.ToJsonString());
    }
}
