using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>Calls about numbers, accounts and sets of templates that managing clients make and the product does not.</summary>
public sealed class SandboxNumberTests : IAsyncLifetime
{
    private static readonly string Id = SandboxHarness.Number.PhoneNumberId;
    private static readonly string Account = SandboxHarness.Number.BusinessAccountId;

    private SandboxHarness _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Username_IsSetReadAndDeleted_AndBelongsToOneNumber()
    {
        (await PostAsync($"{Id}/username", """{"username":"riverside.shop"}""")).Status.ShouldBe(200);
        (await GetAsync($"{Id}/username"))["username"].Text().ShouldBe("riverside.shop");
        var other = SandboxNumber.Shipped[1];
        (await _sandbox.CallAsync(HttpMethod.Post, $"{other.PhoneNumberId}/username", """{"username":"riverside.shop"}""", other.AccessToken))
            .Status.ShouldBe(400);
        (await _sandbox.CallAsync(HttpMethod.Delete, $"{Id}/username")).Status.ShouldBe(200);
        (await GetAsync($"{Id}/username"))["username"].ShouldBeNull();
        (await GetAsync($"{Id}/username_suggestions"))["data"]![0]!["username_suggestions"]![0].Text().ShouldBe("riversidetrading");
    }

    [Theory]
    [InlineData("""{"username":"ab"}""")]
    [InlineData("""{"username":"Ann"}""")]
    [InlineData("""{"username":"1234"}""")]
    [InlineData("{}")]
    public async Task Username_OutsideItsForm_IsRefused(string body)
    {
        var (status, json, _) = await PostAsync($"{Id}/username", body);

        (status, json["error"]!["code"]!.GetValue<int>()).ShouldBe((400, 100));
        json["error"]!["message"].Text()!.ShouldStartWith("(#100) Param username");
    }

    [Fact]
    public async Task OpenersAndCommands_AreReadWithTheNumber()
    {
        (await PostAsync($"{Id}/conversational_automation",
            """{"prompts":["Opening hours"],"commands":"[{\"command_name\":\"help\",\"command_description\":\"What can I ask?\"}]"}""")).Status.ShouldBe(200);

        var number = await GetAsync($"{Id}?fields=conversational_automation");
        number["conversational_automation"]!["prompts"]![0].Text().ShouldBe("Opening hours");
        number["conversational_automation"]!["commands"]![0]!["command_name"].Text().ShouldBe("help");
        (await GetAsync(Id)).AsObject().ShouldNotContainKey("conversational_automation");
        (await PostAsync($"{Id}/conversational_automation", """{"prompts":["1","2","3","4","5"]}""")).Status.ShouldBe(400);
        (await PostAsync($"{Id}/conversational_automation", """{"commands":[{"command_name":"help"}]}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task TheCataloguesSwitches_ChangeOneByOne()
    {
        (await _sandbox.CallAsync(HttpMethod.Post, $"{Id}/whatsapp_commerce_settings?is_cart_enabled=false")).Status.ShouldBe(200);

        var settings = (await GetAsync($"{Id}/whatsapp_commerce_settings"))["data"]![0]!;
        (settings["is_cart_enabled"]!.GetValue<bool>(), settings["is_catalog_visible"]!.GetValue<bool>()).ShouldBe((false, false));
    }

    [Fact]
    public async Task AnAppsToken_OpensWhatTheAppMay()
    {
        var app = GraphSamples.AppOf(SandboxHarness.Number);
        var asked = $$"""{"grant_type":"client_credentials","client_id":"{{app}}","client_secret":"{{SandboxHarness.Number.AppSecret}}"}""";
        var token = (await PostAsync("oauth/access_token", asked)).Json["access_token"].Text()!;
        (await GetAsync($"oauth/access_token?grant_type=client_credentials&client_id={app}&client_secret={SandboxHarness.Number.AppSecret}"))
            ["access_token"].Text().ShouldBe(token);

        // The fields may come as a list, as one written as text, or with commas in between.
        foreach (var fields in new[] { """["messages","security"]""", "\"[\\\"messages\\\",\\\"security\\\"]\"", "\"messages,security\"" })
        {
            var hook = $$"""{"object":"whatsapp_business_account","callback_url":"{{new Uri(_sandbox.Address, "/hook")}}","verify_token":"{{SandboxHarness.Number.VerifyToken}}","fields":{{fields}}}""";
            (await _sandbox.CallAsync(HttpMethod.Post, $"{app}/subscriptions", hook, token)).Status.ShouldBe(200);
            var (_, webhooks, _) = await _sandbox.CallAsync(HttpMethod.Get, $"{app}/subscriptions", token: token);
            webhooks["data"]![0]!["fields"]!.AsArray().Select(field => field!["name"].Text()).ShouldBe(["messages", "security"]);
        }

        (await _sandbox.CallAsync(HttpMethod.Delete, $"{app}/subscriptions", """{"object":"whatsapp_business_account"}""", token)).Status.ShouldBe(200);
        (await _sandbox.CallAsync(HttpMethod.Get, $"{app}/subscriptions", token: token)).Json["data"]!.AsArray().ShouldBeEmpty();
        (await PostAsync("oauth/access_token", """{"grant_type":"client_credentials","client_id":"1","client_secret":"wrong"}""")).Json["error"]!["code"]!
            .GetValue<int>().ShouldBe(101);
    }

    [Fact]
    public async Task ASignUpsCode_IsExchangedForTheBusinessesToken()
    {
        var app = GraphSamples.AppOf(SandboxHarness.Number);

        (await GetAsync($"oauth/access_token?client_id={app}&client_secret={SandboxHarness.Number.AppSecret}&code=AQB"))["access_token"].Text()
            .ShouldBe(SandboxHarness.Number.AccessToken);
    }

    [Fact]
    public async Task ANumber_IsAddedToItsAccount_AndSendsOnceItIsRegistered()
    {
        var (status, json, _) = await PostAsync($"{Account}/phone_numbers", """{"cc":"1","phone_number":"2025550177","verified_name":"Second"}""");
        status.ShouldBe(200);
        var added = json["id"].Text()!;

        (await GetAsync($"{Account}/phone_numbers"))["data"]!.AsArray().Select(number => number!["id"].Text()).ShouldBe([Id, added]);
        const string send = """{"messaging_product":"whatsapp","to":"12025550143","type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}""";
        (await PostAsync($"{added}/messages", send)).Json["error"]!["code"]!.GetValue<int>().ShouldBe(133010);
        (await PostAsync($"{added}/register", """{"messaging_product":"whatsapp","pin":"123456"}""")).Status.ShouldBe(200);
        (await PostAsync($"{added}/messages", send)).Status.ShouldBe(200);
        (await PostAsync($"{Account}/phone_numbers", """{"cc":"1","phone_number":"2025550177","verified_name":"Third"}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task APortfolio_ListsItsAccounts()
    {
        (await GetAsync($"3{Account}/owned_whatsapp_business_accounts?fields=name"))["data"]!.AsArray().ShouldHaveSingleItem()!["id"].Text()
            .ShouldBe(Account);
        (await GetAsync($"3{Account}/client_whatsapp_business_accounts"))["data"]!.AsArray().ShouldBeEmpty();
        (await _sandbox.CallAsync(HttpMethod.Get, "3999/owned_whatsapp_business_accounts")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task ACodesTemplate_InManyLanguages_IsMadeOrReplaced_OrNoneIs()
    {
        const string parts = """[{"type":"BODY","add_security_recommendation":ADVICE},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]""";
        string Ask(string languages, string advice) =>
            $$"""{"name":"my_code","category":"AUTHENTICATION","languages":{{languages}},"components":{{parts.Replace("ADVICE", advice, StringComparison.Ordinal)}}}""";
        var made = (await PostAsync($"{Account}/upsert_message_templates", Ask("""["en_US","es"]""", "false"))).Json["data"]!.AsArray();
        made.Select(one => one!["language"].Text()).ShouldBe(["en_US", "es"]);

        var replaced = (await PostAsync($"{Account}/upsert_message_templates", Ask("""["es","fr"]""", "true"))).Json["data"]!.AsArray();
        replaced[0]!["id"].Text().ShouldBe(made[1]!["id"].Text());
        (await GetAsync(made[1]!["id"].Text()!))["components"]![0]!["text"].Text()!.ShouldContain("do not share");
        (await GetAsync(made[0]!["id"].Text()!))["components"]![0]!["text"].Text()!.ShouldNotContain("do not share");

        (await PostAsync($"{Account}/upsert_message_templates", Ask("""["de","not a language"]""", "true"))).Status.ShouldBe(400);
        (await GetAsync($"{Account}/message_templates?name=my_code"))["data"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task TemplatesCompared_TellHowOftenEachWasSent()
    {
        var sent = await TemplateIdAsync("hello_world");
        var other = await TemplateIdAsync("seasonal_offer");
        (await PostAsync($"{Id}/messages",
            """{"messaging_product":"whatsapp","to":"12025550143","type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}""")).Status.ShouldBe(200);
        var now = _sandbox.Time.GetUtcNow().ToUnixTimeSeconds();

        var metrics = (await GetAsync($"{sent}/compare?template_ids={other}&start={now - 60}&end={now + 60}"))["data"]!.AsArray();
        metrics.Single(one => one!["metric"].Text() == "MESSAGE_SENDS")!["number_values"]!.AsArray()
            .Select(one => one!["value"]!.GetValue<int>()).ShouldBe([1, 0]);
        (await _sandbox.CallAsync(HttpMethod.Get, $"{sent}/compare?template_ids={other}&start={now}&end={now}")).Status.ShouldBe(400);
        (await _sandbox.CallAsync(HttpMethod.Get, $"{sent}/compare?template_ids=1&start=1&end=2")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task ABodyWrittenTwice_IsReadAsTheObjectThatItHolds()
    {
        (await PostAsync($"{Id}/username", """ "{\"username\":\"riverside\"}" """)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ProductCards_NeedTheirProductWhenSent()
    {
        const string card = """{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}""";
        (await PostAsync($"{Account}/message_templates",
            $$"""{"name":"goods","language":"en_US","category":"MARKETING","components":[{"type":"BODY","text":"New goods are here."},{"type":"CAROUSEL","cards":[{{card}},{{card}}]}]}"""))
            .Status.ShouldBe(200);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));
        await _sandbox.ReceiveAsync();
        string Send(string header)
        {
            string Card(int index) => $$"""{"card_index":{{index}},"components":[{"type":"header","parameters":[{{header}}]}]}""";
            return $$$"""{"messaging_product":"whatsapp","to":"12025550143","type":"template","template":{"name":"goods","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{{{Card(0)}}},{{{Card(1)}}}]}]}}""";
        }

        var withoutCatalogue = await PostAsync($"{Id}/messages", Send("""{"type":"product","product":{"product_retailer_id":"sku-1"}}"""));
        withoutCatalogue.Json["error"]!["code"]!.GetValue<int>().ShouldBe(132012);
        (await PostAsync($"{Id}/messages", Send("""{"type":"product","product":{"product_retailer_id":"sku-1","catalog_id":"7"}}"""))).Status.ShouldBe(200);
    }

    private async Task<string> TemplateIdAsync(string name) =>
        (await GetAsync($"{Account}/message_templates?name={name}"))["data"]![0]!["id"].Text()!;

    private async Task<JsonNode> GetAsync(string path)
    {
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Get, path);
        status.ShouldBe(200, json.ToJsonString());
        return json;
    }

    private async Task<(int Status, JsonNode Json, HttpResponseMessage Answer)> PostAsync(string path, string json) =>
        await _sandbox.CallAsync(HttpMethod.Post, path, json);
}
