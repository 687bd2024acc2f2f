using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Api;

/// <summary>Templates made, changed and deleted through the API.</summary>
public sealed class TemplateWriteTests(WhatsAppApps apps) : IClassFixture<WhatsAppApps>
{
    private const string Body = """{"type":"BODY","text":"Hi {{1}}, all is well.","example":{"body_text":[["Asha"]]}}""";
    private const string Edit = $$"""{"components":[{{Body}}]}""";

    [Theory]
    [OnEachEngine]
    public async Task Template_Created_IsSubmittedStoredAndAudited(DatabaseProvider engine)
    {
        var (_, tenant, client, account) = await ConnectedAsync(engine);

        var created = (await client.PostAsync("/templates", New("all_well"))).ShouldBe(HttpStatusCode.Created);

        ((string)created.Json["message"]!).ShouldBe("Template created successfully");
        (created.Data!["template_name"]!.ToString(), created.Data["status"]!.ToString(), created.Data["body_params_count"]!.ToString())
            .ShouldBe(("all_well", "PENDING", "1"));
        created.Headers["Location"].ShouldEndWith($"/templates/{created.Id}");
        var (sentTo, sent) = apps.WhatsApp.Submitted.Last();
        (sentTo, sent.Name, sent.Language, sent.Category, sent.ParameterFormat, sent.MessageSendTtlSeconds)
            .ShouldBe((account, "all_well", "en_US", "UTILITY", "POSITIONAL", 600));
        JsonNode.DeepEquals(JsonNode.Parse(sent.Components.GetRawText()), JsonNode.Parse($"[{Body}]")).ShouldBeTrue();
        (await client.GetAsync($"/templates/{created.Data["template_id"]}")).Id.ShouldBe(created.Id);
        var audit = (await tenant.AuditOfAsync("template", created.Id)).ShouldHaveSingleItem();
        (audit.Action, audit.ChangeOrigin).ShouldBe((AuditAction.Created, Tenancy.ChangeOrigin.Api));
        audit.Changes.ShouldContain("all_well");
    }

    [Theory]
    [OnEachEngine]
    public async Task Template_ThatBreaksRules_IsNotSubmitted(DatabaseProvider engine)
    {
        var (_, _, client, _) = await ConnectedAsync(engine);
        var before = apps.WhatsApp.Submitted.Count;

        var refused = await client.PostAsync(
            "/templates", """{"template_name":"No!","language":7,"category":"FUN","components":[{"type":"BODY","text":"{{1}}"}]}""");

        refused.ShouldBeInvalid("template_name", "language", "category", "components.0.text", "components.0.example");
        refused.Errors("language").ShouldBe(["Must be a string"]);
        (await client.PostAsync("/templates", "{}")).ShouldBeInvalid("template_name", "language", "category", "components");
        (await client.PostAsync("/templates", """{"components":"x"}""")).Errors("components").ShouldBe(["Must be an array of objects"]);
        apps.WhatsApp.Submitted.Count.ShouldBe(before);
    }

    [Theory]
    [OnEachEngine]
    public async Task Template_WithATakenName_IsNotSubmittedTwice(DatabaseProvider engine)
    {
        var (_, _, client, _) = await ConnectedAsync(engine);
        (await client.PostAsync("/templates", New("all_well"), ("Idempotency-Key", "k1"))).ShouldBe(HttpStatusCode.Created);

        (await client.PostAsync("/templates", New("all_well"), ("Idempotency-Key", "k1")))
            .ShouldBe(HttpStatusCode.Created).Headers["Idempotency-Replayed"]
            .ShouldBe("true");
        (await client.PostAsync("/templates", New("all_well"))).ShouldBeInvalid("template_name");
        (await client.PostAsync("/templates", New("all_well").Replace("en_US", "de", StringComparison.Ordinal)))
            .ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [OnEachEngine]
    public async Task Refusal_OfWhatsApp_IsToldInItsWords(DatabaseProvider engine)
    {
        var (_, _, client, _) = await ConnectedAsync(engine);
        apps.WhatsApp.TemplateRefusal = new WhatsAppRefused(100, "Invalid parameter", "Leading or trailing variable", null, null)
        {
            Subcode = 2388299,
            UserTitle = "Not so",
            UserMessage = "Variables can't be at the start.",
        };

        var refused = (await client.PostAsync("/templates", New("all_well")))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "TEMPLATE_REFUSED");

        refused.Json["error"]!["details"]!.ToJsonString()
            .ShouldBe("""{"code":100,"subcode":2388299,"title":"Not so","message":"Variables can\u0027t be at the start."}""");
        (await client.GetAsync("/templates")).Items.ShouldBeEmpty();
    }

    [Theory]
    [OnEachEngine]
    public async Task NoNumber_IsToldAsNotConfigured(DatabaseProvider engine)
    {
        var (_, client) = await (await apps.OnAsync(engine)).NewTenantAsync();

        (await client.PostAsync("/templates", New("all_well"))).ShouldFail(HttpStatusCode.UnprocessableEntity, "WHATSAPP_NOT_CONFIGURED");
    }

    [Theory]
    [OnEachEngine]
    public async Task Edit_IsSubmitted_OnceADay(DatabaseProvider engine)
    {
        var (app, tenant, client, account) = await ConnectedAsync(engine);
        var template = await tenant.AddTemplateAsync("all_well", account: account);

        var edited = (await client.PatchAsync($"/templates/{template.Id}", Edit)).ShouldBe(HttpStatusCode.OK);

        (edited.Data!["status"]!.ToString(), edited.Data["body_data"]!.ToString()).ShouldBe(("PENDING", "Hi {{1}}, all is well."));
        apps.WhatsApp.Changes.Last().What.ShouldBe($"edit {template.WhatsAppId}");
        (await client.PatchAsync($"/templates/{template.Id}", Edit)).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        await ApproveAsync(tenant, template.Id);
        var early = (await client.PatchAsync($"/templates/{template.Id}", Edit)).ShouldFail(HttpStatusCode.Conflict, "CONFLICT");
        ((DateTimeOffset)early.Json["error"]!["details"]!["possible_at"]!)
            .ShouldBe(app.Time.GetUtcNow().AddDays(1), TimeSpan.FromSeconds(1));
        (await client.PatchAsync($"/templates/{template.Id}", """{"message_send_ttl_seconds":120}"""))
            .ShouldBe(HttpStatusCode.OK).Data!["status"]!.ToString()
            .ShouldBe("APPROVED");
        app.Time.Advance(TimeSpan.FromDays(1));
        (await client.PatchAsync($"/templates/{template.Id}", Edit)).ShouldBe(HttpStatusCode.OK);
        (await tenant.AuditOfAsync("template", template.Id)).Count.ShouldBe(3);
    }

    [Theory]
    [OnEachEngine]
    public async Task Edit_LeavesNameLanguageAndAnApprovedCategory(DatabaseProvider engine)
    {
        var (_, tenant, client, account) = await ConnectedAsync(engine);
        var template = await tenant.AddTemplateAsync("all_well", account: account);
        var rejected = await tenant.AddTemplateAsync("not_well", account: account, status: "REJECTED");

        (await client.PatchAsync($"/templates/{template.Id}", """{"template_name":"other","language":"de","category":"MARKETING"}"""))
            .ShouldBeInvalid("template_name", "language", "category");
        (await client.PatchAsync($"/templates/{rejected.Id}", """{"template_name":"not_well","category":"MARKETING"}"""))
            .ShouldBe(HttpStatusCode.OK)
            .Data!["category"]!.ToString().ShouldBe("MARKETING");
        apps.WhatsApp.Changes.Last().Edit.ShouldBe(new TemplateEdit("MARKETING", null, null));
    }

    [Theory]
    [OnEachEngine]
    public async Task Deleted_IsGone_AndAudited(DatabaseProvider engine)
    {
        var (_, tenant, client, account) = await ConnectedAsync(engine);
        var template = await tenant.AddTemplateAsync("all_well", account: account);
        var other = await tenant.AddTemplateAsync("all_well", account: account, language: "de");

        (await client.DeleteAsync($"/templates/{template.WhatsAppId}")).ShouldBe(HttpStatusCode.OK);

        apps.WhatsApp.Changes.Last().What.ShouldBe($"delete all_well {template.WhatsAppId}");
        (await client.GetAsync("/templates")).Ids.ShouldBe([other.Id]);
        (await client.DeleteAsync($"/templates/{template.WhatsAppId}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await tenant.AuditOfAsync("template", template.Id)).Single().Action.ShouldBe(AuditAction.Deleted);
    }

    [Theory]
    [OnEachEngine]
    public async Task Deleted_ThatWhatsAppNoLongerHas_IsGoneHereToo(DatabaseProvider engine)
    {
        var (_, tenant, client, account) = await ConnectedAsync(engine);
        var template = await tenant.AddTemplateAsync("all_well", account: account);
        apps.WhatsApp.TemplateRefusal = new WhatsAppRefused(100, "Invalid parameter", null, null, null) { Subcode = 2593002 };

        (await client.DeleteAsync($"/templates/{template.Id}")).ShouldBe(HttpStatusCode.OK);

        (await client.GetAsync("/templates")).Items.ShouldBeEmpty();
    }

    [Theory]
    [OnEachEngine]
    public async Task OtherTenant_FindsNothingToChange(DatabaseProvider engine)
    {
        var (_, tenant, _, account) = await ConnectedAsync(engine);
        var (_, otherTenant, stranger, _) = await ConnectedAsync(engine);
        var template = await tenant.AddTemplateAsync("all_well", account: account);
        var before = apps.WhatsApp.Changes.Count;

        foreach (var id in new[] { template.WhatsAppId, template.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            (await stranger.PatchAsync($"/templates/{id}", Edit)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
            (await stranger.DeleteAsync($"/templates/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        (await stranger.PostAsync("/templates", New("all_well"))).ShouldBe(HttpStatusCode.Created);
        apps.WhatsApp.Changes.Count.ShouldBe(before);
        await using var db = otherTenant.OpenDatabase();
        (await db.Templates.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [OnEachEngine]
    public async Task Token_WithoutTheScope_ChangesNothing(DatabaseProvider engine)
    {
        var (app, tenant, _, account) = await ConnectedAsync(engine);
        var template = await tenant.AddTemplateAsync("all_well", account: account);
        var reader = await app.ClientForAsync(tenant, "templates:read", "templates:sync");

        (await reader.PostAsync("/templates", New("b"))).ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        (await reader.PatchAsync($"/templates/{template.Id}", Edit)).ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        (await reader.DeleteAsync($"/templates/{template.Id}")).ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
    }

    private static async Task ApproveAsync(TestTenant tenant, long id)
    {
        await using var db = tenant.OpenDatabase();
        await db.Templates.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, "APPROVED"));
    }

    private async Task<(TestApp App, TestTenant Tenant, ApiClient Client, string Account)> ConnectedAsync(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        return (app, tenant, client, await WhatsAppApps.ConnectAsync(tenant));
    }

    private static string New(string name) =>
        $$"""{"template_name":"{{name}}","language":"en_US","category":"utility","message_send_ttl_seconds":600,"components":[{{Body}}]}""";
}
