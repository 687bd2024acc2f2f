using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>
/// Bodies of every shape: none is answered by 500, none ends the process or the posting of events, and nothing is kept that cannot be read
/// back.
/// </summary>
public sealed class SandboxShapeTests : IAsyncLifetime
{
    private const string Person = "+12025550143";
    private const string HalfPair = "\\ud83d";
    private static readonly string Id = SandboxHarness.Number.PhoneNumberId;
    private static readonly string Account = SandboxHarness.Number.BusinessAccountId;

    private static readonly (string Path, string Body)[] Known =
    [
        ($"graph/{Id}/messages",
         """{"messaging_product":"whatsapp","to":"+12025550143","type":"text","text":{"body":"Hello"},"context":{"message_id":"wamid.x"}}"""),
        ($"graph/{Id}/messages",
         """{"messaging_product":"whatsapp","to":"+12025550143","type":"template","template":{"name":"seasonal_offer","language":{"code":"en_US"},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.com/a.png"}}]},{"type":"body","parameters":[{"type":"text","text":"A"}]},{"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"x"}]}]}}"""),
        ($"graph/{Id}/messages",
         """{"messaging_product":"whatsapp","to":"+12025550143","type":"interactive","interactive":{"type":"list","body":{"text":"When?"},"header":{"type":"text","text":"H"},"action":{"button":"Times","sections":[{"title":"S","rows":[{"id":"a","title":"At one"}]}]}}}"""),
        ($"graph/{Id}/messages",
         """{"messaging_product":"whatsapp","to":"+12025550143","type":"location","location":{"latitude":1.5,"longitude":2,"name":"N"}}"""),
        ($"graph/{Id}/messages", """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.x"}"""),
        ($"graph/{Account}/message_templates",
         """{"name":"poison","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Hello there friend"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}],"message_send_ttl_seconds":60}"""),
        ($"graph/{Account}/message_templates",
         """{"name":"code","language":"en_US","category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":5},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy"}]}]}"""),
        ($"graph/{Account}/subscribed_apps", """{"override_callback_uri":"http://10.0.0.1/x","verify_token":"v"}"""),
        ($"control/customers/{Person}/text", """{"body":"Hello","reply_to":"wamid.x"}"""),
        ($"control/customers/{Person}/message", """{"type":"location","content":{"latitude":1,"name":{"a":["b"]}}}"""),
        ($"control/customers/{Person}/media", """{"type":"image","mime_type":"image/jpeg","text":"x","caption":"c","file_name":"f.jpg"}"""),
        ($"control/customers/{Person}/profile", """{"name":"Asha","username":"asha"}"""),
        ($"control/customers/{Person}/age", """{"seconds":86400}"""),
        ("control/clock", """{"advance_seconds":60}"""),
        ("control/rules", """{"operation":"read","code":131048,"next":1,"retry_after_seconds":1,"status":400}"""),
        ("control/numbers",
         """{"phone_number_id":"1","business_account_id":"2","phone":"12025550199","access_token":"t","app_secret":"s","verify_token":"v","webhook_url":"http://10.0.0.1/x","allowed_recipients":["+1 202 555 0143"]}"""),
        ("control/templates/fill", """{"count":2}"""),
    ];

    private SandboxHarness _sandbox = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxHarness.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_sandbox.Address, "/sandbox/") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AnyShape_IsAnsweredWithout500_AndLeavesNothingUnreadable(int seed)
    {
        var random = new Random(seed);
        foreach (var (path, body) in Enumerable.Range(0, 150).Select(_ => Known[random.Next(Known.Length)]))
        {
            var shape = Spoil(JsonNode.Parse(body)!, random);

            using var answer = await PostAsync(path, Encoding.UTF8.GetBytes(shape));

            ((int)answer.StatusCode).ShouldBeLessThan(500, $"{path} {shape[..Math.Min(shape.Length, 600)]}");
        }

        await ShouldGoOnAsync();
    }

    [Theory]
    [InlineData("graph/{id}/messages", """{"messaging_product":"whatsapp","to":"12025550143","text":{"body":"x\ud83d"}}""")]
    [InlineData("graph/{account}/message_templates", """{"name":"poison","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Hello there friend","x":"\ud83d"}]}""")]
    [InlineData("control/customers/+12025550143/message", """{"type":"text","content":{"body":"a\ud83d"}}""")]
    [InlineData("control/numbers", """{"phone_number_id":"1","business_account_id":"2","phone":"12025550199","access_token":"t","app_secret":"s","verify_token":"v","webhook_url":"ftp://x/y"}""")]
    [InlineData("control/clock", """{"advance_seconds":1e18}""")]
    [InlineData("control/clock", """{"advance_seconds":1e400}""")]
    [InlineData("control/customers/+12025550143/age", """{"seconds":1e18}""")]
    [InlineData("control/import", """{"clock_ahead":"9999999.00:00:00"}""")]
    [InlineData("control/import", """{"templates":[{"id":"x","business_account_id":"1","name":"n","language":"en","category":"UTILITY","status":"PENDING","parameter_format":"POSITIONAL","components":[]}]}""")]
    [InlineData("control/import", """{"customers":[null]}""")]
    [InlineData("control/import", """{"pending":[{"due_at":"2026-01-01T00:00:00Z"}]}""")]
    public async Task BodyThatCannotBeKept_IsRefusedWith400_AndNothingOfItIsKept(string path, string body)
    {
        using var answer = await PostAsync(
            path.Replace("{id}", Id, StringComparison.Ordinal).Replace("{account}", Account, StringComparison.Ordinal),
            Encoding.UTF8.GetBytes(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task NestedDeeperThanAnEventMayBe_IsRefusedWith400()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60);

        using var answer = await PostAsync(
            $"control/customers/{Person}/message", Encoding.UTF8.GetBytes($$"""{"type":"location","content":{{deep}}}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task TextThatIsNoUtf8_IsRefusedWith400()
    {
        byte[] body = [.. "{\"messaging_product\":\"whatsapp\",\"to\":\"12025550143\",\"text\":{\"body\":\""u8, 0xC3, 0x28, .. "\"}}"u8];

        using var answer = await PostAsync($"graph/{Id}/messages", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task KeyThatIsThereTwice_CountsTheLastTime()
    {
        var (status, _, _) = await _sandbox.CallAsync(
            HttpMethod.Post, $"{Id}/messages",
            """{"messaging_product":"whatsapp","to":"12025550143","type":"template","template":{"name":"x","name":"hello_world","language":{"code":"en_US"}}}""");

        status.ShouldBe(200);
        _sandbox.World.Chats.All.Single().Content!["name"]!.GetValue<string>().ShouldBe("hello_world");
    }

    [Fact]
    public async Task UploadThatBreaksOff_IsRefusedWith400()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, $"graph/{Id}/media") { Content = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nxx"u8.ToArray()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxHarness.Number.AccessToken);

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("131053");
    }

    [Fact]
    public async Task AgedAgainAndAgain_StaysWithinTime()
    {
        _sandbox.Phone.Write(new(null, Person), "Hello").Succeeded.ShouldBeTrue();
        for (var time = 0; time < 300; time++)
        {
            _sandbox.Phone.Age(new(null, Person), SandboxChecks.MaxShift).Succeeded.ShouldBeTrue();
        }

        await ShouldGoOnAsync();
    }

    [Fact]
    public void TextOfTheBrowsersPhone_WithHalfAPair_IsMadeWhole() =>
        _sandbox.Phone.Write(new(null, Person), "a\ud83d").OrThrow().Text.ShouldBe("a\ufffd");

    private async Task ShouldGoOnAsync()
    {
        // All that it keeps can be read, and put into another sandbox.
        foreach (var path in new[] { $"graph/{Account}/message_templates?limit=1000", $"graph/{Account}/subscribed_apps" })
        {
            (await SendAsync(HttpMethod.Get, path, null, SandboxHarness.Number.AccessToken)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        foreach (var path in new[] { "control/messages", "control/deliveries", "control/rules", "control/behaviour", "control" })
        {
            (await SendAsync(HttpMethod.Get, path, null, _sandbox.ControlToken)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        var export = await (await SendAsync(HttpMethod.Get, "control/export", null, _sandbox.ControlToken)).Content.ReadAsByteArrayAsync();
        var imported = await PostAsync("control/import", export);
        imported.StatusCode.ShouldBe(HttpStatusCode.OK, await imported.Content.ReadAsStringAsync());

        // Events still go out.
        _sandbox.World.SetOwnWebhook(new Uri(_sandbox.Address, "/hook"));
        (await PostAsync($"control/customers/{Person}/text", JsonSerializer.SerializeToUtf8Bytes(new
        {
            body = "Are you there?",
            phone_number_id = Id
        }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        while (!Encoding.UTF8.GetString((await _sandbox.ReceiveAsync()).Body).Contains("Are you there?", StringComparison.Ordinal))
        {
            // Earlier ones come first.
        }
    }

    private Task<HttpResponseMessage> PostAsync(string path, byte[] body) =>
        SendAsync(
            HttpMethod.Post,
            path,
            body,
            path.StartsWith("control", StringComparison.Ordinal) ? _sandbox.ControlToken : SandboxHarness.Number.AccessToken);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body, string token)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative))
        {
            Content = body is null ? null : new ByteArrayContent(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request);
    }

    /// <summary>The body with one of its parts replaced, doubled or taken out.</summary>
    private static string Spoil(JsonNode body, Random random)
    {
        const string mark = "\"MARK\"";
        var places = new List<JsonNode>();
        Collect(body);
        var place = places[random.Next(places.Count)];
        var key = place is JsonObject owner ? owner.Select(pair => pair.Key).ElementAt(random.Next(owner.Count)) : null;
        var index = place is JsonArray list ? random.Next(list.Count) : 0;
        if (key is not null && random.Next(6) == 0)
        {
            place.AsObject().Remove(key);
            return body.ToJsonString();
        }

        var before = (key is not null ? place[key] : place[index])?.ToJsonString() ?? "null";
        if (key is not null)
        {
            place[key] = "MARK";
        }
        else
        {
            place[index] = "MARK";
        }

        string[] odd =
        [
            "null", "true", "1e400", "-1", "1.5", "99999999999999999999999", "\"\"", "[]", "{}", "[null]", "[[[]]]", "\"\\u0000\"",
            $"\"{HalfPair}\"", $"{{\"{HalfPair}\":1}}",
            "\"\\ud83d\\ude00\"", $"{{\"a\":1,\"a\":{before}}}", $"[{before},{before}]", "\"" + new string('x', 5_000) + "\"",
            string.Concat(Enumerable.Repeat("[", 28))
                + string.Concat(Enumerable.Repeat("]", 28)), string.Concat(Enumerable.Repeat("[", 70))
                + string.Concat(Enumerable.Repeat("]", 70)),
            before + (
                key is null
                    ? ""
                    : $",\"{key}\":{before}"), before.Replace("\"", "",
                    StringComparison.Ordinal), "12025550143", "\"ftp://x/y\"", "\"{{1}}\"",
        ];
        return body.ToJsonString().Replace(mark, odd[random.Next(odd.Length)], StringComparison.Ordinal);

        void Collect(JsonNode? node)
        {
            if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            {
                places.Add(node);
                foreach (var child in node is JsonObject parent ? parent.Select(pair => pair.Value) : node.AsArray())
                {
                    Collect(child);
                }
            }
        }
    }
}
