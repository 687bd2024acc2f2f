using System.Text;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.WhatsApp;

public sealed class WebhookReaderTests
{
    [Theory]
    [InlineData("""{"type":"text","text":{"body":"Hi"}}""", "text", "Hi", null)]
    [InlineData("""{"type":"button","button":{"payload":"p","text":"Yes"},"context":{"id":"wamid.q"}}""", "button", "Yes", "wamid.q")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"1","title":"First"}}}""", "interactive",
        "First", null)]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"1","title":"Row"}}}""", "interactive",
        "Row", null)]
    [InlineData("""{"type":"location","location":{"latitude":1.5,"longitude":2,"name":"HQ"}}""", "location", "HQ", null)]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ann"}},{"name":{"formatted_name":"Bob"}}]}""", "contacts",
        "Ann, Bob", null)]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.q","emoji":"\ud83d\udc4d"}}""", "reaction", "👍", "wamid.q")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.q","emoji":""}}""", "reaction", null, "wamid.q")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.q"}}""", "reaction", null, "wamid.q")]
    [InlineData("""{"type":"order","order":{"catalog_id":"c","text":"Please"}}""", "order", "Please", null)]
    [InlineData("""{"type":"revoke","revoke":{"original_message_id":"wamid.q"}}""", "revoke", null, "wamid.q")]
    [InlineData("""{"type":"hologram","hologram":{"x":1}}""", "hologram", null, null)]
    [InlineData("""{"type":"hologram"}""", "hologram", null, null)]
    [InlineData("""{}""", "unknown", null, null)]
    [InlineData("""{"type":"text","text":7}""", "text", null, null)]
    [InlineData("""{"type":"text","text":{"body":"cut \ud83d"}}""", "text", "cut \uFFFD", null)]
    [InlineData("""{"type":"text","text":{"body":"a\u0000b"}}""", "text", "ab", null)]
    public void Message_OfAnyType_IsRead(string message, string type, string? text, string? replyTo)
    {
        var read = ReadMessage(message).Message;

        (read.Type, read.Text, read.ReplyTo).ShouldBe((type, text, replyTo));
        read.SentAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_697_043_223));
    }

    [Fact]
    public void File_IsReadWithItsCaption()
    {
        var read = ReadMessage(
            """{"type":"document","document":{"id":"77","mime_type":"application/pdf","sha256":"x","caption":"Here","filename":"a.pdf"}}""")
                .Message;

        read.Media.ShouldBe(new InboundMedia("77", "application/pdf", "a.pdf"));
        read.Text.ShouldBe("Here");
    }

    [Fact]
    public void Edit_CarriesTheNewText()
    {
        var read = ReadMessage("""
            {"type":"edit","edit":{"original_message_id":"wamid.q","message":{"type":"image","image":{"id":"5","caption":"Better"},"context":{"id":"wamid.z"}}}}
            """).Message;

        read.ReplyTo.ShouldBe("wamid.q");
        read.Edited!.Text.ShouldBe("Better");
    }

    [Fact]
    public void PersonWithoutPhone_IsKnownByTheirId()
    {
        var read = (MessageReceived)Read("messages", """
            {"contacts":[{"profile":{"name":"Ann"},"user_id":"US.1"}],"messages":[{"from_user_id":"US.1","id":"wamid.1","timestamp":"1","type":"text","text":{"body":"x"}}]}
            """);

        read.From.ShouldBe(new Person(null, "US.1", "Ann"));
    }

    [Fact]
    public void ChangedNumber_IsRead()
    {
        var read = ReadMessage("""{"type":"system","system":{"type":"user_changed_number","wa_id":"4477","body":"Ann changed"}}""").Message;

        read.Change.ShouldBe(new PersonChange("user_changed_number", "4477", null, null));
    }

    [Fact]
    public void UnsupportedMessage_SaysWhy() =>
        ReadMessage("""{"type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","error_data":{"details":"d"}}]}""")
            .Message.Error.ShouldBe(new WebhookError(131051, "Message type unknown", "d"));

    [Fact]
    public void Status_IsReadWithReferenceErrorAndPrice()
    {
        var read = Read("messages", """
            {"statuses":[{"id":"wamid.1","status":"failed","timestamp":"1689380458","recipient_id":"97","biz_opaque_callback_data":"msg_1",
              "pricing":{"billable":true,"category":"utility","type":"regular"},
              "errors":[{"code":131026,"title":"Message undeliverable","error_data":{"details":"Not on WhatsApp"}}]}]}
            """);

        read.ShouldBe(new StatusReported(
            "wamid.1", "failed", DateTimeOffset.FromUnixTimeSeconds(1_689_380_458), "msg_1", new("97", null, null),
            new(131026, "Message undeliverable", "Not on WhatsApp"), new(true, "utility", "regular", null)));
    }

    [Fact]
    public void TemplateUpdates_AreRead()
    {
        const string template =
            "\"message_template_id\":1689556908129835,\"message_template_name\":\"cart\",\"message_template_language\":\"en-US\"";
        var name = new TemplateName("1689556908129835", "cart", "en_US");

        Read("message_template_status_update", "{\"event\":\"REJECTED\",\"reason\":\"INVALID_FORMAT\"," + template + "}")
            .ShouldBe(new TemplateStatusChanged(name, "REJECTED", "INVALID_FORMAT"));
        Read(
            "message_template_status_update",
            "{\"event\":\"PAUSED\",\"reason\":\"NONE\",\"other_info\":{\"title\":\"FIRST_PAUSE\"}," + template + "}")
            .ShouldBe(new TemplateStatusChanged(name, "PAUSED", "FIRST_PAUSE"));
        Read("message_template_quality_update", "{\"previous_quality_score\":\"GREEN\",\"new_quality_score\":\"RED\"," + template + "}")
            .ShouldBe(new TemplateQualityChanged(name, "RED"));
        Read("template_category_update", "{\"new_category\":\"MARKETING\"," + template + "}")
            .ShouldBe(new TemplateCategoryChanged(name, "MARKETING"));
    }

    [Fact]
    public void Preference_IsRead() =>
        Read(
            "user_preferences",
            """{"user_preferences":[{"wa_id":"97","category":"marketing_messages","value":"stop","timestamp":1731705721}]}""")
            .ShouldBe(new PreferenceChanged(new("97", null, null), "marketing_messages", "stop"));

    [Fact]
    public void EchoOfTheBusinessesOwnPhone_IsRead()
    {
        var read = (MessageEchoed)Read(
            "smb_message_echoes",
            """{"message_echoes":[{"from":"15550783881","to":"97","id":"wamid.1","timestamp":"1","type":"text","text":{"body":"From my phone"}}]}""");

        (read.To.WaId, read.Message.Text).ShouldBe(("97", "From my phone"));
    }

    // What is subscribed to is what the reader names, and each of these reads as something; a field that is read but not named would be
    // unsubscribed by the repair of a webhook.
    [Fact]
    public void EveryFieldThatIsRead_IsSubscribedTo_AndNoOther()
    {
        const string person = """{"wa_id":"97","profile":{"name":"Ann"}}""";
        const string message = """{"from":"97","id":"wamid.1","timestamp":"1","type":"text","text":{"body":"Hi"}}""";
        const string template = "\"message_template_id\":1,\"message_template_name\":\"cart\",\"message_template_language\":\"en\"";
        var samples = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["messages"] = $$"""{"contacts":[{{person}}],"messages":[{{message}}]}""",
            ["history"] = $$"""{"history":[{"threads":[{"id":"97","messages":[{{message}}]}]}]}""",
            ["smb_message_echoes"] = """{"message_echoes":[{"from":"15550783881","to":"97","id":"wamid.1","type":"text","text":{"body":"Hi"}}]}""",
            ["smb_app_state_sync"] =
                """{"state_sync":[{"type":"contact","contact":{"full_name":"Ann","phone_number":"97"},"action":"add"}]}""",
            ["user_id_update"] = """{"user_id_update":[{"wa_id":"97","user_id":{"previous":"GB.1","current":"GB.2"}}]}""",
            ["user_preferences"] = """{"user_preferences":[{"wa_id":"97","category":"marketing_messages","value":"stop"}]}""",
            ["calls"] = $$"""{"contacts":[{{person}}],"calls":[{"id":"wacid.1","from":"97","event":"terminate","direction":"USER_INITIATED"}]}""",
            ["message_template_status_update"] = "{\"event\":\"APPROVED\"," + template + "}",
            ["message_template_components_update"] = "{" + template + "}",
            ["message_template_quality_update"] = "{\"new_quality_score\":\"RED\"," + template + "}",
            ["template_category_update"] = "{\"new_category\":\"MARKETING\"," + template + "}",
            ["account_update"] = """{"event":"ACCOUNT_VIOLATION"}""",
            ["account_alerts"] = """{"alert_info":{"alert_type":"INCREASED_CAPABILITIES_ELIGIBILITY"}}""",
            ["account_review_update"] = """{"decision":"APPROVED"}""",
            ["phone_number_quality_update"] = """{"event":"FLAGGED"}""",
            ["phone_number_name_update"] = """{"decision":"APPROVED"}""",
            ["business_capability_update"] = """{"max_daily_conversations_per_business":"TIER_10K"}""",
            ["security"] = """{"event":"PIN_CHANGED"}""",
        };

        WebhookFields.Understood.ShouldBe(samples.Keys, ignoreOrder: true);
        foreach (var (field, value) in samples)
        {
            Read(field, value).ShouldNotBeOfType<UnknownEvent>(field);
        }
    }

    [Theory]
    [InlineData("messages", """{"messages":[{"type":"text"}]}""")]
    [InlineData("messages", """{"messages":[{"id":"wamid.1","type":"text"}]}""")]
    [InlineData("messages", """{"statuses":[{"id":"wamid.1"}]}""")]
    [InlineData("messages", """{"errors":[{"code":1}]}""")]
    [InlineData("message_template_status_update", """{"event":"APPROVED"}""")]
    [InlineData("history", """[1]""")]
    public void WhatLacksItsMembers_IsUnknown(string field, string value) => Read(field, value).ShouldBe(new UnknownEvent(field));

    private static MessageReceived ReadMessage(string message)
    {
        var whole = """{"from":"97","id":"wamid.1","timestamp":"1697043223" """
            + (message.Trim() == "{}" ? "}" : "," + message.Trim()[1..]);
        return Read("messages", $$"""{"contacts":[{"profile":{"name":"Ann"},"wa_id":"97"}],"messages":[{{whole}}]}""")
            .ShouldBeOfType<MessageReceived>();
    }

    private static WhatsAppEvent Read(string field, string value)
    {
        var body = $$"""{"object":"whatsapp_business_account","entry":[{"id":"A","changes":[{"field":"{{field}}","value":{{value}}}]}]}""";
        return WebhookReader.Read(WebhookEnvelope.Split(Encoding.UTF8.GetBytes(body))!.ShouldHaveSingleItem().Body);
    }
}
