using System.Globalization;
using System.Text.Json.Nodes;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Api;

public sealed class CampaignsApiTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Template = "order_update";

    [Theory, OnEachEngine]
    public async Task Campaign_FromItsMakingToItsEnd_AnswersAsTheContractSays(DatabaseProvider engine)
    {
        var (app, tenant, client) = await StartAsync(engine);
        var contact = await tenant.CreateContactAsync(email: null);
        var group = await tenant.CreateGroupAsync("VIP");
        (await client.PostAsync($"/groups/{group}/contacts", new { contact_ids = new[] { contact.Id } })).ShouldBe(HttpStatusCode.OK);

        var later = app.Time.GetUtcNow().AddDays(2);
        var created = await client.PostAsync("/campaigns", Body(("group_ids", new JsonArray(group)), ("send_at", later.ToString("O", CultureInfo.InvariantCulture)), ("per_minute", 30)));
        created.ShouldBe(HttpStatusCode.Created).Headers["Location"].ShouldBe($"/api/v2/campaigns/{created.Id}");
        ((string)created.Data!["status"]!).ShouldBe("draft");
        ((int)created.Data["per_minute"]!).ShouldBe(30);
        created.Data["funnel"]!["queued"].ShouldNotBeNull();

        (await client.GetAsync("/campaigns")).Ids.ShouldBe([created.Id]);
        ((string)(await client.PostAsync($"/campaigns/{created.Id}/start", new { })).ShouldBe(HttpStatusCode.OK).Data!["status"]!).ShouldBe("scheduled");
        (await client.PostAsync($"/campaigns/{created.Id}/start", new { })).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        (await client.PostAsync($"/campaigns/{created.Id}/pause", new { })).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        (await client.PostAsync($"/campaigns/{created.Id}/resume", new { })).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        ((string)(await client.PostAsync($"/campaigns/{created.Id}/cancel", new { })).ShouldBe(HttpStatusCode.OK).Data!["status"]!).ShouldBe("cancelled");
        (await client.PostAsync($"/campaigns/{created.Id}/cancel", new { })).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        (await client.GetAsync($"/campaigns/{created.Id}?fields=status")).Data!.ToJsonString().ShouldBe($$"""{"id":{{created.Id}},"status":"cancelled"}""");
        (await client.GetAsync($"/campaigns/{created.Id}/recipients")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Campaign_ThatRuns_ShowsItsFunnelAndItsRecipients()
    {
        var (app, tenant, client) = await StartAsync(DatabaseProvider.Sqlite);
        app.Graph.AcceptsEverySend();
        var contact = await tenant.CreateContactAsync(email: null);
        var id = (await client.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id))))).ShouldBe(HttpStatusCode.Created).Id;
        (await client.PostAsync($"/campaigns/{id}/start", new { })).ShouldBe(HttpStatusCode.OK);

        ApiReply? read = null;
        await Eventually.HoldsAsync(
            async () => (int)(read = await client.GetAsync($"/campaigns/{id}")).Data!["queued"]! == 1, TimeSpan.FromSeconds(30));

        ((int)read!.Data!["funnel"]!["queued"]!).ShouldBe(1);
        var recipient = (await client.GetAsync($"/campaigns/{id}/recipients")).Items.ShouldHaveSingleItem()!;
        ((long)recipient["contact_id"]!).ShouldBe(contact.Id);
        recipient["status"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Refusal_NamesEachFieldAndItsRule()
    {
        var (app, tenant, client) = await StartAsync(DatabaseProvider.Sqlite);
        var contact = await tenant.CreateContactAsync(email: null);

        var reply = (await client.PostAsync("/campaigns", new JsonObject { ["send_at"] = "tomorrow", ["per_minute"] = 0, ["variables"] = 5 })).ShouldBeInvalid();
        reply.Errors("name").ShouldBe(["Name is required"]);
        reply.Errors("template_name").ShouldBe(["Template name is required"]);
        reply.Errors("group_ids").ShouldBe(["Give one of group_ids, contact_ids and filter"]);
        reply.Errors("send_at").ShouldBe(["Must be an ISO 8601 date-time"]);
        reply.Errors("per_minute").ShouldBe(["Must be from 1 to 60000"]);
        reply.Errors("variables").ShouldBe(["Must be an object"]);

        (await client.PostAsync("/campaigns", Body(("group_ids", new JsonArray(4711))))).ShouldBeInvalid().Errors("group_ids").ShouldNotBeEmpty();
        (await client.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id, 4711))))).ShouldBeInvalid()
            .Errors("contact_ids").ShouldBe(["One or more contact IDs do not exist"]);
        var tooMany = new JsonArray([.. Enumerable.Range(1, 10_001).Select(n => JsonValue.Create(n))]);
        (await client.PostAsync("/campaigns", Body(("contact_ids", tooMany)))).ShouldBeInvalid()
            .Errors("contact_ids").ShouldBe(["Must not have more than 10000 ids"]);
        (await client.PostAsync("/campaigns", Body(("group_ids", new JsonArray(1)), ("filter", new JsonObject { ["type"] = "lead" })))).ShouldBeInvalid()
            .Errors("filter").ShouldBe(["Give one of group_ids, contact_ids and filter"]);
        (await client.PostAsync("/campaigns", Body(("filter", new JsonObject { ["type"] = "nobody" })))).ShouldBeInvalid().Errors("filter.type").ShouldNotBeEmpty();
        var past = app.Time.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture);
        (await client.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id)), ("send_at", past)))).ShouldBeInvalid().Errors("send_at").ShouldNotBeEmpty();
        (await client.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id)), ("variables", new JsonObject())))).ShouldBeInvalid()
            .Errors("variables.field_1").ShouldNotBeEmpty();
        (await client.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id)), ("template_name", "no_such"))))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_NOT_FOUND");
        (await client.GetAsync("/campaigns")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filter_TakesTheOperatorsOfTheList_AndContactLanguageIsKept()
    {
        var (_, tenant, client) = await StartAsync(DatabaseProvider.Sqlite);
        await tenant.CreateContactAsync(email: null);
        var filter = new JsonObject { ["type"] = new JsonObject { ["in"] = "lead,customer,guest" }, ["created_at"] = new JsonObject { ["gte"] = "2020-01-01" } };

        var created = await client.PostAsync("/campaigns", Body(("filter", filter), ("language", "contact")));

        ((bool)created.ShouldBe(HttpStatusCode.Created).Data!["uses_contact_language"]!).ShouldBeTrue();
        ((string)created.Data!["language"]!).ShouldBe("en");
    }

    [Fact]
    public async Task Creation_RepeatedWithItsKey_MakesOne()
    {
        var (_, tenant, client) = await StartAsync(DatabaseProvider.Sqlite);
        var body = Body(("contact_ids", new JsonArray((await tenant.CreateContactAsync(email: null)).Id)));

        var first = await client.PostAsync("/campaigns", body, ("Idempotency-Key", "once"));
        var again = await client.PostAsync("/campaigns", body, ("Idempotency-Key", "once"));

        again.ShouldBe(HttpStatusCode.Created).Id.ShouldBe(first.Id);
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        (await client.GetAsync("/campaigns")).Ids.ShouldBe([first.Id]);
    }

    [Fact]
    public async Task Token_ThatMayOnlyWrite_CreatesAndStarts_AndOneThatMayReadDoesNot()
    {
        var (app, tenant, _) = await StartAsync(DatabaseProvider.Sqlite);
        var contact = await tenant.CreateContactAsync(email: null);
        using var writer = await app.ClientForAsync(tenant, Permissions.CampaignsWrite);
        using var reader = await app.ClientForAsync(tenant, Permissions.CampaignsRead);

        var id = (await writer.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id))))).ShouldBe(HttpStatusCode.Created).Id;
        (await writer.PostAsync($"/campaigns/{id}/start", new { })).ShouldBe(HttpStatusCode.OK);
        (await writer.GetAsync($"/campaigns/{id}")).ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        (await reader.GetAsync($"/campaigns/{id}")).ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsync($"/campaigns/{id}/cancel", new { })).ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
    }

    [Theory, OnEachEngine]
    public async Task Campaign_OfAnotherTenant_IsNotThere_NorAreItsGroups(DatabaseProvider engine)
    {
        var (app, theirs, client) = await StartAsync(engine);
        var contact = await theirs.CreateContactAsync(email: null);
        var group = await theirs.CreateGroupAsync("Theirs");
        var id = (await client.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id))))).Id;
        var (ours, mine) = await app.NewTenantAsync();
        await ours.ConnectWhatsAppAsync();
        await ours.AddTemplateAsync(Template);

        (await mine.GetAsync("/campaigns")).Items.ShouldBeEmpty();
        foreach (var path in new[] { $"/campaigns/{id}", $"/campaigns/{id}/recipients" })
        {
            (await mine.GetAsync(path)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        foreach (var action in new[] { "start", "pause", "resume", "cancel" })
        {
            (await mine.PostAsync($"/campaigns/{id}/{action}", new { })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        (await mine.PostAsync("/campaigns", Body(("contact_ids", new JsonArray(contact.Id))))).ShouldBeInvalid();
        (await mine.PostAsync("/campaigns", Body(("group_ids", new JsonArray(group))))).ShouldBeInvalid();
    }

    private async Task<(TestApp App, TestTenant Tenant, ApiClient Client)> StartAsync(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        await tenant.AddTemplateAsync(Template);
        return (app, tenant, client);
    }

    private static JsonObject Body(params (string Field, JsonNode? Value)[] fields)
    {
        var body = new JsonObject
        {
            ["name"] = "Spring offer",
            ["template_name"] = Template,
            ["variables"] = new JsonObject
            {
                ["field_1"] = new JsonObject { ["source"] = "firstname", ["fallback"] = "friend" },
                ["field_2"] = "A-123",
                ["header_field_1"] = "A",
                ["button_0"] = "a",
            },
        };
        foreach (var (field, value) in fields)
        {
            body[field] = value;
        }

        return body;
    }
}
