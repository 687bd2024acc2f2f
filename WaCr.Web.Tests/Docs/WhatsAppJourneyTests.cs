using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaCr.Web.Features.Demo;

namespace WaCr.Web.Tests.Docs;

/// <summary>What docs/whatsapp-by-curl.md tells a reader to do on a fresh start, by requests alone: the product, its sandbox and nobody
/// else.</summary>
public sealed class WhatsAppJourneyTests(WhatsAppJourneyTests.FreshStart start) : IClassFixture<WhatsAppJourneyTests.FreshStart>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BelowTheRateLimit = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Conversation_IsHeldBothWays()
    {
        const string phone = "+12025550143";

        // Nobody has written yet, so only a template would go.
        (await start.PostAsync("messages/text", new { phone, message = "Hello" },
            HttpStatusCode.UnprocessableEntity))["error"]!["code"]!.GetValue<string>()
            .ShouldBe("MESSAGE_WINDOW_CLOSED");

        await start.CustomerAsync(phone, "profile", new { name = "Asha Rao" });
        await start.CustomerAsync(phone, "text", new { body = "Is the shop open on Sunday, dear journey?" });
        await start.EventuallyAsync("messages?search=dear%20journey", found => found["data"]!.AsArray().Count == 1);

        var text = await start.PostAsync("messages/text", new { phone, message = "Hello @{contact_first_name}, yes: 10 to 4." });
        ((string)text["data"]!["message"]!).ShouldStartWith("Hello Asha");
        await StatusAsync(text, "read");

        var buttons = await start.PostAsync("messages/interactive", new
        {
            phone,
            type = "button",
            body_text = "Shall we keep a table?",
            buttons = new[] { new { id = "yes", title = "Yes, please" }, new { id = "no", title = "No" } },
        });
        await start.CustomerAsync(phone, "choose", new { message_id = (string)buttons["data"]!["message_id"]!, option = "yes" });
        await start.EventuallyAsync(
            "messages?search=Yes,%20please&filter[direction]=inbound", found => found["data"]!.AsArray().Count == 1);

        var list = await start.PostAsync("messages/interactive", new
        {
            phone,
            type = "list",
            body_text = "When?",
            list_button_text = "Times",
            sections = new[]
            {
                new { title = "Sunday", rows = new[] { new { id = "t11", title = "At eleven" }, new { id = "t13", title = "At one" } } },
            },
        });
        await start.CustomerAsync(phone, "choose", new { message_id = (string)list["data"]!["message_id"]!, option = "At one" });
        await start.EventuallyAsync("messages?search=At%20one&filter[direction]=inbound", found => found["data"]!.AsArray().Count == 1);

        var shown = await start.ControlAsync(HttpMethod.Get, "customers/12025550143/messages");
        shown.AsArray().Select(message => (bool)message!["from_customer"]!).ShouldBe([true, false, false, true, false, true]);
    }

    [Fact]
    public async Task Template_OpensTheConversation_AndPicturesFollow()
    {
        const string phone = "+12025550145";
        await StatusAsync(
            await start.PostAsync("messages/template", new { phone, template_name = "hello_world", language = "en_US" }), "read");
        await start.CustomerAsync(phone, "text", new { body = "Send me the picture of this journey" });
        await start.EventuallyAsync("messages?search=picture%20of%20this%20journey", found => found["data"]!.AsArray().Count == 1);

        using var form = new MultipartFormDataContent
        {
            { new StringContent(phone), "phone" },
            { new StringContent("image"), "media_type" },
            { new StringContent("Uploaded"), "caption" },
            { new ByteArrayContent(DemoFiles.Picture(1)), "media_file", "vase.png" },
        };
        await StatusAsync(await start.PostFormAsync("messages/media", form), "read");

        await using var files = await ServeAsync();
        await StatusAsync(
            await start.PostAsync(
                "messages/media",
                new { phone, media_type = "image", media_url = files.Urls.Single() + "/vase.png", caption = "From an address" }), "read");
    }

    private static async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.MapGet("/vase.png", () => Results.Bytes(DemoFiles.Picture(2), "image/png"));
        await server.StartAsync();
        return server;
    }

    [Fact]
    public async Task MagicRecipient_Fails_AsWhatsAppWouldTell()
    {
        const string phone = "+15550131026";
        await start.CustomerAsync(phone, "text", new { body = "Hello from nowhere" });
        await start.EventuallyAsync("messages?search=Hello%20from%20nowhere", found => found["data"]!.AsArray().Count == 1);

        await StatusAsync(await start.PostAsync("messages/text", new { phone, message = "Are you there?" }), "failed");
    }

    [Fact]
    public async Task Templates_AreSyncedAgain_WithoutADifference()
    {
        var synced = (await start.PostAsync("templates/sync", new { }))["data"]!;

        ((int)synced["synced"]!).ShouldBe(8);
        ((int)synced["created"]!).ShouldBe(0);
        ((int)synced["updated"]!).ShouldBe(0);
        ((int)synced["deleted"]!).ShouldBe(0);
    }

    [Fact]
    public async Task OneTimeCode_IsLockedAfterFiveWrongOnes_AndANewOneOpens()
    {
        const string phone = "+12025550144";
        var sent = await start.PostAsync("auth/send-otp", new { phone, template_name = "login_code", code = "482913" });
        ((bool)sent["data"]!["code_sent"]!).ShouldBeTrue();
        await StatusAsync(sent, "read");

        for (var left = 4; left >= 0; left--)
        {
            var refused = await start.PostAsync("auth/verify", new { phone, code = "000000" }, HttpStatusCode.UnprocessableEntity);
            ((string)refused["error"]!["code"]!).ShouldBe("INVALID_CODE");
            ((int)refused["error"]!["details"]!["attempts_remaining"]!).ShouldBe(left);
        }

        var locked = await start.PostAsync("auth/verify", new { phone, code = "482913" }, HttpStatusCode.UnprocessableEntity);
        ((string)locked["error"]!["code"]!).ShouldBe("MAX_ATTEMPTS_EXCEEDED");

        await start.PostAsync("auth/resend", new { phone, template_name = "login_code" });
        var shown = await start.ControlAsync(HttpMethod.Get, "customers/12025550144/messages");
        var code = string.Concat(((string)shown.AsArray()[^1]!["text"]!).Where(char.IsAsciiDigit));
        await start.PostAsync("auth/verify", new { phone, code });
    }

    private async Task StatusAsync(JsonNode sent, string status) =>
        await start.EventuallyAsync(
            $"messages/{Uri.EscapeDataString((string)sent["data"]!["message_id"]!)}", found => (string?)found["data"]?["status"] == status);

    /// <summary>The product as a developer starts it, on an empty folder.</summary>
    public sealed class FreshStart : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();
        private readonly HttpClient _http = new();
        private ProductProcess? _server;
        private string _controls = "";

        public async Task InitializeAsync()
        {
            _server = await ProductProcess.StartAsync(new(DatabaseProvider.Sqlite, $"Data Source={_folder.File("demo.db")}", "Development")
            {
                // else no address of this machine is fetched from
                More = new Dictionary<string, string> { ["Downloads__TrustedHosts__0"] = "127.0.0.1" },
            });
            _controls = (await _server.WaitForLineAsync("Controls ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            var token = (await _server.WaitForLineAsync("Token ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        public async Task DisposeAsync()
        {
            _http.Dispose();
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }

            await _folder.DisposeAsync();
        }

        public async Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
            await SendAsync(HttpMethod.Post, "/api/v2/" + path, body, expected);

        public async Task<JsonNode> PostFormAsync(string path, MultipartFormDataContent form)
        {
            using var answer = await _http.PostAsync(new Uri(_server!.Address, "/api/v2/" + path), form);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            return JsonNode.Parse(text)!;
        }

        public async Task<JsonNode> CustomerAsync(string phone, string act, object body) =>
            await ControlAsync(HttpMethod.Post, $"customers/{Uri.EscapeDataString(phone)}/{act}", body);

        public async Task<JsonNode> ControlAsync(HttpMethod method, string path, object? body = null) =>
            await SendAsync(method, "/sandbox/control/" + path, body, HttpStatusCode.OK, _controls);

        public async Task<JsonNode> EventuallyAsync(string path, Func<JsonNode, bool> fits)
        {
            JsonNode? found = null;
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var answer = await _http.GetAsync(new Uri(_server!.Address, "/api/v2/" + path));
                    found = answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
                    return found is not null && fits(found);
                },
                WhatsAppJourneyTests.Patience,
                BelowTheRateLimit);
            return found!;
        }

        private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected, string? token = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(_server!.Address, path));
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            request.Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(expected, text);
            return JsonNode.Parse(text)!;
        }
    }
}
