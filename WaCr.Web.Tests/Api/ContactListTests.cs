using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

public sealed class ContactListTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Pages_OfAList_AddUp()
    {
        var (tenant, client) = await app.NewTenantAsync();
        for (var i = 0; i < 17; i++)
        {
            await tenant.CreateContactAsync($"Name{i:00}");
        }

        var first = await client.GetAsync("/contacts?sort=firstname");
        var second = await client.GetAsync("/contacts?sort=firstname&page=2");
        var beyond = await client.GetAsync("/contacts?page=2147483647&per_page=100");

        first.Texts("firstname").ShouldBe(Enumerable.Range(0, 15).Select(index => $"Name{index:00}"));
        first.Pagination.ToJsonString().ShouldBe("""{"current_page":1,"per_page":15,"total":17,"last_page":2,"from":1,"to":15}""");
        second.Texts("firstname").ShouldBe(["Name15", "Name16"]);
        second.Pagination.ToJsonString().ShouldBe("""{"current_page":2,"per_page":15,"total":17,"last_page":2,"from":16,"to":17}""");
        beyond.ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
        beyond.Pagination["from"].ShouldBeNull();
    }

    [Fact]
    public async Task EmptyList_HasOnePage()
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync("/contacts")).Pagination.ToJsonString()
            .ShouldBe("""{"current_page":1,"per_page":15,"total":0,"last_page":1,"from":null,"to":null}""");
    }

    [Fact]
    public async Task Sort_BySeveralFields_IsFollowed()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.CreateContactAsync("Asha", "Zaveri");
        await tenant.CreateContactAsync("Ravi", "Patel");
        await tenant.CreateContactAsync("Asha", "Patel");

        (await client.GetAsync("/contacts?sort=-firstname,%20lastname%20,")).Items
            .Select(item => $"{item!["firstname"]} {item["lastname"]}").ShouldBe(["Ravi Patel", "Asha Patel", "Asha Zaveri"]);
        (await client.GetAsync("/contacts?sort=")).Texts("firstname").ShouldBe(["Asha", "Ravi", "Asha"]);
    }

    [Fact]
    public async Task Search_AnyField_FindsParts()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await client.PostAsync("/contacts", ApiBodies.Contact(
            tenant, ("firstname", "Ásha"), ("company", "Baroda 100% _Cotton_"), ("phone", "+919587422369"), ("email", "asha@example.com")));
        await tenant.CreateContactAsync("Ravi", "Shah");

        foreach (var found in new[] { "asha", "ASHA", "patel", "baroda", "asha@ex", "95874 22369", "87422", "100%25", "_cotton_",
            "%20asha%20" })
        {
            (await client.GetAsync($"/contacts?search={found}")).Texts("lastname").ShouldBe(["Patel"], found);
            (await client.GetAsync($"/contacts?q={found}")).Texts("lastname").ShouldBe(["Patel"], found);
        }

        foreach (var none in new[] { "100_", "%25%25%25", "___", "\"asha*\"", "asha OR ravi", "asha'--", "(", "-", "%2B",
            "x" + string.Concat(Enumerable.Repeat("😀", 100)) })
        {
            (await client.GetAsync($"/contacts?search={none}")).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty(none);
        }

        (await client.GetAsync("/contacts?search=%20&q=")).Items.Count.ShouldBe(2);
        (await client.GetAsync("/contacts?search=a%00b")).ShouldBeInvalid("search");
    }

    [Fact]
    public async Task Filters_EveryOperator_NarrowAsTheySay()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        var vip = await tenant.CreateGroupAsync("VIP");
        async Task MakeAsync(string name, string type, long status, params long[] groups) =>
            (await client.PostAsync("/contacts", ApiBodies.Contact(
            tenant, ("firstname", name), ("type", type), ("status_id", status), (
                "groups", new JsonArray([.. groups.Select(id => JsonValue.Create(id))]))))).ShouldBe(HttpStatusCode.Created);
        await MakeAsync("A", "lead", tenant.StatusId);
        await MakeAsync("B", "customer", won, vip);
        await MakeAsync("C", "guest", won);

        async Task ShouldFindAsync(string filter, string names) =>
            string.Concat((await client.GetAsync($"/contacts?sort=firstname&{filter}")).ShouldBe(HttpStatusCode.OK).Texts("firstname"))
                .ShouldBe(names, filter);

        await ShouldFindAsync("filter[type]=lead", "A");
        await ShouldFindAsync("filter[type][ne]=lead", "BC");
        await ShouldFindAsync("filter[type][in]=lead,guest", "AC");
        await ShouldFindAsync("filter[type][not_in]=lead,guest", "B");
        await ShouldFindAsync("filter[type][like]=UE", "C");
        await ShouldFindAsync("filter[type][like]=zzz", "");
        await ShouldFindAsync("filter[type][like]=%25", "");
        await ShouldFindAsync("filter[type][null]=false", "ABC");
        await ShouldFindAsync("filter[type][null]=true", "");
        await ShouldFindAsync($"filter[status_id]={won}", "BC");
        await ShouldFindAsync($"filter[status_id][ne]={won}", "A");
        await ShouldFindAsync($"filter[status_id][gt]={tenant.StatusId}", "BC");
        await ShouldFindAsync($"filter[status_id][gte]={tenant.StatusId}", "ABC");
        await ShouldFindAsync($"filter[status_id][lt]={won}", "A");
        await ShouldFindAsync($"filter[status_id][lte]={won}", "ABC");
        await ShouldFindAsync($"filter[status_id][between]={won},{won}", "BC");
        await ShouldFindAsync($"filter[status_id][in]={won}", "BC");
        await ShouldFindAsync($"filter[status_id][not_in]={won}", "A");
        await ShouldFindAsync($"filter[status_id]={won}&filter[status_id]={tenant.StatusId}", "");
        await ShouldFindAsync($"filter[status_id]={won}&filter[type]=guest", "C");
        await ShouldFindAsync($"filter[source_id]={tenant.SourceId}", "ABC");
        await ShouldFindAsync("filter[source_id]=9223372036854775807", "");
        await ShouldFindAsync("filter[assigned_id][null]=true", "ABC");
        await ShouldFindAsync("filter[assigned_id][null]=false", "");
        await ShouldFindAsync("filter[assigned_id][ne]=1", "ABC");
        await ShouldFindAsync("filter[assigned_id][not_in]=1,2", "ABC");
        await ShouldFindAsync("filter[assigned_id]=1", "");
        await ShouldFindAsync($"filter[group_id]={vip}", "B");
        await ShouldFindAsync($"filter[group_id][ne]={vip}", "AC");
        await ShouldFindAsync($"filter[group_id][in]={vip},4711", "B");
        await ShouldFindAsync($"filter[group_id][not_in]={vip}", "AC");
        await ShouldFindAsync($"filter[group_id][gte]={vip}", "B");
        await ShouldFindAsync("filter[group_id][null]=true", "AC");
        await ShouldFindAsync("filter[group_id][null]=false", "B");
        await ShouldFindAsync($"filter[type][ne]=guest&search=patel&filter[group_id]={vip}", "B");
    }

    [Fact]
    public async Task FilterOfTime_DateAlone_IsTheWholeUtcDay()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var start = new DateTimeOffset(app.Time.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero);
        foreach (var (name, createdAt) in new[] { ("A", start.AddSeconds(-1)), ("B", start), ("C", start.AddDays(1).AddSeconds(-1)),
            ("D", start.AddDays(1)) })
        {
            app.Time.SetUtcNow(createdAt);
            await tenant.CreateContactAsync(name);
        }

        var (day, next, noon) = ($"{start:yyyy-MM-dd}", $"{start.AddDays(1):yyyy-MM-dd}", $"{start:yyyy-MM-dd}T12:00:00");
        async Task ShouldFindAsync(string filter, string names) =>
            string.Concat(
                (await client.GetAsync($"/contacts?sort=firstname&filter[created_at]{filter}"))
                    .ShouldBe(HttpStatusCode.OK)
                    .Texts("firstname"))
                .ShouldBe(names, filter);

        await ShouldFindAsync($"={day}", "BC");
        await ShouldFindAsync($"[ne]={day}", "AD");
        await ShouldFindAsync($"[gt]={day}", "D");
        await ShouldFindAsync($"[gte]={day}", "BCD");
        await ShouldFindAsync($"[lt]={day}", "A");
        await ShouldFindAsync($"[lte]={day}", "ABC");
        await ShouldFindAsync($"[between]={day},{day}", "BC");
        await ShouldFindAsync($"[between]={day},{next}", "BCD");
        await ShouldFindAsync($"[in]={day},{next}", "BCD");
        await ShouldFindAsync($"[not_in]={day},{next}", "A");
        await ShouldFindAsync("[null]=true", "");
        await ShouldFindAsync("[null]=false", "ABCD");
        await ShouldFindAsync($"[gte]={noon}Z", "CD");
        await ShouldFindAsync($"={day}T00:00:00%2B00:00", "B");
        await ShouldFindAsync($"={day}T00:00:00+00:00", "B");
        await ShouldFindAsync($"[lt]={day}T05:30:00%2B05:30", "A");
        await ShouldFindAsync($"[lte]={day}T05:30:00.000%2B05:30", "AB");
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("page=99999999999999999999", "page")]
    [InlineData("per_page=0", "per_page")]
    [InlineData("per_page=101", "per_page")]
    [InlineData("per_page=1.5", "per_page")]
    [InlineData("sort=phone", "sort")]
    [InlineData("sort=-", "sort")]
    [InlineData("sort=firstname,nope", "sort")]
    [InlineData("include=nope", "include")]
    [InlineData("fields=nope", "fields")]
    [InlineData("filter=lead", "filter")]
    [InlineData("filter[]=lead", "filter[]")]
    [InlineData("filter[foo]=1", "filter[foo]")]
    [InlineData("filter[type", "filter[type")]
    [InlineData("filter[type]x=1", "filter[type]x")]
    [InlineData("filter[type][ne][in]=lead", "filter[type][ne][in]")]
    [InlineData("filter[type][foo]=1", "filter[type][foo]")]
    [InlineData("filter[type][gt]=lead", "filter[type][gt]")]
    [InlineData("filter[type]=", "filter[type]")]
    [InlineData("filter[type]=vip", "filter[type]")]
    [InlineData("filter[type][in]=lead,vip", "filter[type][in]")]
    [InlineData("filter[type][in]=,", "filter[type][in]")]
    [InlineData("filter[type][null]=yes", "filter[type][null]")]
    [InlineData("filter[status_id]=abc", "filter[status_id]")]
    [InlineData("filter[status_id]=1.5", "filter[status_id]")]
    [InlineData("filter[status_id]=99999999999999999999", "filter[status_id]")]
    [InlineData("filter[status_id][like]=1", "filter[status_id][like]")]
    [InlineData("filter[status_id][between]=1", "filter[status_id][between]")]
    [InlineData("filter[status_id][between]=1,2,3", "filter[status_id][between]")]
    [InlineData("filter[created_at]=yesterday", "filter[created_at]")]
    [InlineData("filter[created_at]=2026-02-30", "filter[created_at]")]
    [InlineData("filter[created_at]=1767225600", "filter[created_at]")]
    [InlineData("filter[created_at][gte]=0001-01-01T00:00:00%2B14:00", "filter[created_at][gte]")]
    public async Task Query_NotUnderstood_NamesTheParameter(string query, string named)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync($"/contacts?{query}")).ShouldBeInvalid().ErrorFields.ShouldBe([named]);
    }

    [Theory]
    [InlineData("filter[created_at][gte]=9999-12-31")]
    [InlineData("filter[created_at][lte]=0001-01-01")]
    [InlineData("filter[status_id][between]=9,1")]
    [InlineData("filter[status_id]=-9223372036854775808")]
    [InlineData("unknown=1")]
    [InlineData("")]
    public async Task Query_AtTheEdge_IsAnswered(string query)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync($"/contacts?{query}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Filters_TooMany_AreRefused()
    {
        var (_, client) = await app.NewTenantAsync();
        var filters = string.Join('&', Enumerable.Repeat("filter[type]=lead", 21));

        (await client.GetAsync($"/contacts?{filters}")).ShouldBeInvalid("filter");
        (await client.GetAsync($"/contacts?filter[status_id][in]={string.Join(',', Enumerable.Range(1, 501))}"))
            .ShouldBeInvalid("filter[status_id][in]");
    }
}
