namespace WaCr.Web.Tests.Api;

public sealed class LookupsTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string, string> Kinds => new() { { "groups", "Group" }, { "sources", "Source" }, { "statuses", "Status" } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lookup_FromCreateToDelete_Works(string path, string word)
    {
        var (_, client) = await app.NewTenantAsync();

        var created = (await client.PostAsync($"/{path}", new { name = " Partners " })).ShouldBe(HttpStatusCode.Created);
        ((string)created.Json["message"]!).ShouldBe($"{word} created successfully");
        created.Headers["Location"].ShouldBe($"/api/v2/{path}/{created.Id}");
        created.Data!.AsObject().Select(field => field.Key).ShouldBe(
            word == "Status" ? ["id", "name", "color", "created_at", "updated_at"] : ["id", "name", "created_at", "updated_at"]);
        ((string)created.Data["name"]!).ShouldBe("Partners");

        (await client.GetAsync($"/{path}/{created.Id}")).ShouldBe(HttpStatusCode.OK).Id.ShouldBe(created.Id);
        var updated = (await client.PatchAsync($"/{path}/{created.Id}", new { name = "PARTNERS" })).ShouldBe(HttpStatusCode.OK);
        ((string)updated.Json["message"]!).ShouldBe($"{word} updated successfully");
        var deleted = (await client.DeleteAsync($"/{path}/{created.Id}")).ShouldBe(HttpStatusCode.OK);
        ((string)deleted.Json["message"]!).ShouldBe($"{word} deleted successfully");

        foreach (var gone in new[] { await client.GetAsync($"/{path}/{created.Id}"), await client.GetAsync($"/{path}/abc") })
        {
            ((string)gone.ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND").Json["error"]!["message"]!).ShouldBe($"{word} not found");
        }

        (await client.PostAsync($"/{path}", new { name = "Partners" })).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Name_WrongOrTaken_IsNamed(string path, string word)
    {
        var (_, client) = await app.NewTenantAsync();
        var (other, _) = (
            (await client.PostAsync($"/{path}", new { name = "Other" })).Id,
            (await client.PostAsync($"/{path}", new { name = "Café" })).Id);

        foreach (var body in new[] { "{}", "{\"name\":null}", "{\"name\":\" \"}" })
        {
            (await client.PostAsync($"/{path}", body)).ShouldBeInvalid().Errors("name").ShouldBe([$"{word} name is required"]);
            (await client.PatchAsync($"/{path}/{other}", body)).ShouldBeInvalid().Errors("name").ShouldBe([$"{word} name is required"]);
        }

        (await client.PostAsync($"/{path}", new { name = "CAFÉ" }))
            .ShouldBeInvalid()
            .Errors("name")
            .ShouldBe([$"A {word.ToLowerInvariant()} with this name already exists"]);
        (await client.PatchAsync($"/{path}/{other}", new { name = "café" })).ShouldBeInvalid("name");
        foreach (var body in new[] { "{\"name\":5}", "{\"name\":\"a\\u0000\"}", "{\"name\":\"\\udc00\"}",
            $"{{\"name\":\"{new string('x', 256)}\"}}" })
        {
            (await client.PostAsync($"/{path}", body)).ShouldBeInvalid().ErrorFields.ShouldBe(["name"]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Name_SameAtOnce_IsMadeOnce(string path, string word)
    {
        var (_, client) = await app.NewTenantAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(index =>
                client.PostAsync($"/{path}", new { name = index % 2 == 0 ? word : word.ToUpperInvariant() })));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created)
            .ShouldAllBe(answer => answer.Status == HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task List_SortSearchAndFilter_Work(string path, string word)
    {
        var (_, client) = await app.NewTenantAsync();
        foreach (var name in new[] { "b_100%", "Äpfel", "zebra" })
        {
            (await client.PostAsync($"/{path}", new { name = $"{word} {name}" })).ShouldBe(HttpStatusCode.Created);
        }

        async Task<string> NamesAsync(string query) =>
            string.Join('|', (await client.GetAsync($"/{path}?filter[name][like]={word} &{query}"))
            .ShouldBe(HttpStatusCode.OK).Texts("name").Select(name => name[(word.Length + 1)..]));

        (await NamesAsync("sort=-id")).ShouldBe("zebra|Äpfel|b_100%");
        (await NamesAsync("sort=-name")).ShouldBe("Äpfel|zebra|b_100%");
        (await NamesAsync("search=apf")).ShouldBe("Äpfel");
        (await NamesAsync("filter[name][like]=_100%25")).ShouldBe("b_100%");
        (await NamesAsync("filter[name][like]=%25")).ShouldBe("b_100%");
        (await NamesAsync($"filter[name]={word} ZEBRA")).ShouldBe("zebra");
        (await NamesAsync($"filter[name][ne]={word} zebra")).ShouldBe("b_100%|Äpfel");
        (await NamesAsync($"filter[name][in]={word} zebra,{word} äpfel")).ShouldBe("Äpfel|zebra");
        (await NamesAsync($"filter[name][not_in]={word} zebra,x")).ShouldBe("b_100%|Äpfel");
        (await NamesAsync($"filter[name][between]={word} a,{word} c")).ShouldBe("b_100%");
        (await NamesAsync($"filter[name][gte]={word} c&filter[name][lt]={word} zz")).ShouldBe("zebra");
        (await NamesAsync("filter[name][null]=true")).ShouldBe("");
        (await NamesAsync("filter[created_at][lt]=2020-01-01")).ShouldBe("");
        (await NamesAsync("filter[created_at][gte]=2020-01-01&per_page=2&page=2")).ShouldBe("zebra");
        (await client.GetAsync($"/{path}?sort=color&filter[name]=a%00b&filter[id]=1&include=contacts&fields=tenant_id"))
            .ShouldBeInvalid().ErrorFields.ShouldBe(["fields", "include", "sort", "filter[name]", "filter[id]"], ignoreOrder: true);
    }

    [Fact]
    public async Task ContactsCount_WhereAskedFor_IsTold()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.CreateContactAsync();

        var source = await client.GetAsync($"/sources/{tenant.SourceId}?include=contacts_count&fields=name");
        source.Data!.ToJsonString().ShouldBe($$"""{"id":{{tenant.SourceId}},"name":"Manual","contacts_count":1}""");
        ((int)(await client.GetAsync("/statuses?include=contacts_count")).Items[0]!["contacts_count"]!).ShouldBe(1);
        (await client.GetAsync("/statuses")).Items[0]!.AsObject().ContainsKey("contacts_count").ShouldBeFalse();
    }

    [Theory]
    [InlineData("sources")]
    [InlineData("statuses")]
    public async Task Delete_WhileInUse_Answers409UntilTheContactIsGone(string path)
    {
        var (tenant, client) = await app.NewTenantAsync();
        var contact = await tenant.CreateContactAsync();
        var id = path == "sources" ? tenant.SourceId : tenant.StatusId;

        var reply = (await client.DeleteAsync($"/{path}/{id}")).ShouldFail(HttpStatusCode.Conflict, "RESOURCE_IN_USE");
        reply.Json["error"]!["details"]!.ToJsonString().ShouldBe("""{"contacts":1}""");
        await client.DeleteAsync($"/contacts/{contact.Id}");
        (await client.DeleteAsync($"/{path}/{id}")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("\"#FF5733\"", true)]
    [InlineData("\"#ff5733\"", true)]
    [InlineData("null", true)]
    [InlineData("\"red\"", false)]
    [InlineData("\"#FFF\"", false)]
    [InlineData("\"#GG5733\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("16733747", false)]
    public async Task Color_OfAStatus_MustBeHex(string color, bool fits)
    {
        var (_, client) = await app.NewTenantAsync();

        var reply = await client.PostAsync("/statuses", $"{{\"name\":\"Hot\",\"color\":{color}}}");

        if (fits)
        {
            (reply.ShouldBe(HttpStatusCode.Created).Data!["color"]?.ToJsonString() ?? "null").ShouldBe(color);
        }
        else
        {
            reply.ShouldBeInvalid().ErrorFields.ShouldBe(["color"]);
        }
    }

    [Fact]
    public async Task Members_AddAndRemove_CountOnlyChanges()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var (one, two) = ((await tenant.CreateContactAsync()).Id, (await tenant.CreateContactAsync()).Id);
        var theirs = (await (await app.CreateTenantAsync()).CreateContactAsync()).Id;
        var path = $"/groups/{group}/contacts";

        (await client.PostAsync(path, new { contact_ids = new[] { one, one } })).ShouldBe(HttpStatusCode.OK)
            .Data!.ToJsonString().ShouldBe($$"""{"group_id":{{group}},"contacts_added":1}""");
        (await client.PostAsync(path, new { contact_ids = new[] { two, theirs } })).ShouldBeInvalid()
            .Errors("contact_ids.1").ShouldBe(["One or more contact IDs do not exist"]);
        (await client.GetAsync($"/contacts?filter[group_id]={group}")).Ids.ShouldBe([one]);
        (await client.PostAsync(path, new { contact_ids = new[] { one, two } })).Data!["contacts_added"]!.ToJsonString().ShouldBe("1");
        (await client.DeleteAsync(path, new { contact_ids = new[] { one, theirs, 4711 } })).ShouldBe(HttpStatusCode.OK)
            .Data!.ToJsonString().ShouldBe($$"""{"group_id":{{group}},"contacts_removed":1}""");
        (await client.DeleteAsync($"/groups/{group}")).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/contacts/{two}")).Data!["group_id"]!.ToJsonString().ShouldBe("[]");
    }

    [Fact]
    public async Task Members_WrongShape_IsNamed()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var path = $"/groups/{await tenant.CreateGroupAsync("VIP")}/contacts";

        (await client.PostAsync(path, "{}")).ShouldBeInvalid().Errors("contact_ids").ShouldBe(["Contact IDs are required"]);
        (await client.PostAsync(path, "{\"contact_ids\":[]}"))
            .ShouldBeInvalid()
            .Errors("contact_ids")
            .ShouldBe(["Contact IDs are required"]);
        (await client.DeleteAsync(path, "{\"contact_ids\":7}"))
            .ShouldBeInvalid()
            .Errors("contact_ids")
            .ShouldBe(["Contact IDs must be an array"]);
        (await client.PostAsync(path, "{\"contact_ids\":[\"7\"]}")).ShouldBeInvalid().ErrorFields.ShouldBe(["contact_ids.0"]);
        (await client.PostAsync(path, new { contact_ids = Enumerable.Range(1, 1001) })).ShouldBeInvalid("contact_ids");
        (await client.PostAsync("/groups/4711/contacts", new { contact_ids = new[] { 1 } }))
            .ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task CountriesAndUsers_AreListed()
    {
        var (_, client) = await app.NewTenantAsync();

        var countries = await client.GetAsync("/countries?search=indi&sort=-name&fields=code");
        countries.Texts("code").ShouldBe(["IN", "IO"]);
        ((int)(await client.GetAsync("/countries?per_page=100&page=3")).Pagination["to"]!).ShouldBe(249);
        (await client.GetAsync("/users")).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
        (await client.GetAsync("/users?sort=role")).ShouldBeInvalid("sort");
        (await client.GetAsync("/countries?filter[id]=1")).ShouldBeInvalid("filter[id]");
    }
}
