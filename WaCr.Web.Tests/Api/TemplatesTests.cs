using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

public sealed class TemplatesTests(TestApps apps) : IClassFixture<TestApps>
{
    [Theory]
    [OnEachEngine]
    public async Task Template_IsShownWhole(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var template = await tenant.AddTemplateAsync("order_confirmation", language: "en_US", headerFormat: "TEXT");

        var reply = (await client.GetAsync($"/templates/{template.WhatsAppId}")).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("Template retrieved successfully");
        var expected = JsonNode.Parse($$$"""
            {"id":{{{template.Id}}},"template_id":"{{{template.WhatsAppId}}}","template_name":"order_confirmation","name":"order_confirmation","language":"en_US",
             "category":"UTILITY","status":"APPROVED","header_data_format":"TEXT","header_data_text":"Order {{1}}","header_params_count":1,"header_file_url":null,
             "header_variable_value":"[\"123\"]","body_data":"Hi {{1}}, order {{2}} is on its way.","body_params_count":2,
             "body_variable_value":"[\"Jessica\",\"123\"]","footer_data":"Shop","footer_params_count":0,"message_send_ttl_seconds":null,
             "add_security_recommendation":false,"code_expiration_minutes":null,"otp_button_config":null,
             "created_at":"2026-03-04T05:06:07+00:00","updated_at":"2026-03-04T05:06:07+00:00"}
            """)!.AsObject();
        var data = reply.Data!.AsObject();
        var buttons = (string)data["buttons_data"]!;
        ((string)JsonNode.Parse(buttons)![0]!["url"]!).ShouldBe("https://ex.test/{{1}}");
        JsonNode.DeepEquals(data["components"], JsonNode.Parse(TestTemplates.OrderComponents)).ShouldBeTrue();
        data.Remove("buttons_data");
        data.Remove("components");
        JsonNode.DeepEquals(data, expected).ShouldBeTrue(data.ToJsonString());
    }

    [Theory]
    [OnEachEngine]
    public async Task AuthenticationTemplate_TellsOfItsCode(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var template = await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", TestTemplates.CodeComponents);

        var data = (
            await client.GetAsync(
                $"/templates/{template.Id}?fields=add_security_recommendation,code_expiration_minutes,otp_button_config,body_params_count"))
            .ShouldBe(HttpStatusCode.OK).Data!.AsObject();

        ((bool)data["add_security_recommendation"]!).ShouldBeTrue();
        ((int)data["code_expiration_minutes"]!).ShouldBe(10);
        ((int)data["body_params_count"]!).ShouldBe(1);
        ((string)data["otp_button_config"]!["text"]!).ShouldBe("Copy code");
        data.Count.ShouldBe(5);
    }

    [Theory]
    [OnEachEngine]
    public async Task Id_IsWhatsAppsFirst_AndOursWhereWhatsAppsIsNone(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var one = await tenant.AddTemplateAsync("one");
        var two = await tenant.AddTemplateAsync("two");
        await using (var db = tenant.OpenDatabase())
        {
            db.Attach(two);
            two.WhatsAppId = one.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await db.SaveChangesAsync();
        }

        (await client.GetAsync($"/templates/{one.Id}")).Id.ShouldBe(two.Id);
        (await client.GetAsync($"/templates/{two.Id}")).Id.ShouldBe(two.Id);
        (await client.GetAsync($"/templates/{one.WhatsAppId}")).Id.ShouldBe(one.Id);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    public async Task Id_OfNothing_Answers404(string id)
    {
        var (_, client) = await (await apps.OnAsync(DatabaseProvider.Sqlite)).NewTenantAsync();

        ((string)(await client.GetAsync($"/templates/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND").Json["error"]!["message"]!)
            .ShouldBe("Template not found");
    }

    [Theory]
    [OnEachEngine]
    public async Task List_SortSearchAndFilter_Work(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        await tenant.AddTemplateAsync("welcome", "MARKETING", language: "en");
        await tenant.AddTemplateAsync("alert", "UTILITY", language: "de", status: "PENDING");
        await tenant.AddTemplateAsync("otp_code", "AUTHENTICATION", TestTemplates.CodeComponents, language: "en_US");

        async Task<string> NamesAsync(string query) =>
            string.Join('|', (await client.GetAsync($"/templates?{query}")).ShouldBe(HttpStatusCode.OK).Texts("template_name"));

        (await NamesAsync("")).ShouldBe("welcome|alert|otp_code");
        (await NamesAsync("sort=template_name")).ShouldBe("alert|otp_code|welcome");
        (await NamesAsync("sort=-created_at,-template_name")).ShouldBe("welcome|otp_code|alert");
        (await NamesAsync("search=LERT")).ShouldBe("alert");
        (await NamesAsync("q=market")).ShouldBe("welcome");
        (await NamesAsync("search=%25")).ShouldBe("");
        (await NamesAsync("search=_code")).ShouldBe("otp_code");
        (await NamesAsync("filter[category]=utility")).ShouldBe("alert");
        (await NamesAsync("filter[category][in]=UTILITY,MARKETING&filter[status]=APPROVED")).ShouldBe("welcome");
        (await NamesAsync("filter[status][ne]=approved")).ShouldBe("alert");
        (await NamesAsync("filter[language][like]=EN")).ShouldBe("welcome|otp_code");
        (await NamesAsync("filter[template_name]=Welcome")).ShouldBe("welcome");
        (await NamesAsync("filter[language][null]=true")).ShouldBe("");
        (await NamesAsync("per_page=1&page=2")).ShouldBe("alert");
        ((int)(await client.GetAsync("/templates?per_page=1&page=2")).Pagination["total"]!).ShouldBe(3);
        (await client.GetAsync("/templates?sort=language&filter[body]=x&fields=tenant_id&include=x&per_page=101"))
            .ShouldBeInvalid().ErrorFields.ShouldBe(["fields", "include", "per_page", "sort", "filter[body]"], ignoreOrder: true);
        (await client.GetAsync("/templates?fields=status")).Items[0]!.AsObject().Select(field => field.Key).ShouldBe(["id", "status"]);
    }

    [Theory]
    [OnEachEngine]
    public async Task TemplatesForCodes_AreTheApprovedOnesForAuthentication(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        await tenant.AddTemplateAsync(
            "otp_b", "AUTHENTICATION", TestTemplates.CodeComponents, language: "de", body: "*{{1}}* ist dein Code.");
        await tenant.AddTemplateAsync("otp_a", "AUTHENTICATION", TestTemplates.CodeComponents, body: "*{{1}}* is your code.");
        await tenant.AddTemplateAsync("otp_pending", "AUTHENTICATION", TestTemplates.CodeComponents, status: "PENDING");
        await tenant.AddTemplateAsync("order");

        async Task<string> NamesAsync(string query) =>
            string.Join('|', (await client.GetAsync($"/auth/templates?{query}")).ShouldBe(HttpStatusCode.OK).Texts("template_name"));

        (await NamesAsync("sort=template_name")).ShouldBe("otp_a|otp_b");
        (await NamesAsync("sort=language")).ShouldBe("otp_b|otp_a");
        (await NamesAsync("search=IST DEIN")).ShouldBe("otp_b");
        (await NamesAsync("filter[language]=en")).ShouldBe("otp_a");
        (await NamesAsync("filter[template_name][like]=_b")).ShouldBe("otp_b");
        var reply = await client.GetAsync("/auth/templates?filter[language]=en");
        var item = reply.Items.Single()!.AsObject();
        item.Select(field => field.Key).ShouldBe(
            [
                "id", "template_name", "language", "body_text", "body_params_count", "header_format", "header_text", "footer_text",
                "status", "created_at"
            ]);
        ((int)item["body_params_count"]!).ShouldBe(1);
        ((string)item["header_format"]!).ShouldBe("NONE");
        (await client.GetAsync("/auth/templates?sort=updated_at&filter[category]=x"))
            .ShouldBeInvalid().ErrorFields.ShouldBe(["sort", "filter[category]"]);
    }

    [Theory]
    [OnEachEngine]
    public async Task AnotherTenantsTemplate_IsNotThere(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var template = await (await app.CreateTenantAsync()).AddTemplateAsync("theirs", "AUTHENTICATION");
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync($"/templates/{template.WhatsAppId}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.GetAsync($"/templates/{template.Id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.GetAsync("/templates")).Items.ShouldBeEmpty();
        (await client.GetAsync("/auth/templates")).Items.ShouldBeEmpty();
    }
}
