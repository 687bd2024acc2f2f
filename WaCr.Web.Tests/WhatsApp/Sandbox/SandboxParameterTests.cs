using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>What clients of others send and read: parameters in any form, and the calls about a number's profile, settings and QR
/// codes.</summary>
public sealed class SandboxParameterTests : IAsyncLifetime
{
    private static readonly string Id = SandboxHarness.Number.PhoneNumberId;

    private SandboxHarness _sandbox = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxHarness.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_sandbox.Address, "/sandbox/graph/v25.0/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxHarness.Number.AccessToken);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","to":12025550143,"type":"text","text":{"body":4711}}""", "4711")]
    [InlineData("""{"messaging_product":"whatsapp","to":"12025550143","type":"contacts","contacts":"[{\"name\":{\"formatted_name\":\"Ann\",\"first_name\":\"Ann\"},\"phones\":[{\"phone\":\"1\"}]}]"}""", "Ann")]
    [InlineData("""{"messaging_product":"whatsapp","to":"12025550143","type":"interactive","interactive":{"type":"button","body":{"text":"Well?"},"action":"{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"1\",\"title\":\"Yes\"}}]}"}}""", "Well?")]
    [InlineData("""{"messaging_product":"whatsapp","to":"12025550143","type":"interactive","interactive":{"type":"list","body":{"text":"Choose"},"action":{"button":"Open","sections":[{"rows":[{"id":1,"title":"First"}]}]}}}""", "Choose")]
    [InlineData("""{"messaging_product":"whatsapp","to":"12025550143","type":"text","text":{"body":"{\"not\":\"parsed\"}"}}""", """{"not":"parsed"}""")]
    public async Task ASend_TakesNumbersForTextsAndTextsForStructures(string body, string shown)
    {
        await SentAsync(new StringContent(body, Encoding.UTF8, "application/json"), "messages", shown);
    }

    [Fact]
    public async Task ASend_MayComeAsAForm_OrInTheQuery()
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["messaging_product"] = "whatsapp",
            ["to"] = "12025550143",
            ["type"] = "text",
            ["text"] = """{"body":"By form"}""",
        };
        await SentAsync(new FormUrlEncodedContent(parameters), "messages", "By form");
        await SentAsync(null, "messages?messaging_product=whatsapp&to=12025550143&type=text&text=%7B%22body%22%3A%22By+query%22%7D", "By query");
        await SentAsync(new StringContent("""{"text":"{\"body\":\"Both\"}","type":"text"}""", Encoding.UTF8, "application/json"),
            "messages?messaging_product=whatsapp&to=12025550143", "Both");
    }

    [Fact]
    public async Task AnUpload_MayNameTheProductInTheQuery()
    {
        using var file = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var form = new MultipartFormDataContent { { file, "file", "a.png" } };

        var answer = await _http.PostAsync(new Uri($"{Id}/media?messaging_product=whatsapp", UriKind.Relative), form);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ProfileSettingsAndQrCodes_AreSetAndRead()
    {
        await PostAsync("whatsapp_business_profile", """{"messaging_product":"whatsapp","about":"Open till six","websites":["https://example.com"]}""");
        var profile = await GetAsync("whatsapp_business_profile?fields=about,websites");
        profile["data"]![0]!["about"]!.ToString().ShouldBe("Open till six");
        profile["data"]![0]!["vertical"].ShouldBeNull();
        await PostAsync("settings", """{"calling":{"status":"ENABLED"}}""");
        (await GetAsync("settings"))["calling"]!["status"]!.ToString().ShouldBe("ENABLED");
        await PostAsync("request_code", """{"code_method":"SMS","language":"en_US"}""");
        await PostAsync("verify_code", """{"code":"123456"}""");
        await PostAsync("", """{"pin":"123456"}""");

        var code = (await PostAsync("message_qrdls", """{"prefilled_message":"Hi","generate_qr_image":"PNG"}"""))["code"]!.ToString();
        await PostAsync($"message_qrdls/{code}", """{"prefilled_message":"Hello"}""");
        (await GetAsync("message_qrdls"))["data"]!.AsArray().Select(one => one!["prefilled_message"]!.ToString()).ShouldBe(["Hello"]);
        (await GetAsync($"message_qrdls/{code}"))["data"]![0]!["deep_link_url"]!.ToString().ShouldEndWith(code);
        (await _http.DeleteAsync(new Uri($"{Id}/message_qrdls/{code}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("message_qrdls"))["data"]!.AsArray().ShouldBeEmpty();
    }

    private async Task SentAsync(HttpContent? content, string path, string shown)
    {
        var answer = await _http.PostAsync(new Uri($"{Id}/{path}", UriKind.Relative), content);

        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var wamid = JsonNode.Parse(body)!["messages"]![0]!["id"]!.ToString();
        _sandbox.World.Do(() => _sandbox.World.Chats.Find(wamid)!.Text).ShouldBe(shown);
    }

    private async Task<JsonNode> PostAsync(string edge, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await _http.PostAsync(new Uri($"{Id}/{edge}".TrimEnd('/'), UriKind.Relative), content);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{edge}: {body}");
        return JsonNode.Parse(body)!;
    }

    private async Task<JsonNode> GetAsync(string edge) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri($"{Id}/{edge}", UriKind.Relative)))!;
}
