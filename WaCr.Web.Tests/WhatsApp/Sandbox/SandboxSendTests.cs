using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>What may be sent, and with which code the rest is refused. Bodies that our client never writes go out raw.</summary>
public sealed class SandboxSendTests : IAsyncLifetime
{
    private const string To = """ "messaging_product":"whatsapp","to":"+15551234567" """;
    private SandboxHarness _sandbox = null!;

    public static TheoryData<string, int, string> Refused => new()
    {
        { "[]", 100, "JSON object" },
        { """{"to":"+15551234567","type":"text","text":{"body":"x"}}""", 100, "messaging_product is required" },
        { """{"messaging_product":"sms","to":"+15551234567","type":"text","text":{"body":"x"}}""", 100, "messaging_product" },
        { """{"messaging_product":"whatsapp","type":"text","text":{"body":"x"}}""", 100, "to is required" },
        { """{"messaging_product":"whatsapp","to":"hello","type":"text","text":{"body":"x"}}""", 131009, "phone number" },
        { """{"messaging_product":"whatsapp","to":"US.13491208655302741918","type":"text","text":{"body":"x"}}""", 131009, "recipient" },
        { """{"messaging_product":"whatsapp","recipient":"nobody","type":"text","text":{"body":"x"}}""", 131009, "user id" },
        { """{"messaging_product":"whatsapp","recipient":"US.13491208655302741918","type":"text","text":{"body":"x"}}""", 131009, "nobody who is known" },
        { """{"messaging_product":"whatsapp","to":"+15550783881","type":"text","text":{"body":"x"}}""", 131021, "same" },
        { $$$$"""{{{{{To}}}},"recipient_type":"crowd","type":"text","text":{"body":"x"}}""", 100, "recipient_type" },
        { $$$$"""{{{{{To}}}},"type":"telegram"}""", 100, "telegram" },
        { $$$$"""{{{{{To}}}},"type":"text"}""", 131008, "text" },
        { $$$$"""{{{{{To}}}},"type":"text","text":{"body":""}}""", 131008, "text.body" },
        { $$$$"""{{{{{To}}}},"type":"text","text":{"body":"{{{{new string('x', 4097)}}}}"}}""", 100, "4096" },
        { $$$$"""{{{{{To}}}},"type":"text","context":{},"text":{"body":"x"}}""", 131008, "context" },
        { $$$$"""{{{{{To}}}},"biz_opaque_callback_data":"{{{{new string('x', 513)}}}}","type":"text","text":{"body":"x"}}""", 100, "512" },
        { $$$$"""{{{{{To}}}},"type":"image","image":{}}""", 131008, "image.id or image.link" },
        { $$$$"""{{{{{To}}}},"type":"image","image":{"id":"1","link":"https://example.com/a.jpg"}}""", 131009, "Only one" },
        { $$$$"""{{{{{To}}}},"type":"image","image":{"id":"1"}}""", 100, "media attachment ID" },
        { $$$$"""{{{{{To}}}},"type":"image","image":{"link":"ftp://example.com/a.jpg"}}""", 100, "URI" },
        { $$$$"""{{{{{To}}}},"type":"image","image":{"link":"https://example.com/a.jpg","filename":"a.jpg"}}""", 100, "filename" },
        { $$$$"""{{{{{To}}}},"type":"image","image":{"link":"https://example.com/a.jpg","caption":"{{{{new string('x', 1025)}}}}"}}""", 100, "1024" },
        { $$$$"""{{{{{To}}}},"type":"audio","audio":{"link":"https://example.com/a.mp3","caption":"x"}}""", 100, "caption" },
        { $$$$"""{{{{{To}}}},"type":"location","location":{"latitude":91,"longitude":0}}""", 131009, "latitude" },
        { $$$$"""{{{{{To}}}},"type":"location","location":{"latitude":9}}""", 131008, "longitude" },
        { $$$$"""{{{{{To}}}},"type":"contacts","contacts":[{}]}""", 131008, "formatted_name" },
        { $$$$"""{{{{{To}}}},"type":"reaction","reaction":{"emoji":"👍"}}""", 131008, "message_id" },
        { $$$$"""{{{{{To}}}},"type":"reaction","reaction":{"message_id":"wamid.unknown","emoji":"👍"}}""", 131009, "30 days" },
        { $$$$"""{{{{{To}}}},"type":"reaction","context":{"message_id":"wamid.x"},"reaction":{"message_id":"wamid.x","emoji":"👍"}}""", 100, "context" },
        { $$$$"""{{{{{To}}}},"type":"audio","audio":{"link":"https://example.com/a.ogg","voice":"yes"}}""", 100, "voice" },
        { Interactive("""{"type":"location_request_message","action":{"name":"send_location"}}"""), 131008, "Body text" },
        { Interactive("""{"type":"location_request_message","body":{"text":"x"},"action":{}}"""), 131008, "send_location" },
        { Interactive("""{"type":"location_request_message","body":{"text":"x"},"footer":{"text":"x"},"action":{"name":"send_location"}}"""), 100, "footer" },
        { Interactive("""{"type":"button","body":{"text":"x"},"action":{"buttons":[]}}"""), 131009, "buttons count" },
        { Interactive($$$$"""{"type":"button","body":{"text":"x"},"action":{"buttons":[{{{{Button("a", "A")}}}},{{{{Button("b", "B")}}}},{{{{Button("c", "C")}}}},{{{{Button("d", "D")}}}}]}}"""), 131009, "buttons count" },
        { Interactive($$$$"""{"type":"button","body":{"text":"x"},"action":{"buttons":[{{{{Button("a", new string('x', 21))}}}}]}}"""), 131009, "Max length: 20" },
        { Interactive($$$$"""{"type":"button","body":{"text":"x"},"action":{"buttons":[{{{{Button("a", "A")}}}},{{{{Button("a", "B")}}}}]}}"""), 131009, "used twice" },
        { Interactive($$$$"""{"type":"button","body":{"text":"x"},"action":{"buttons":[{{{{Button("a", "A")}}}},{{{{Button("b", "A")}}}}]}}"""), 131009, "used twice" },
        { Interactive($$$$"""{"type":"button","action":{"buttons":[{{{{Button("a", "A")}}}}]}}"""), 131008, "Body text" },
        { Interactive($$$$"""{"type":"button","body":{"text":"x"},"footer":{"text":"{{{{new string('x', 61)}}}}"},"action":{"buttons":[{{{{Button("a", "A")}}}}]}}"""), 131009, "Footer text" },
        { Interactive($$$$"""{"type":"list","header":{"type":"image","image":{"id":"1"}},"body":{"text":"x"},"action":{"button":"Go","sections":[{"rows":[{"id":"a","title":"A"}]}]}}"""), 131009, "Header of a list" },
        { Interactive($$$$"""{"type":"list","body":{"text":"x"},"action":{"button":"Go","sections":[{"rows":[{{{{Rows(11)}}}}]}]}}"""), 131009, "Total row count" },
        { Interactive($$$$"""{"type":"list","body":{"text":"x"},"action":{"button":"Go","sections":[{"rows":[{{{{Rows(1)}}}}]},{"rows":[{"id":"z","title":"Z"}]}]}}"""), 131008, "section title" },
        { Interactive($$$$"""{"type":"list","body":{"text":"x"},"action":{"button":"Go","sections":[{"rows":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}]}}"""), 131009, "used twice" },
        { Interactive($$$$"""{"type":"list","body":{"text":"x"},"action":{"button":"{{{{new string('x', 21)}}}}","sections":[{"rows":[{{{{Rows(1)}}}}]}]}}"""), 131009, "Button label" },
        { Interactive($$$$"""{"type":"list","body":{"text":"x"},"action":{"button":"Go","sections":[{"rows":[{"id":"a","title":"A","description":"{{{{new string('x', 73)}}}}"}]}]}}"""), 131009, "Row description" },
        { Interactive("""{"type":"cta_url","body":{"text":"x"},"action":{"name":"cta_url","parameters":{"display_text":"Go","url":"nowhere"}}}"""), 131009, "url" },
        { Interactive("""{"type":"riddle","body":{"text":"x"}}"""), 131009, "riddle" },
        { Template("no_such_template", "[]"), 132001, "no_such_template) does not exist in en_US" },
        { Template("seasonal_offer", """[{"type":"body","parameters":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}]"""), 132012, "expected IMAGE" },
        { Template("order_update", """[{"type":"body","parameters":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}]"""), 132000, "header" },
        { Order("""{"type":"body","parameters":[{"type":"text","text":"A"}]}""", Track), 132000, "(1) does not match the expected number of params (2)" },
        { Order(OrderBody, ""), 131008, "Button at index 0 of type Url requires a parameter" },
        { Order(OrderBody, """{"type":"button","sub_type":"phone_number","index":"1","parameters":[]}"""), 100, "sub_type" },
        { Order(OrderBody, """{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"x"}]}"""), 132012, "is of type URL" },
        { Order(OrderBody, """{"type":"button","sub_type":"url","index":"7","parameters":[{"type":"text","text":"x"}]}"""), 132012, "no button at index 7" },
        { Order("""{"type":"body","parameters":[{"type":"image","image":{"id":"1"}},{"type":"text","text":"B"}]}""", Track), 132012, "expected TEXT" },
        { Order("""{"type":"body","parameters":[{"type":"text","text":"A\nB"},{"type":"text","text":"B"}]}""", Track), 100, "new-line" },
        { Order($$$$"""{"type":"body","parameters":[{"type":"text","text":"{{{{new string('x', 1024)}}}}"},{"type":"text","text":"B"}]}""", Track), 132005, "longer than 1024" },
        { Template("appointment_reminder", """[{"type":"header","parameters":[{"type":"text","text":"Asha"}]}]"""), 100, "Parameter name is missing or empty" },
        { Template("appointment_reminder", """[{"type":"header","parameters":[{"type":"text","parameter_name":"colour","text":"Asha"}]}]"""), 100, "colour" },
        { Template("login_code", """[{"type":"body","parameters":[{"type":"text","text":"123456"}]}]"""), 131008, "of type Url requires a parameter" },
        { Template("login_code", $$$$"""[{"type":"body","parameters":[{"type":"text","text":"{{{{new string('1', 16)}}}}"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}]"""), 132018, "15" },
        { $$$$"""{{{{{To}}}},"type":"template","template":{"language":{"code":"en_US"}}}""", 131008, "name" },
        { $$$$"""{{{{{To}}}},"type":"template","template":{"name":"hello_world"}}""", 131008, "language" },
        { """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.unknown"}""", 131009, "message_id" },
        { """{"messaging_product":"whatsapp","status":"deleted","message_id":"wamid.unknown"}""", 100, "status" },
    };

    private const string OrderBody = """{"type":"body","parameters":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}""";
    private const string Track = """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}""";

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Body_ThatBreaksARule_IsRefusedWithItsCode(string body, int code, string details)
    {
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/messages", body);

        ((int)json["error"]!["code"]!).ShouldBe(code, json.ToJsonString());
        ((string)json["error"]!["error_data"]!["details"]!).ShouldContain(details);
        status.ShouldBe(code == 132001 ? 404 : 400);
    }

    [Theory]
    [InlineData("v19.0/")]
    [InlineData("v26.0/")]
    [InlineData("")]
    public async Task Send_UnderAnyVersion_IsTaken(string version)
    {
        var (status, json, _) = await _sandbox.CallAsync(
            HttpMethod.Post, $"/sandbox/graph/{version}{SandboxHarness.Number.PhoneNumberId}/messages", """{"messaging_product":"whatsapp","to":"+15551234567","text":{"body":"x"}}""");

        status.ShouldBe(200);
        ((string)json["contacts"]![0]!["input"]!).ShouldBe("+15551234567");
        ((string)json["messages"]![0]!["id"]!).ShouldStartWith("wamid.");
    }

    [Fact]
    public async Task Body_ThatIsNoJson_IsRefused() =>
        ((int)(await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/messages", "{")).Json["error"]!["code"]!).ShouldBe(100);

    [Theory]
    [InlineData("5511987654321", "551187654321")]
    [InlineData("525512345678", "5215512345678")]
    [InlineData("541123456789", "5491123456789")]
    [InlineData("919587422369", "919587422369")]
    public async Task Recipient_IsReportedAsWhatsAppKnowsThem(string phone, string waId) =>
        (await SendAsync(new TextContent("Oi"), phone)).WaId.ShouldBe(waId);

    [Fact]
    public async Task OurClient_SendsEveryKind()
    {
        using var file = new MemoryStream([1, 2, 3]);
        var id = (await _sandbox.Client.UploadMediaAsync(SandboxHarness.Channel, new(file, "image/jpeg", "a.jpg"), default)).OrThrow();

        _sandbox.Phone.Write(new(null, "15551234567"), "Hello").OrThrow();
        await SendAsync(new TextContent("Hi"));
        await SendAsync(new MediaContent(MediaKind.Image, MediaSource.Uploaded(id), "caption"));
        await SendAsync(new MediaContent(MediaKind.Document, MediaSource.At(new("https://example.com/a.pdf")), "caption", "a.pdf"));
        await SendAsync(new MediaContent(MediaKind.Audio, MediaSource.At(new("https://example.com/a.mp3"))));
        await SendAsync(new ButtonsContent("Sure?", [new("yes", "Yes"), new("no", "No")], "Order", "Shop"));
        await SendAsync(new ListContent("Pick", "Options", [new("Main", [new("r1", "First", "One"), new("r2", "Second")])]));
        await SendAsync(new LocationContent(22.3m, 73.1m, "Shop"));
        await SendAsync(new ContactsContent([new("Ben Stone", "Ben", "Stone", null, [new("+44 7700 900321", null, "CELL")], [])]));
        await SendAsync(new LinkContent("See it", "Open", new("https://example.com")));
        await SendAsync(new TemplateContent("hello_world", "en_US"));
        await SendAsync(new TemplateContent(
            "seasonal_offer", "en_US", new TemplateMediaHeader(MediaKind.Image, MediaSource.Uploaded(id)), [new("Asha"), new("20%")],
            [new(0, TemplateButtonKind.QuickReply, "SHOW"), new(2, TemplateButtonKind.Url, "new")]));
        await SendAsync(new TemplateContent(
            "appointment_reminder", "en_US", new TemplateTextHeader(new("Asha", "first_name")), [new("Asha", "first_name"), new("Monday", "day"), new("10", "time")]));
        await SendAsync(TestTemplates.OneTimeCode("login_code", "123456"));

        _sandbox.Desk.Messages("15551234567", 20).Select(message => message.Text).ShouldContain("Hi Asha, our new collection is here: 20% off everything until Sunday.");
        _sandbox.Desk.Advance(TimeSpan.FromSeconds(5)).OrThrow();
        _sandbox.Desk.Messages("15551234567", 20).Where(message => !message.FromCustomer)
            .Select(message => (message.Type, message.Status is SandboxStatus.Delivered or SandboxStatus.Read))
            .ShouldAllBe(message => message.Item2);
    }

    [Fact]
    public async Task OneTimeCode_ToSomebodyWithoutAPhone_IsRefused()
    {
        _sandbox.Phone.ChangeProfile(new(null, "15557654321"), "Nia", "@nia").OrThrow();
        var person = _sandbox.World.Do(() => _sandbox.World.People.UserIdOf(_sandbox.World.People.Find("15557654321")!, SandboxHarness.Number.BusinessAccountId));

        (await SendAsync(new TextContent("Hi"), Recipient.ByUserId(person))).ShouldSatisfyAllConditions(
            accepted => accepted.WaId.ShouldBeNull(),
            accepted => accepted.UserId.ShouldBe(person));
        var refused = (await _sandbox.Client.SendAsync(
            SandboxHarness.Channel, new(Recipient.ByUserId(person), TestTemplates.OneTimeCode("login_code", "1"), "r"), default)).Error;
        refused.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131062);
    }

    [Fact]
    public async Task PausedTemplate_IsRefused()
    {
        foreach (var (status, code) in new[] { ("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001) })
        {
            var id = _sandbox.World.Templates.Find(SandboxHarness.Number.BusinessAccountId, "hello_world", "en_US")!.Id;
            _sandbox.Desk.DecideTemplate(id, status, null).OrThrow();

            (await RefusedAsync(new TemplateContent("hello_world", "en_US"))).Code.ShouldBe(code);
        }
    }

    [Fact]
    public async Task TestNumber_RefusesWhoIsNotOnItsList()
    {
        _sandbox.Desk.PutNumber(SandboxHarness.Number with { AllowedRecipients = ["+1 555 123 4567"] });

        await SendAsync(new TextContent("Hi"));
        (await RefusedAsync(new TextContent("Hi"), "15557654321")).Code.ShouldBe(131030);
    }

    [Fact]
    public async Task Token_WrongExpiredOrWithoutPermission_IsToldApart()
    {
        (await RefusedAsync(new TextContent("Hi"), channel: SandboxHarness.Channel with { AccessToken = "other" }))
            .Kind.ShouldBe(GraphErrorKind.CredentialRefused);
        (await RefusedAsync(new TextContent("Hi"), channel: SandboxHarness.Channel with { AccessToken = SandboxNumber.Shipped[1].AccessToken })).Code.ShouldBe(100);

        _sandbox.Desk.SetToken(SandboxHarness.Number.PhoneNumberId, SandboxTokenState.Expired).OrThrow();
        (await RefusedAsync(new TextContent("Hi"))).Code.ShouldBe(190);
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Get, SandboxHarness.Number.PhoneNumberId);
        status.ShouldBe(401);
        ((int)json["error"]!["error_subcode"]!).ShouldBe(463);

        _sandbox.Desk.SetToken(SandboxHarness.Number.PhoneNumberId, SandboxTokenState.WithoutPermission).OrThrow();
        (await RefusedAsync(new TextContent("Hi"))).Kind.ShouldBe(GraphErrorKind.PermissionMissing);
    }

    [Fact]
    public async Task Pair_MayBurst_ThenOneInSixSeconds()
    {
        _sandbox.Desk.Behave(new JsonObject { ["pair_rate"] = true });
        for (var sent = 0; sent < 45; sent++)
        {
            await SendAsync(new TextContent("Hi"));
        }

        var body = """{"messaging_product":"whatsapp","to":"+15551234567","text":{"body":"x"}}""";
        ((int)(await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/messages", body)).Json["error"]!["code"]!).ShouldBe(131056);
        await SendAsync(new TextContent("Hi"), "15557654321");

        _sandbox.Time.Advance(TimeSpan.FromSeconds(6));
        await SendAsync(new TextContent("Hi"));
    }

    [Fact]
    public async Task Throughput_IsCountedASecondAtATime()
    {
        _sandbox.Desk.Behave(new JsonObject { ["messages_per_second"] = 2 });
        var body = """{"messaging_product":"whatsapp","to":"+15551234567","text":{"body":"x"}}""";
        Task<(int Status, JsonNode Json, HttpResponseMessage Answer)> PostAsync() => _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/messages", body);

        (await PostAsync()).Status.ShouldBe(200);
        (await PostAsync()).Status.ShouldBe(200);
        var (status, json, answer) = await PostAsync();
        status.ShouldBe(429);
        ((int)json["error"]!["code"]!).ShouldBe(130429);
        answer.Headers.Contains("X-Business-Use-Case-Usage").ShouldBeTrue();

        _sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        (await PostAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SameSeedAndCalls_GiveTheSameIds()
    {
        await using var twin = await SandboxHarness.StartAsync();

        var mine = await SendAsync(new TextContent("Hi"));
        var theirs = (await twin.Client.SendAsync(SandboxHarness.Channel, new(Recipient.ByPhone("15551234567"), new TextContent("Hi"), "r"), default)).OrThrow();

        theirs.MessageId.ShouldBe(mine.MessageId);
    }

    private Task<AcceptedMessage> SendAsync(OutboundContent content, string phone = "15551234567") => SendAsync(content, Recipient.ByPhone(phone));

    private async Task<AcceptedMessage> SendAsync(OutboundContent content, Recipient to) =>
        (await _sandbox.Client.SendAsync(SandboxHarness.Channel, new(to, content, "ref-1"), default)).OrThrow();

    private async Task<WhatsAppRefused> RefusedAsync(OutboundContent content, string phone = "15551234567", WhatsAppChannel? channel = null) =>
        (await _sandbox.Client.SendAsync(channel ?? SandboxHarness.Channel, new(Recipient.ByPhone(phone), content, "ref-1"), default))
            .Error.ShouldBeOfType<WhatsAppRefused>();

    private static string Interactive(string interactive) => $$$$"""{{{{{To}}}},"type":"interactive","interactive":{{{{interactive}}}}}""";

    private static string Template(string name, string components) =>
        $$$$"""{{{{{To}}}},"type":"template","template":{"name":"{{{{name}}}}","language":{"code":"en_US"},"components":{{{{components}}}}}}""";

    private static string Order(string body, string button) => Template(
        "order_update", $$$$"""[{"type":"header","parameters":[{"type":"text","text":"1"}]},{{{{string.Join(',', new[] { body, button }.Where(part => part.Length > 0))}}}}]""");

    private static string Button(string id, string title) => $$$$"""{"type":"reply","reply":{"id":"{{{{id}}}}","title":"{{{{title}}}}"}}""";

    private static string Rows(int count) => string.Join(',', Enumerable.Range(1, count).Select(index => $$$$"""{"id":"r{{{{index}}}}","title":"Row {{{{index}}}}"}"""));
}
