using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

public sealed class SandboxTemplateTests : IAsyncLifetime
{
    private const string Body = """{"type":"BODY","text":"Hi {{1}}, all is well.","example":{"body_text":[["Asha"]]}}""";
    private static readonly string Path = $"{SandboxHarness.Number.BusinessAccountId}/message_templates";
    private SandboxHarness _sandbox = null!;

    public static TheoryData<string, int?, string> Refused => new()
    {
        { New("Not_Lower", Body), null, "lower-case" },
        { """{"name":"a","language":"english","category":"UTILITY","components":[]}""", null, "language" },
        { """{"name":"a","language":"en_US","category":"FUN","components":[]}""", null, "category" },
        { """{"name":"a","language":"en_US","category":"UTILITY"}""", null, "components" },
        { New("a", """{"type":"FOOTER","text":"x"}"""), 2388072, "BODY" },
        { New("a", """{"type":"BODY","text":"{{1}} is first"}"""), 2388299, "start" },
        { New("a", """{"type":"BODY","text":"Last is {{1}}"}"""), 2388299, "end" },
        { New("a", """{"type":"BODY","text":"Hi {{1}} {{2}} {{3}} now"}"""), 2388293, "too many variables" },
        { New("a", """{"type":"BODY","text":"Hi {{1}}, all is well."}"""), 2388072, "example" },
        { New("a", $$"""{"type":"BODY","text":"{{new string('x', 1025)}}"}"""), 2388040, "1024" },
        { New("a", Body, """{"type":"HEADER","format":"SMELL"}"""), 2388047, "format" },
        { New("a", Body, """{"type":"HEADER","format":"IMAGE"}"""), 2388047, "header_handle" },
        { New("a", Body, """{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://example.com/a.jpg"]}}"""), 2388047, "Resumable Upload" },
        { New("a", """{"type":"BODY","text":"Hi {{2}}, all is well.","example":{"body_text":[["Asha"]]}}"""), 2388072, "without a gap" },
        { New("a", """{"type":"BODY","text":"Hi {{name}}, all is well.","example":{"body_text":[["Asha"]]}}"""), 2388072, "POSITIONAL" },
        { Offer("""{"text":"Ends soon"}""", """{"type":"URL","text":"Shop","url":"https://example.com"}""", "UTILITY"), null, "MARKETING" },
        { Offer("""{"text":"This text is too long"}""", """{"type":"URL","text":"Shop","url":"https://example.com"}"""), 2388040, "16" },
        { Offer("""{"text":"Ends soon"}""", """{"type":"QUICK_REPLY","text":"Shop"}"""), null, "type URL" },
        { Carousel(Card("IMAGE", "Shop")), null, "2 to 10" },
        { Carousel(Card("IMAGE", "Shop"), Card("VIDEO", "Shop")), null, "same components" },
        { Carousel(Card("IMAGE", "Shop"), Card("IMAGE", null)), null, "same components" },
        { New("a", Body, """{"type":"HEADER","format":"TEXT","text":"{{1}} and {{2}}"}"""), 2388047, "one variable" },
        { New("a", Body, $$"""{"type":"HEADER","format":"TEXT","text":"{{new string('x', 61)}}"}"""), 2388040, "60" },
        { New("a", Body, """{"type":"FOOTER","text":"Bye {{1}}"}"""), 2388073, "no variables" },
        { New("a", Body, """{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},{"type":"URL","text":"B","url":"https://example.com"},{"type":"QUICK_REPLY","text":"C"}]}"""), null, "grouped" },
        { New("a", Body, """{"type":"BUTTONS","buttons":[{"type":"URL","text":"B","url":"https://example.com/{{1}}/x"}]}"""), null, "at its end" },
        { New("a", Body, """{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A label of more than twenty-five"}]}"""), 2388040, "25" },
        { """{"name":"a","language":"en_US","category":"AUTHENTICATION","components":[{"type":"BODY","text":"My own"}]}""", 2388072, "fixed by Meta" },
        { New("hello_world", Body), 2388024, "already" },
    };

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Template_ThatBreaksARule_IsRefused(string template, int? subcode, string details)
    {
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Post, Path, template);

        status.ShouldBe(400);
        ((int?)json["error"]!["error_subcode"]).ShouldBe(subcode, json.ToJsonString());
        ((string)json["error"]!["error_data"]!["details"]!).ShouldContain(details);
    }

    [Fact]
    public async Task Shipped_AreReadByOurClient_PageByPage()
    {
        var all = new List<TemplateDescription>();
        string? cursor = null;
        _sandbox.Desk.FillTemplates(SandboxHarness.Number.BusinessAccountId, 600).OrThrow();
        var pages = 0;
        do
        {
            var page = (await _sandbox.Client.ListTemplatesAsync(SandboxHarness.Channel, cursor, default)).OrThrow();
            all.AddRange(page.Templates);
            cursor = page.NextCursor;
            pages++;
        }
        while (cursor is not null);

        pages.ShouldBe(3);
        all.Count.ShouldBe(608);
        all.Select(template => template.Id).Distinct().Count().ShouldBe(608);
        all[0].Name.ShouldBe("hello_world");
        all.Single(template => template.Name == "appointment_reminder").ParameterFormat.ShouldBe("NAMED");
        all.Count(template => template.Category == "AUTHENTICATION").ShouldBe(3);
    }

    [Fact]
    public async Task Page_IsOf25_WithOpaqueCursors_AndGoesBack()
    {
        _sandbox.Desk.FillTemplates(SandboxHarness.Number.BusinessAccountId, 42).OrThrow();

        var first = (await _sandbox.CallAsync(HttpMethod.Get, Path)).Json;
        first["data"]!.AsArray().Count.ShouldBe(25);
        var last = (await _sandbox.CallAsync(HttpMethod.Get, new Uri((string)first["paging"]!["next"]!).PathAndQuery)).Json;
        last["data"]!.AsArray().Count.ShouldBe(25);
        last["paging"]!["next"].ShouldBeNull();
        var again = (await _sandbox.CallAsync(HttpMethod.Get, new Uri((string)last["paging"]!["previous"]!).PathAndQuery)).Json;
        again["data"]!.ToJsonString().ShouldBe(first["data"]!.ToJsonString());
        (await _sandbox.CallAsync(HttpMethod.Get, Path + "?after=25")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("?name=hello", 1)]
    [InlineData("?category=AUTHENTICATION", 3)]
    [InlineData("?language=pt_BR", 2)]
    [InlineData("?status=REJECTED", 0)]
    [InlineData("?name_or_content=on%20its%20way", 1)]
    public async Task List_IsNarrowed(string query, int count) =>
        (await _sandbox.CallAsync(HttpMethod.Get, Path + query)).Json["data"]!.AsArray().Count.ShouldBe(count);

    [Fact]
    public async Task Fields_AreThoseThatWereAskedFor() =>
        (await _sandbox.CallAsync(HttpMethod.Get, Path + "?fields=name&limit=1")).Json["data"]![0]!.AsObject()
            .Select(field => field.Key).ShouldBe(["id", "name"], ignoreOrder: true);

    [Theory]
    [InlineData("all_well", "APPROVED")]
    [InlineData("please_reject_me", "REJECTED")]
    public async Task NewTemplate_IsPending_UntilItIsDecided(string name, string decision)
    {
        var created = (await _sandbox.CallAsync(HttpMethod.Post, Path, New(name, Body))).Json;
        ((string)created["status"]!).ShouldBe("PENDING");
        var id = (string)created["id"]!;
        ((string)(await _sandbox.CallAsync(HttpMethod.Get, id)).Json["status"]!).ShouldBe("PENDING");

        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));

        var heard = await _sandbox.ReceiveAsync();
        ((string)heard.Changes[0]["field"]!).ShouldBe("message_template_status_update");
        ((string)heard.Value["event"]!).ShouldBe(decision);
        ((long)heard.Value["message_template_id"]!).ToString().ShouldBe(id);
        (heard.Value["rejection_info"] is not null).ShouldBe(decision == "REJECTED");
        ((string)(await _sandbox.CallAsync(HttpMethod.Get, id)).Json["status"]!).ShouldBe(decision);
    }

    [Fact]
    public async Task OneTimeCodesTemplate_ComesBackWithAnAddressButton()
    {
        var created = (await _sandbox.CallAsync(HttpMethod.Post, Path,
            """{"name":"my_code","language":"en_US","category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":5},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}""")).Json;

        var components = (await _sandbox.CallAsync(HttpMethod.Get, (string)created["id"]!)).Json["components"]!;
        ((string)components[0]!["text"]!).ShouldContain("{{1}}");
        ((string)components[1]!["text"]!).ShouldBe("This code expires in 5 minutes.");
        ((string)components[2]!["buttons"]![0]!["type"]!).ShouldBe("URL");
        ((string)components[2]!["buttons"]![0]!["url"]!).ShouldContain("otp_type=COPY_CODE");
    }

    [Fact]
    public async Task Edit_IsReviewedAgain_AndLimited()
    {
        var id = (string)(await _sandbox.CallAsync(HttpMethod.Get, Path + "?name=hello_world")).Json["data"]![0]!["id"]!;
        var edit = $$"""{"components":[{{Body}}]}""";

        (await _sandbox.CallAsync(HttpMethod.Post, id, edit)).Status.ShouldBe(200);
        (await _sandbox.CallAsync(HttpMethod.Post, id, edit)).Json["error"]!["error_subcode"]!.GetValue<int>().ShouldBe(2388039);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));
        (await _sandbox.CallAsync(HttpMethod.Post, id, edit)).Status.ShouldBe(400);
        _sandbox.Time.Advance(TimeSpan.FromDays(1));
        (await _sandbox.CallAsync(HttpMethod.Post, id, edit)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Delete_TakesOneLanguage_OrAll()
    {
        var id = (string)(await _sandbox.CallAsync(HttpMethod.Get, Path + "?name=login_code&language=pt_BR")).Json["data"]![0]!["id"]!;

        (await _sandbox.CallAsync(HttpMethod.Delete, $"{Path}?name=login_code&hsm_id={id}")).Status.ShouldBe(200);
        (await _sandbox.CallAsync(HttpMethod.Get, Path + "?name=login_code")).Json["data"]!.AsArray().Count.ShouldBe(2);
        (await _sandbox.CallAsync(HttpMethod.Delete, Path + "?name=login_code")).Status.ShouldBe(200);
        (await _sandbox.CallAsync(HttpMethod.Get, Path + "?name=login_code")).Json["data"]!.AsArray().ShouldBeEmpty();
        (await _sandbox.CallAsync(HttpMethod.Delete, Path + "?name=login_code")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Account_HasALimit()
    {
        _sandbox.Desk.Behave(new JsonObject { ["template_limit"] = 8 });

        ((int)(await _sandbox.CallAsync(HttpMethod.Post, Path, New("one_more", Body))).Json["error"]!["error_subcode"]!).ShouldBe(2388019);
    }

    [Fact]
    public async Task OtherAccount_IsUnknown() =>
        ((int)(await _sandbox.CallAsync(HttpMethod.Get, $"{SandboxNumber.Shipped[1].BusinessAccountId}/message_templates")).Json["error"]!["error_subcode"]!).ShouldBe(33);

    [Fact]
    public async Task Decision_ByHand_IsTold()
    {
        var id = (string)(await _sandbox.CallAsync(HttpMethod.Get, Path + "?name=hello_world")).Json["data"]![0]!["id"]!;

        await _sandbox.ControlAsync(HttpMethod.Post, $"templates/{id}/decide", new { status = "paused", reason = "NONE" });

        ((string)(await _sandbox.ReceiveAsync()).Value["event"]!).ShouldBe("PAUSED");
    }

    private static string Offer(string offer, string button, string category = "MARKETING") =>
        New("a", Body, $$"""{"type":"LIMITED_TIME_OFFER","limited_time_offer":{{offer}}}""", $$"""{"type":"BUTTONS","buttons":[{{button}}]}""")
            .Replace("UTILITY", category, StringComparison.Ordinal);

    private static string Card(string format, string? button) =>
        $$$"""{"components":[{"type":"HEADER","format":"{{{format}}}","example":{"header_handle":["4::x"]}}{{{(button is null ? "" : $$""",{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"{{button}}"}]}""")}}}]}""";

    private static string Carousel(params string[] cards) => New("a", Body, $$"""{"type":"CAROUSEL","cards":[{{string.Join(',', cards)}}]}""")
        .Replace("UTILITY", "MARKETING", StringComparison.Ordinal);

    private static string New(string name, params string[] components) =>
        $$"""{"name":"{{name}}","language":"en_US","category":"UTILITY","components":[{{string.Join(',', components)}}]}""";
}
