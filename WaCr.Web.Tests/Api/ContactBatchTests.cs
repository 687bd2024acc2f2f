using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

public sealed class ContactBatchTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Create_MixedRows_ReportsEach()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.CreateContactAsync(phone: "+919587422369");
        var twice = ApiBodies.Contact(tenant);
        var rows = new JsonArray(
            ApiBodies.Contact(tenant), ApiBodies.Contact(tenant, ("phone", "09587422369")), ApiBodies.Contact(tenant, ("firstname", 5)),
            "no object", twice.DeepClone(), twice, null);

        var reply = (await client.PostAsync("/contacts/batch", new JsonObject { ["contacts"] = rows })).ShouldBe(HttpStatusCode.OK);

        reply.Data!["summary"]!.ToJsonString().ShouldBe("""{"total":7,"created":2,"skipped":0,"failed":5}""");
        JsonNode.DeepEquals(reply.Data["created"], reply.Json["created"]).ShouldBeTrue();
        JsonNode.DeepEquals(reply.Data["summary"], reply.Json["summary"]).ShouldBeTrue();
        var errors = reply.Data["errors"]!.AsArray();
        errors.Select(error => (int)error!["index"]!).ShouldBe([1, 2, 3, 5, 6]);
        errors[0]!["errors"]!.ToJsonString().ShouldBe("""{"phone":["This phone number already exists"]}""");
        errors[1]!["errors"]!.ToJsonString().ShouldBe("""{"firstname":["Must be a string"]}""");
        errors[1]!["data"]!["firstname"]!.ToJsonString().ShouldBe("5");
        ((string)errors[2]!["errors"]!["contact"]![0]!).ShouldBe("Must be an object");
        ((string)errors[2]!["data"]!).ShouldBe("no object");
        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Create_SkippingDuplicates_CountsThemAsSkipped()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var row = ApiBodies.Contact(tenant, ("groups", new JsonArray(await tenant.CreateGroupAsync("VIP"))));

        var reply = await client.PostAsync("/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(row, row.DeepClone()),
            ["options"] = new JsonObject { ["skip_duplicates"] = true, ["continue_on_error"] = false },
        });

        reply.ShouldBe(HttpStatusCode.OK).Json["summary"]!.ToJsonString().ShouldBe("""{"total":2,"created":1,"skipped":1,"failed":0}""");
        ((int)reply.Data!["skipped"]![0]!["index"]!).ShouldBe(1);
        ((string)reply.Data["skipped"]![0]!["data"]!["firstname"]!).ShouldBe("Asha");
        ((string)reply.Data["created"]![0]!["groups"]![0]!["name"]!).ShouldBe("VIP");
    }

    [Fact]
    public async Task Create_StoppingOnError_UndoesAll()
    {
        var (tenant, client) = await app.NewTenantAsync();

        var reply = await client.PostAsync("/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(
                ApiBodies.Contact(tenant), ApiBodies.Contact(tenant, ("phone", null)), ApiBodies.Contact(tenant, ("type", "x"))),
            ["options"] = new JsonObject { ["continue_on_error"] = false },
        });

        reply.ShouldBeInvalid().ErrorFields.ShouldBe(["contacts.1.phone", "contacts.2.type"]);
        (await client.GetAsync("/contacts")).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}", "contacts")]
    [InlineData("{\"contacts\":null}", "contacts")]
    [InlineData("{\"contacts\":[]}", "contacts")]
    [InlineData("{\"contacts\":{}}", "contacts")]
    [InlineData("{\"contacts\":[{}],\"options\":[]}", "options")]
    [InlineData("{\"contacts\":[{}],\"options\":{\"skip_duplicates\":\"yes\"}}", "options.skip_duplicates")]
    [InlineData("{\"contacts\":[{}],\"options\":{\"continue_on_error\":1}}", "options.continue_on_error")]
    public async Task Create_WrongShape_WritesNothing(string body, string named)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/contacts/batch", body)).ShouldBeInvalid().ErrorFields.ShouldBe([named]);
    }

    [Fact]
    public async Task Create_MoreThanAHundred_IsRefused()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var rows = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => ApiBodies.Contact(tenant))]);

        (await client.PostAsync("/contacts/batch", new JsonObject { ["contacts"] = rows })).ShouldBeInvalid("contacts");
        rows.RemoveAt(0);
        ((int)(await client.PostAsync("/contacts/batch", new JsonObject { ["contacts"] = rows.DeepClone() })).Data!["summary"]!["created"]!)
            .ShouldBe(100);
        (await client.GetAsync("/contacts")).Pagination["total"]!.ToJsonString().ShouldBe("100");
    }

    [Fact]
    public async Task Delete_KnownAndUnknownIds_CountsBoth()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var theirs = (await (await app.CreateTenantAsync()).CreateContactAsync()).Id;
        var mine = (await tenant.CreateContactAsync()).Id;

        var reply = (await client.DeleteAsync("/contacts/batch", new { ids = new[] { mine, mine, theirs, 4711 } }))
            .ShouldBe(HttpStatusCode.OK);

        reply.Json["summary"]!.ToJsonString().ShouldBe("""{"total":3,"deleted":1,"failed":2}""");
        JsonNode.DeepEquals(reply.Data!["summary"], reply.Json["summary"]).ShouldBeTrue();
        (await client.GetAsync($"/contacts/{mine}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_WrongShape_NamesIt()
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.DeleteAsync("/contacts/batch", "{}")).ShouldBeInvalid("ids");
        (await client.DeleteAsync("/contacts/batch", "{\"ids\":5}")).ShouldBeInvalid("ids");
        (await client.DeleteAsync("/contacts/batch", "{\"ids\":[]}")).ShouldBeInvalid("ids");
        (await client.DeleteAsync("/contacts/batch", "{\"ids\":[1,\"2\",99999999999999999999]}"))
            .ShouldBeInvalid().ErrorFields.ShouldBe(["ids.1", "ids.2"]);
        (await client.DeleteAsync("/contacts/batch", new { ids = Enumerable.Range(1, 1001) })).ShouldBeInvalid("ids");
        (await client.DeleteAsync("/contacts/batch")).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }
}
