using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

/// <summary>What a contact wants, over the API.</summary>
public sealed class ContactConsentApiTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Consent_IsReadChangedWithItsProof_AndStandsInTheHistory()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var created = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant))).ShouldBe(HttpStatusCode.Created);
        created.Data!["consent"]!.ToJsonString().ShouldBe("""{"marketing":"unknown","service":"allowed","changed_at":null}""");

        var granted = await Patch(created.Id, """{"marketing":"granted","source":"Form","proof":"Ticked"}""");
        ((string)granted.ShouldBe(HttpStatusCode.OK).Data!["consent"]!["marketing"]!).ShouldBe("granted");
        granted.Data!["consent"]!["changed_at"].ShouldNotBeNull();
        ((bool)granted.Data!["is_opted_out"]!).ShouldBeFalse();
        var denied = await Patch(created.Id, """{"marketing":"denied"}""");
        ((bool)denied.Data!["is_opted_out"]!).ShouldBeTrue();
        ((string)denied.Data["consent"]!["service"]!).ShouldBe("allowed");
        var nothing = await Patch(created.Id, """{"service":"denied"}""");
        nothing.Data!["consent"]!["marketing"]!.ToString().ShouldBe("denied");

        var history = (await client.GetAsync($"/contacts/{created.Id}/history")).Items;
        history[2]!["changes"]!.AsArray().Select(change => $"{change!["field"]} {change["from"]} {change["to"]}").ShouldBe(
            ["consent_marketing unknown granted", "consent_source  Form", "consent_proof  Ticked"]);

        Task<ApiReply> Patch(long id, string consent) => client.PatchAsync($"/contacts/{id}", new JsonObject { ["consent"] = JsonNode.Parse(consent) });
    }

    [Theory]
    [InlineData("""{"marketing":"granted"}""", "consent.source")]
    [InlineData("""{"marketing":"yes"}""", "consent.marketing")]
    [InlineData("""{"service":"granted"}""", "consent.service")]
    [InlineData("""{"marketing":"granted","service":"denied","source":"x"}""", "consent.marketing")]
    [InlineData("""{"marketing":5}""", "consent.marketing")]
    [InlineData("\"granted\"", "consent")]
    public async Task Consent_ThatBreaksARule_IsNamed(string consent, string field)
    {
        var (tenant, client) = await app.NewTenantAsync();
        var id = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant))).Id;

        (await client.PatchAsync($"/contacts/{id}", new JsonObject { ["consent"] = JsonNode.Parse(consent) })).ShouldBeInvalid().ErrorFields.ShouldBe([field]);
    }

    [Fact]
    public async Task Consent_ReadAndSentBack_ChangesNothing()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var created = await client.PostAsync("/contacts", ApiBodies.Contact(tenant));

        var same = (await client.PatchAsync($"/contacts/{created.Id}", new JsonObject { ["consent"] = created.Data!["consent"]!.DeepClone() })).ShouldBe(HttpStatusCode.OK);

        same.Headers["ETag"].ShouldBe(created.Headers["ETag"]);
    }

    [Fact]
    public async Task Consent_OfNewContacts_IsTakenFromTheBody()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var granted = new JsonObject { ["marketing"] = "granted", ["source"] = "Form" };

        var one = await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("consent", granted.DeepClone())));
        var batch = await client.PostAsync("/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(
                ApiBodies.Contact(tenant, ("consent", granted.DeepClone())),
                ApiBodies.Contact(tenant, ("consent", new JsonObject { ["marketing"] = "granted" })),
                ApiBodies.Contact(tenant, ("consent", new JsonObject { ["marketing"] = "denied" }))),
        });

        ((string)one.ShouldBe(HttpStatusCode.Created).Data!["consent"]!["marketing"]!).ShouldBe("granted");
        batch.Data!["created"]!.AsArray().Select(contact => (string)contact!["consent"]!["marketing"]!).ShouldBe(["granted", "denied"]);
        batch.Data["errors"]![0]!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["consent.source"]);
        (await client.GetAsync("/contacts?filter[is_opted_out]=true")).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task MarketingTemplate_ToSomebodyWhoDeniesIt_IsRefused_AndOthersGo()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        app.Graph.AcceptsEverySend();
        await tenant.AddTemplateAsync("offer", "MARKETING", """[{"type":"BODY","text":"Hello"}]""");
        await tenant.AddTemplateAsync("notice", "UTILITY", """[{"type":"BODY","text":"Hello"}]""");
        var id = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("consent", new JsonObject { ["marketing"] = "denied" })))).Id;

        (await client.PostAsync("/messages/template", new { contact_id = id, template_name = "offer" })).ShouldFail(HttpStatusCode.Forbidden, "CONTACT_OPTED_OUT");
        (await client.PostAsync("/messages/template", new { contact_id = id, template_name = "notice" })).ShouldBe(HttpStatusCode.OK);
        await client.PatchAsync($"/contacts/{id}", new { consent = new { service = "denied" } });
        (await client.PostAsync("/messages/template", new { contact_id = id, template_name = "notice" })).ShouldFail(HttpStatusCode.Forbidden, "CONTACT_OPTED_OUT");
    }
}
