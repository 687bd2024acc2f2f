using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Api;

/// <summary>The API as tools for language models, with the protocol's own client.</summary>
public sealed class McpTests(TestApp app) : IClassFixture<TestApp>
{
    private const string ListTools = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    [Theory]
    [InlineData("POST", null)]
    [InlineData("POST", "wacr_unknown")]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    public async Task Request_WithoutAKnownToken_Answers401(string method, string? token)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        request.Content = method == "POST" ? new StringContent(ListTools, Encoding.UTF8, "application/json") : null;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).ShouldContain("UNAUTHORIZED");
    }

    [Fact]
    public async Task Tools_AreTheOperationsOfTheTokensScopes_UnderTheDocumentsNames()
    {
        await using var client = await ConnectAsync(await TokenAsync(await app.CreateTenantAsync(), Permissions.ContactsRead));

        var tools = await client.ListToolsAsync();

        tools.Select(tool => tool.Name).ShouldContain("listContacts");
        tools.Select(tool => tool.Name).ShouldNotContain("createContact");
        tools.Select(tool => tool.Name).ShouldNotContain("listGroups");
        tools.Select(tool => tool.Name).ShouldNotContain("exportContact"); // a file
        tools.Where(tool => !tool.Name.EndsWith("omment", StringComparison.Ordinal)).ShouldAllBe(tool =>
            tool.ProtocolTool.Annotations!.ReadOnlyHint == true);
        var list = tools.Single(tool => tool.Name == "listContacts").ProtocolTool;
        list.Description!.ShouldStartWith("Lists contacts");
        list.InputSchema.GetRawText().ShouldContain("ContactFilter");
        list.InputSchema.GetRawText().ShouldNotContain("#/components");
    }

    [Fact]
    public async Task Sends_AreToolsOnlyWhereTheTokenSaysSo()
    {
        var tenant = await app.CreateTenantAsync();
        await using var without = await ConnectAsync(await TokenAsync(tenant, Permissions.MessagesSend, Permissions.MessagesRead,
            Permissions.CampaignsWrite));
        await using var with = await ConnectAsync(await TokenAsync(tenant, Permissions.MessagesSend, Permissions.McpSend));

        var names = (await without.ListToolsAsync()).Select(tool => tool.Name).ToList();
        names.ShouldContain("listMessages");
        names.ShouldContain("createCampaign");
        names.ShouldNotContain("sendText");
        names.ShouldNotContain("startCampaign");
        await Should.ThrowAsync<ModelContextProtocol.McpException>(async () =>
            await without.CallToolAsync("sendText", Arguments(new { message = "Hello" })));
        (await with.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("sendText");
    }

    [Fact]
    public async Task Call_ReadsAndChanges_AsTheApiDoes()
    {
        var tenant = await app.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await using var client = await ConnectAsync(await TokenAsync(tenant, Permissions.ContactsRead, Permissions.ContactsWrite));

        var changed = await client.CallToolAsync("updateContact", Change(contact.Id, new { city = "Goa" }));
        var found = await client.CallToolAsync("listContacts", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["filter"] = new { created_at = new { gte = "2020-01-01" }, type = "lead" },
            ["fields"] = "city",
            ["per_page"] = 5,
        });
        var refused = await client.CallToolAsync("updateContact", Change(contact.Id, new { city = 5 }));
        var missing = await client.CallToolAsync("getContact", new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = 4711 });

        ((string)Read(changed)["data"]!["city"]!).ShouldBe("Goa");
        Read(found)["data"]!.ToJsonString().ShouldBe($$"""[{"id":{{contact.Id}},"city":"Goa"}]""");
        refused.IsError.ShouldBe(true);
        Read(refused)["error"]!["details"]!["city"]![0]!.ToString().ShouldBe("Must be a string");
        missing.IsError.ShouldBe(true);
        Read(missing)["error"]!["code"]!.ToString().ShouldBe("NOT_FOUND");
    }

    [Fact]
    public async Task Call_RepeatedWithItsKey_CreatesOne()
    {
        var tenant = await app.CreateTenantAsync();
        await using var client = await ConnectAsync(await TokenAsync(tenant, Permissions.GroupsRead, Permissions.GroupsWrite));
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["idempotency_key"] = "once", ["body"] = new { name = "VIP" } };

        var first = await client.CallToolAsync("createGroup", arguments);
        var again = await client.CallToolAsync("createGroup", arguments);

        Read(again)["data"]!["id"]!.ToJsonString().ShouldBe(Read(first)["data"]!["id"]!.ToJsonString());
    }

    [Fact]
    public async Task Call_WithAnotherTenantsId_FindsNothing()
    {
        var theirs = await app.CreateTenantAsync();
        var contact = await theirs.CreateContactAsync();
        await using var client = await ConnectAsync(await TokenAsync(await app.CreateTenantAsync(), Permissions.ContactsRead));

        var reply = await client.CallToolAsync("getContact", new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = contact.Id });

        reply.IsError.ShouldBe(true);
    }

    [Theory]
    [InlineData("initialize", "{}")]
    [InlineData("initialize", """{"protocolVersion":5}""")]
    [InlineData("initialize", "\"x\"")]
    [InlineData("initialize", "null")]
    [InlineData("tools/call", """{"name":"listContacts","arguments":{"search":"\ud800"}}""")]
    [InlineData("tools/call", """{"name":"listContacts","arguments":{"filter":{"\ud800":1}}}""")]
    [InlineData("tools/call", """{"name":"createContact","arguments":{"body":{"city":"\ud800"}}}""")]
    [InlineData("tools/call", """{"name":5}""")]
    [InlineData("tools/call", """{"name":"listContacts","arguments":[1]}""")]
    [InlineData("tools/call", "{}")]
    public async Task Message_ThatCannotBeRead_IsTheCallersFault(string method, string parameters)
    {
        var token = await TokenAsync(await app.CreateTenantAsync(), Permissions.ContactsRead, Permissions.ContactsWrite);
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");

        using var response = await http.PostAsync("/mcp", new StringContent(
            $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""", Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((int)answer["id"]!).ShouldBe(7);
        ((int)answer["error"]!["code"]!).ShouldBe(-32602);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Stream_OrEndOfASession_Answers405(string method)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await TokenAsync(await app.CreateTenantAsync(), Permissions.ContactsRead));
        http.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");

        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task Call_WithMissingOrUnknownArguments_NamesThem()
    {
        await using var client = await ConnectAsync(await TokenAsync(
            await app.CreateTenantAsync(), Permissions.ContactsRead, Permissions.MessagesSend, Permissions.McpSend));

        var missing = await client.CallToolAsync("getContact", new Dictionary<string, object?>(StringComparer.Ordinal));
        var unknown = await client.CallToolAsync(
            "listContacts", new Dictionary<string, object?>(StringComparer.Ordinal) { ["filters"] = new { type = "lead" } });
        var read = await client.CallToolAsync("readMessage", new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = 4711 });

        (missing.IsError, unknown.IsError, read.IsError).ShouldBe((true, true, true));
        TextOf(missing).ShouldBe("getContact needs id");
        TextOf(unknown).ShouldStartWith("listContacts takes no filters; it takes ");
        Read(read)["error"]!["code"]!.ToString().ShouldBe("NOT_FOUND"); // its body may be left out
    }

    // An address longer than the API takes is never built to its end.
    [Theory]
    [InlineData("\"key{0}\":{{\"like\":\"x\"}}", "")]
    [InlineData("\"k{0}\":1", "long")]
    [InlineData("\"k{0}\":{{}}", "long")]
    public async Task Call_WithAHugeFilter_IsRefusedForItsLength(string member, string prefix)
    {
        var token = await TokenAsync(await app.CreateTenantAsync(), Permissions.ContactsRead);

        // Milliseconds; written out to its end, such an address takes more than the time to give up.
        using var http = new HttpClient { BaseAddress = app.Address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        var members = string.Join(
            ',', Enumerable.Range(0, 20_000).Select(index => string.Format(CultureInfo.InvariantCulture, member, index)));
        var filter = prefix.Length == 0 ? $"{{{members}}}" : $"{{\"{new string('p', 400_000)}\":{{{members}}}}}";
        var call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listContacts","arguments":{"filter":"""
            + filter + "}}}";

        using var response = await http.PostAsync("/mcp", new StringContent(call, Encoding.UTF8, "application/json"));

        (await response.Content.ReadAsStringAsync()).ShouldContain("URI_TOO_LONG");
    }

    [Fact]
    public async Task Requests_CountAgainstTheTokensRateLimit_Once()
    {
        var token = await TestApp.CreateTokenAsync(await app.CreateTenantAsync(), [Permissions.AccountRead], rateLimit: 2);
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            const string call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"getAccount","arguments":{}}}""";
            using var response = await http.PostAsync("/mcp", new StringContent(call, Encoding.UTF8, "application/json"));
            statuses.Add(response.StatusCode);
        }

        statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
    }

    private static async Task<string> TokenAsync(TestTenant tenant, params string[] scopes) =>
        (await TestApp.CreateTokenAsync(tenant, scopes)).Secret;

    private Task<McpClient> ConnectAsync(string token) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(app.Address, "/mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer " + token },
    }));

    private static Dictionary<string, object?> Change(long id, object body) => new(StringComparer.Ordinal) { ["id"] = id, ["body"] = body };

    private static Dictionary<string, object?> Arguments(object body) => new(StringComparer.Ordinal) { ["body"] = body };

    private static JsonNode Read(CallToolResult result) => JsonNode.Parse(TextOf(result))!;

    private static string TextOf(CallToolResult result) => result.Content.OfType<TextContentBlock>().Single().Text;
}
