using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using WaCr.Web.Api;

namespace WaCr.Web.Tests.Api;

public sealed class OpenApiTests(TestApp app) : IClassFixture<TestApp>
{
    // test.sh lints what this test leaves here.
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "openapi-v2.json");

    [Fact]
    public async Task Document_IsServedToAnybodyAndComplete()
    {
        var reply = await app.Stranger().GetAsync("//openapi/v2.json");
        await System.IO.File.WriteAllBytesAsync(File, reply.Body);

        ((string)reply.Json["openapi"]!).ShouldBe("3.1.0");
        var operations = reply.Json["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(pair => pair.Value!).ToList();
        operations.Count.ShouldBe(app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Count(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v2/", StringComparison.Ordinal)));
        operations.Select(operation => (string)operation["operationId"]!).ShouldBeUnique();
        operations.ShouldAllBe(operation => operation["summary"] != null && operation["tags"]!.AsArray().Count == 1
            && operation["responses"]!["401"] != null && operation["responses"]!["429"] != null && operation["responses"]!["500"] != null);
    }

    [Fact]
    public async Task EverySend_NamesTheAnswerToAContactThatIsNotThere()
    {
        var document = (await app.Stranger().GetAsync("//openapi/v2.json")).Json;
        var paths = document["paths"]!.AsObject();
        var sends = paths.Where(path => path.Value!["post"]?["requestBody"]?["content"]?["application/json"]?["schema"] is { } body
            && document["components"]!["schemas"]![((string)body["$ref"]!).Split('/')[^1]]!["properties"]?["contact_id"] is not null).ToList();

        sends.Select(path => path.Key).ShouldContain(path => path.EndsWith("/auth/resend", StringComparison.Ordinal));
        sends.ShouldAllBe(path => path.Value!["post"]!["responses"]!["404"] != null);
    }

    [Fact]
    public async Task EveryOperation_SaysWhatItDoesBeforeItsScope()
    {
        foreach (var (path, item) in await PathsAsync())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                ((string)operation!["description"]!).ShouldNotStartWith(
                    "Needs the scope", customMessage: $"{method} {path} says nothing of what it does");
            }
        }
    }

    [Fact]
    public async Task EveryParameter_HasAnExample_AndAFilterIsOneObject()
    {
        var document = (await app.Stranger().GetAsync("//openapi/v2.json")).Json;
        var parameters = (await PathsAsync()).SelectMany(path => path.Value!.AsObject())
            .SelectMany(operation => operation.Value!["parameters"]!.AsArray())
            .Where(parameter => parameter!["$ref"] is null)
                .Concat(document["components"]!["parameters"]!.AsObject().Select(pair => pair.Value))
                .ToList();

        parameters.ShouldAllBe(parameter => parameter!["example"] != null && parameter["description"] != null);
        parameters.ShouldAllBe(parameter => !((string)parameter!["name"]!).Contains('['));
        var filter = parameters.Where(parameter => (string)parameter!["name"]! == "filter").First()!;
        ((string)filter["style"]!).ShouldBe("deepObject");
        ((string)filter["schema"]!["$ref"]!).ShouldBe("#/components/schemas/ContactFilter");
        document["components"]!["schemas"]!["ContactFilter"]!["properties"]!["type"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Document_HasNoObjectWithoutAName()
    {
        var document = (await app.Stranger().GetAsync("//openapi/v2.json")).Json;
        var schemas = document["components"]!["schemas"]!.AsObject();

        Nameless(document["paths"]!, "paths").ShouldBeEmpty();
        schemas.SelectMany(schema => schema.Value!.AsObject().SelectMany(member => Nameless(member.Value!, $"{schema.Key}.{member.Key}")))
            .ShouldBeEmpty();
        schemas.ShouldContainKey("CreateContactRequest");
        schemas.ShouldContainKey("CreateContactResponse");
        schemas.ShouldContainKey("SendInteractiveRequestSection");
    }

    [Fact]
    public async Task Document_SaysWhereItWasServedFrom()
    {
        var server = (string)(await app.Stranger().GetAsync("//openapi/v2.json")).Json["servers"]![0]!["url"]!;

        server.ShouldBe(app.Address.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task LlmsTextAndChangelog_AreThereForAnybody()
    {
        var text = Encoding.UTF8.GetString((await app.Stranger().GetAsync("//llms.txt")).ShouldBe(System.Net.HttpStatusCode.OK).Body);
        var page = Encoding.UTF8.GetString(
            (await app.Stranger().GetAsync("//docs/api/changelog")).ShouldBe(System.Net.HttpStatusCode.OK).Body);

        text.ShouldContain("- `PATCH /api/v2/contacts/{id}` (contacts:write): Changes the given fields");
        page.ShouldContain("<h2>Going away</h2>");
    }

    [Fact]
    public void Deprecation_WritesTheHeadersOfTheirStandards()
    {
        var headers = new HeaderDictionary();
        new Deprecation(new DateOnly(2026, 12, 1), new DateOnly(2027, 6, 1), "Use another.").WriteTo(headers);

        ((string?)headers["Deprecation"]).ShouldBe("@1796083200");
        ((string?)headers["Sunset"]).ShouldBe("Tue, 01 Jun 2027 00:00:00 GMT");
        ((string?)headers["Link"])!.ShouldContain("/docs/api/changelog");
    }

    [Fact]
    public async Task ReferencePage_NamesNoOtherHost()
    {
        var page = Encoding.UTF8.GetString((await app.Stranger().GetAsync("//docs/api/")).ShouldBe(System.Net.HttpStatusCode.OK).Body);

        page.ShouldContain("openapi/v2.json");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("http://");
    }

    [Fact]
    public async Task Answers_FitTheirSchemas()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var document = (await app.Stranger().GetAsync("//openapi/v2.json")).Json;
        var group = await tenant.CreateGroupAsync("VIP");
        var body = ApiBodies.Contact(tenant, ("groups", new JsonArray(group)), ("email", "a@example.com"), ("country_id", 356));

        async Task<ApiReply> ShouldFitAsync(HttpMethod method, string template, string path, object? content = null)
        {
            var reply = await client.SendAsync(method, path, content is null ? null : ApiClient.Json(content));
            var check = new JsonSchemaCheck(document);
            var status = ((int)reply.Status).ToString(CultureInfo.InvariantCulture);
            var response = document["paths"]!["/api/v2" + template]![method.Method.ToLowerInvariant()]!["responses"]![status];
            response.ShouldNotBeNull($"{method} {path} answers {status}, and the document does not say so");
            var found = response["$ref"] is { } reference ? check.Resolve((string)reference!) : response.AsObject();
            check.Check(reply.Json, found["content"]!["application/json"]!["schema"]!.AsObject()).ShouldBeEmpty($"{method} {path}");
            return reply;
        }

        var id = (await ShouldFitAsync(HttpMethod.Post, "/contacts", "/contacts", body)).Id;
        await ShouldFitAsync(HttpMethod.Post, "/contacts", "/contacts", body);
        await ShouldFitAsync(HttpMethod.Post, "/contacts", "/contacts", "{");
        await ShouldFitAsync(HttpMethod.Get, "/contacts", "/contacts");
        await ShouldFitAsync(HttpMethod.Get, "/contacts", "/contacts?include=groups,source,status");
        await ShouldFitAsync(HttpMethod.Get, "/contacts", "/contacts?fields=phone&page=9");
        await ShouldFitAsync(HttpMethod.Get, "/contacts", "/contacts?page=x");
        await ShouldFitAsync(HttpMethod.Get, "/contacts/{id}", $"/contacts/{id}?include=groups,source,status");
        await ShouldFitAsync(HttpMethod.Get, "/contacts/{id}", "/contacts/4711");
        await ShouldFitAsync(HttpMethod.Patch, "/contacts/{id}", $"/contacts/{id}", new { city = "Pune" });
        await ShouldFitAsync(HttpMethod.Patch, "/contacts/{id}", $"/contacts/{id}", new { city = 5 });
        await ShouldFitAsync(HttpMethod.Get, "/contacts/{id}/history", $"/contacts/{id}/history");
        await ShouldFitAsync(
            HttpMethod.Put,
            "/contacts/by-phone/{phone}",
            $"/contacts/by-phone/{ApiBodies.NextPhone()}",
            ApiBodies.Contact(tenant, ("phone", null)));
        await ShouldFitAsync(
            HttpMethod.Put, "/contacts/by-phone/{phone}", $"/contacts/by-phone/{(string)body["phone"]!}", new { city = "Goa" });
        await ShouldFitAsync(HttpMethod.Post, "/contacts/batch", "/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(body.DeepClone()),
            ["options"] = new JsonObject { ["on_duplicate"] = "update" },
        });
        await ShouldFitAsync(HttpMethod.Post, "/contacts/batch", "/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(body.DeepClone(), ApiBodies.Contact(tenant), "no object"),
            ["options"] = new JsonObject { ["skip_duplicates"] = true },
        });
        await ShouldFitAsync(HttpMethod.Post, "/groups/{id}/contacts", $"/groups/{group}/contacts", new { contact_ids = new[] { id } });
        await ShouldFitAsync(HttpMethod.Delete, "/groups/{id}/contacts", $"/groups/{group}/contacts", new { contact_ids = new[] { id } });
        foreach (var path in new[] { "/groups", "/sources", "/statuses" })
        {
            var lookup = await ShouldFitAsync(HttpMethod.Post, path, path, new { name = "Partners", color = "#FF5733" });
            await ShouldFitAsync(HttpMethod.Get, path, $"{path}?include=contacts_count");
            await ShouldFitAsync(HttpMethod.Get, path + "/{id}", $"{path}/{lookup.Id}");
            await ShouldFitAsync(HttpMethod.Patch, path + "/{id}", $"{path}/{lookup.Id}", new { name = "Renamed" });
            await ShouldFitAsync(HttpMethod.Delete, path + "/{id}", $"{path}/{lookup.Id}");
        }

        await tenant.ConnectWhatsAppAsync();
        var writer = await tenant.CreateWriterAsync(app.Time);
        app.Graph.AcceptsEverySend();
        var sent = await ShouldFitAsync(
            HttpMethod.Post, "/messages/text", "/messages/text", new { phone = writer.Phone, message = "Hello" });
        await ShouldFitAsync(
            HttpMethod.Post, "/messages/text", "/messages/text", new { phone = writer.Phone, message = "Hello", contact_id = 4711 });
        await ShouldFitAsync(HttpMethod.Post, "/messages/interactive", "/messages/interactive", new
        {
            phone = writer.Phone,
            type = "button",
            body_text = "Well?",
            buttons = new[] { new { id = "y", title = "Yes" } },
        });
        await ShouldFitAsync(HttpMethod.Get, "/messages", "/messages?filter[type]=text");
        await ShouldFitAsync(HttpMethod.Get, "/messages/{id}", $"/messages/{sent.Data!["chat_message_id"]}");
        await ShouldFitAsync(HttpMethod.Get, "/comments/{mobile}", $"/comments/{writer.Phone}");
        await ShouldFitAsync(HttpMethod.Post, "/comments/{mobile}", $"/comments/{writer.Phone}", new { comment = "Hello" });
        await ShouldFitAsync(HttpMethod.Post, "/comments/{mobile}", $"/comments/{writer.Phone}", new { comment = 5 });
        await ShouldFitAsync(HttpMethod.Get, "/comments/{mobile}", $"/comments/{writer.Phone}?page=1");
        await ShouldFitAsync(HttpMethod.Get, "/comments/{mobile}", "/comments/0");
        var template = await tenant.AddTemplateAsync("order");
        await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", TestTemplates.CodeComponents);
        await ShouldFitAsync(HttpMethod.Get, "/templates", "/templates?sort=template_name");
        await ShouldFitAsync(HttpMethod.Get, "/templates/{id}", $"/templates/{template.Id}");
        await ShouldFitAsync(HttpMethod.Get, "/auth/templates", "/auth/templates");
        await ShouldFitAsync(
            HttpMethod.Post, "/auth/send-otp", "/auth/send-otp", new { phone = writer.Phone, template_name = "nothing", code = "482913" });
        await ShouldFitAsync(HttpMethod.Post, "/auth/resend", "/auth/resend", new { phone = 5 });
        await ShouldFitAsync(HttpMethod.Post, "/auth/status", "/auth/status", new { phone = writer.Phone });
        await tenant.AddCodeAsync(TextKey.Digits(writer.Phone), "482913", app.Time.GetUtcNow());
        await ShouldFitAsync(HttpMethod.Post, "/auth/status", "/auth/status", new { phone = writer.Phone });
        await ShouldFitAsync(HttpMethod.Post, "/auth/verify", "/auth/verify", new { phone = writer.Phone, code = "1" });
        await ShouldFitAsync(HttpMethod.Post, "/auth/verify", "/auth/verify", new { phone = writer.Phone, code = "482913" });
        await ShouldFitAsync(HttpMethod.Delete, "/sources/{id}", $"/sources/{tenant.SourceId}");
        await ShouldFitAsync(HttpMethod.Delete, "/contacts/{id}", $"/contacts/{id}");
        await ShouldFitAsync(HttpMethod.Delete, "/contacts/batch", "/contacts/batch", new { ids = new[] { id } });
        foreach (var path in new[] { "/account", "/account/usage", "/account/limits", "/countries", "/users" })
        {
            await ShouldFitAsync(HttpMethod.Get, path, path);
        }
    }

    private async Task<JsonObject> PathsAsync() => (await app.Stranger().GetAsync("//openapi/v2.json")).Json["paths"]!.AsObject();

    private static IEnumerable<string> Nameless(JsonNode node, string path) => node switch
    {
        JsonObject item when item["properties"] is JsonObject && item["type"] is not null => [path],
        JsonObject item => item.Where(pair => pair.Value is not null && pair.Key is not ("example" or "examples"))
            .SelectMany(pair => Nameless(pair.Value!, $"{path}.{pair.Key}")),
        JsonArray items => items.Where(item => item is not null).SelectMany((item, index) => Nameless(item!, $"{path}.{index}")),
        _ => [],
    };
}
