using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

/// <summary>Contacts found, created and changed by their number.</summary>
public sealed class ContactUpsertTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Phone = "919587422369";
    private const string Path = "/contacts/by-phone/" + Phone;

    [Theory, OnEachEngine]
    public async Task Put_OfTwentyFourAtOnce_MakesOneContact(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => Task.Run(
            () => client.PutAsync(Path, Body(tenant, ("city", $"City {n}"))))));

        replies.Count(reply => reply.Status == HttpStatusCode.Created).ShouldBe(1);
        replies.Count(reply => reply.Status == HttpStatusCode.OK).ShouldBe(23);
        await using var db = tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(1);
        (await db.UsageCounters.SingleAsync(counter => counter.Metric == Metric.Contacts)).Value.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Put_ForAKnownNumber_ChangesTheGivenFieldsAlone(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var created = (await client.PutAsync(Path, Body(tenant, ("city", "Baroda"), ("email", "a@example.com")))).ShouldBe(HttpStatusCode.Created);
        created.Headers["Location"].ShouldEndWith($"/contacts/{created.Id}");
        ((string)created.Data!["phone"]!).ShouldBe(Phone);

        var updated = (await client.PutAsync("/contacts/by-phone/%2B91%2095874-22369", new { city = "Goa" })).ShouldBe(HttpStatusCode.OK);

        updated.Id.ShouldBe(created.Id);
        ((string)updated.Data!["city"]!).ShouldBe("Goa");
        ((string)updated.Data["email"]!).ShouldBe("a@example.com");
        ((string)updated.Data["phone"]!).ShouldBe(Phone);
        updated.Headers["ETag"].ShouldNotBe(created.Headers["ETag"]);
    }

    [Theory, OnEachEngine]
    public async Task Put_WithAStaleVersion_ChangesNothing(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        (await client.PutAsync(Path, Body(tenant), ("If-Match", "\"1\""))).ShouldFail(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        (await client.PutAsync(Path, Body(tenant))).ShouldBe(HttpStatusCode.Created);

        (await client.PutAsync(Path, new { city = "Goa" }, ("If-Match", "\"7\""))).ShouldFail(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        (await client.PutAsync(Path, new { city = "Goa" }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, OnEachEngine]
    public async Task Put_WithWrongValues_NamesThem(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();

        (await client.PutAsync("/contacts/by-phone/12", Body(tenant))).ShouldBeInvalid().ErrorFields.ShouldBe(["phone"]);
        (await client.PutAsync(Path, Body(tenant, ("phone", "+919587422370")))).ShouldBeInvalid().Errors("phone").ShouldBe(["The phone number must be the one in the path"]);
        (await client.PutAsync(Path, new { city = 5 })).ShouldBeInvalid().ErrorFields.ShouldBe(["city", "firstname", "lastname", "type", "status_id", "source_id"], ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task Put_OfAnotherTenantsNumber_MakesAContactOfOnesOwn(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (theirs, their) = await app.NewTenantAsync();
        (await their.PutAsync(Path, Body(theirs))).ShouldBe(HttpStatusCode.Created);
        var (tenant, client) = await app.NewTenantAsync();

        (await client.PutAsync(Path, Body(tenant, ("city", "Mine")))).ShouldBe(HttpStatusCode.Created);

        (await client.GetAsync($"/contacts?filter[phone]={Phone}")).Items.Count.ShouldBe(1);
        (await their.GetAsync($"/contacts?filter[phone]={Phone}")).Items.ShouldHaveSingleItem()!["city"].ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Filters_ByNumberAddressTimeAndWish_FindExactly(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var asha = (await client.PutAsync(Path, Body(tenant, ("email", "Asha@Example.com")))).Id;
        var ravi = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("phone", "+14155550123"), ("email", "ravi@example.com")))).Id;
        await using (var db = tenant.OpenDatabase())
        {
            await db.Contacts.Where(c => c.Id == ravi).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, true));
        }

        await ShouldFindAsync("filter[phone]=%2B91%2095874-22369", asha);
        await ShouldFindAsync("filter[phone]=+14155550123", ravi);
        await ShouldFindAsync("filter[phone][in]=9587422369,+14155550123", asha, ravi);
        await ShouldFindAsync("filter[phone][ne]=9587422369", ravi);
        await ShouldFindAsync("filter[phone]=958742");
        await ShouldFindAsync("filter[phone]=nobody");
        await ShouldFindAsync("filter[email]=ASHA@example.COM", asha);
        await ShouldFindAsync("filter[email]=asha");
        await ShouldFindAsync("filter[email]=asha@example.com&search=patel", asha);
        await ShouldFindAsync("filter[email][null]=false", asha, ravi);
        await ShouldFindAsync("filter[is_opted_out]=true", ravi);
        await ShouldFindAsync("filter[is_opted_out]=false", asha);
        await ShouldFindAsync("filter[is_opted_out][in]=true,false", asha, ravi);
        await ShouldFindAsync("filter[updated_at][gte]=2020-01-01&sort=-id", asha, ravi);
        await ShouldFindAsync("filter[updated_at][lt]=2020-01-01");
        (await client.GetAsync("/contacts?filter[is_opted_out]=maybe")).ShouldBeInvalid();
        (await client.GetAsync("/contacts?filter[phone][like]=95")).ShouldBeInvalid();

        async Task ShouldFindAsync(string query, params long[] ids) =>
            (await client.GetAsync("/contacts?" + query)).ShouldBe(HttpStatusCode.OK).Ids.ShouldBe(ids, ignoreOrder: true, query);
    }

    [Theory, OnEachEngine]
    public async Task Batch_UpdatingDuplicates_ChangesTheGivenFieldsAndReportsEachRow(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var known = (await client.PutAsync(Path, Body(tenant, ("city", "Baroda")))).Id;
        var fresh = ApiBodies.Contact(tenant);
        var rows = new JsonArray(
            new JsonObject { ["phone"] = "9587422369", ["company"] = "Textiles" },
            fresh.DeepClone(),
            new JsonObject { ["phone"] = (string)fresh["phone"]!, ["city"] = "Goa" },
            new JsonObject { ["phone"] = Phone, ["type"] = "x" });
        var body = new JsonObject { ["contacts"] = rows, ["options"] = new JsonObject { ["on_duplicate"] = "update" } };

        var reply = (await client.PostAsync("/contacts/batch", body, ("Idempotency-Key", "once"))).ShouldBe(HttpStatusCode.OK);
        var again = (await client.PostAsync("/contacts/batch", body, ("Idempotency-Key", "once"))).ShouldBe(HttpStatusCode.OK);

        reply.Data!["summary"]!.ToJsonString().ShouldBe("""{"total":4,"created":1,"updated":2,"skipped":0,"failed":1}""");
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        ((int)reply.Data["errors"]![0]!["index"]!).ShouldBe(3);
        var changed = reply.Data["updated"]![0]!;
        ((long)changed["id"]!).ShouldBe(known);
        ((string)changed["company"]!).ShouldBe("Textiles");
        ((string)changed["city"]!).ShouldBe("Baroda");
        ((string)reply.Data["updated"]![1]!["city"]!).ShouldBe("Goa");
    }

    [Theory, OnEachEngine]
    public async Task Batch_UpdatingDuplicates_StopsAndUndoesAll(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        await client.PutAsync(Path, Body(tenant, ("city", "Baroda")));

        var reply = await client.PostAsync("/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(
                ApiBodies.Contact(tenant), new JsonObject { ["phone"] = Phone, ["city"] = "Goa" }, new JsonObject { ["phone"] = Phone, ["status_id"] = 4711 }),
            ["options"] = new JsonObject { ["on_duplicate"] = "update", ["continue_on_error"] = false },
        });

        reply.ShouldBeInvalid().ErrorFields.ShouldBe(["contacts.2.status_id"]);
        (await client.GetAsync("/contacts")).Items.ShouldHaveSingleItem()!["city"]!.ToString().ShouldBe("Baroda");
        (await client.PostAsync("/contacts/batch", new JsonObject
        {
            ["contacts"] = new JsonArray(ApiBodies.Contact(tenant)),
            ["options"] = new JsonObject { ["on_duplicate"] = "replace" },
        })).ShouldBeInvalid().ErrorFields.ShouldBe(["options.on_duplicate"]);
    }

    [Theory, OnEachEngine]
    public async Task History_OfAContact_TellsWhoChangedWhat(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var id = (await client.PutAsync(Path, Body(tenant, ("city", "Baroda")))).Id;
        await client.PatchAsync($"/contacts/{id}", new { city = "Goa", groups = new[] { group } });

        var history = (await client.GetAsync($"/contacts/{id}/history")).ShouldBe(HttpStatusCode.OK);

        history.Items.Select(entry => (string)entry!["action"]!).ShouldBe(["updated", "created"]);
        ((string)history.Items[0]!["source"]!).ShouldBe("api");
        ((string)history.Items[0]!["actor"]!).ShouldBe("token");
        var changes = history.Items[0]!["changes"]!.AsArray();
        changes.ShouldContain(change => (string)change!["field"]! == "city" && (string)change["from"]! == "Baroda" && (string)change["to"]! == "Goa");
        changes.ShouldContain(change => (string)change!["field"]! == "groups" && (long)change["joined"]![0]! == group);
        (await client.GetAsync($"/contacts/{id}/history?per_page=1&page=2")).Items.ShouldHaveSingleItem()!["action"]!.ToString().ShouldBe("created");
        (await client.GetAsync($"/contacts/{id}/history?sort=created_at")).Items[0]!["action"]!.ToString().ShouldBe("created");
        var (_, stranger) = await app.NewTenantAsync();
        (await stranger.GetAsync($"/contacts/{id}/history")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static JsonObject Body(TestTenant tenant, params (string, JsonNode?)[] more)
    {
        var body = ApiBodies.Contact(tenant, more);
        if (!more.Any(field => field.Item1 == "phone"))
        {
            body.Remove("phone");
        }

        return body;
    }
}
