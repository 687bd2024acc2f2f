using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Api;

public sealed class ContactsTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] AllFields =
    [
        "id", "firstname", "lastname", "company", "type", "email", "phone", "status_id", "source_id", "description", "city", "state", "zip",
        "address", "country_id", "assigned_id", "language", "group_id", "is_opted_out", "consent", "created_at", "updated_at",
    ];

    [Fact]
    public async Task Create_WithAllFields_Answers201WithTheWholeContact()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var body = ApiBodies.Contact(
            tenant, ("email", "Asha@Example.com"), ("company", " Baroda Textiles "), ("city", "Baroda"), ("state", "Gujarat"), ("zip", "390001"),
            ("address", "12 Station Road"), ("description", "Met at the fair"), ("country_id", 356), ("groups", new JsonArray(group, group)), ("unknown", 1));

        var reply = (await client.PostAsync("/contacts", body)).ShouldBe(HttpStatusCode.Created);

        ((string)reply.Json["message"]!).ShouldBe("Contact created successfully");
        reply.Headers["Location"].ShouldBe($"/api/v2/contacts/{reply.Id}");
        reply.Headers["ETag"].ShouldBe("\"1\"");
        reply.Data!.AsObject().Select(field => field.Key).ShouldBe([.. AllFields, "groups", "source", "status"]);
        ((string)reply.Data["company"]!).ShouldBe("Baroda Textiles");
        reply.Data["group_id"]!.AsArray().Select(id => (long)id!).ShouldBe([group]);
        ((string)reply.Data["groups"]![0]!["name"]!).ShouldBe("VIP");
        ((long)reply.Data["source"]!["id"]!).ShouldBe(tenant.SourceId);
        ((long)reply.Data["status"]!["id"]!).ShouldBe(tenant.StatusId);
        ((string)reply.Data["created_at"]!).ShouldEndWith("+00:00");
    }

    [Fact]
    public async Task Create_WithNothing_NamesAllThatIsRequired()
    {
        var (_, client) = await app.NewTenantAsync();

        var reply = (await client.PostAsync("/contacts", new { })).ShouldBeInvalid();

        reply.ErrorFields.ShouldBe(["firstname", "lastname", "type", "phone", "status_id", "source_id"], ignoreOrder: true);
        reply.Errors("firstname").ShouldBe(["First name is required"]);
        reply.Errors("lastname").ShouldBe(["Last name is required"]);
        reply.Errors("phone").ShouldBe(["Phone number is required"]);
        reply.Errors("type").ShouldBe(["Type must be either lead, customer, or guest"]);
    }

    [Fact]
    public async Task Create_WithAllWrong_NamesAllAtOnce()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var other = await app.CreateTenantAsync();
        await tenant.CreateContactAsync(phone: "+919587422369", email: "asha@example.com");

        var reply = await client.PostAsync("/contacts", new JsonObject
        {
            ["firstname"] = 5,
            ["lastname"] = new string('x', 256),
            ["company"] = true,
            ["type"] = "vip",
            ["email"] = "ASHA@example.com",
            ["phone"] = "95874-22369",
            ["status_id"] = other.StatusId,
            ["source_id"] = "1",
            ["zip"] = new string('1', 21),
            ["address"] = new string('a', 501),
            ["city"] = "a\0b",
            ["country_id"] = 99999,
            ["assigned_id"] = 4711,
            ["groups"] = new JsonArray(4711),
            ["state"] = new JsonObject(),
        });

        reply.ShouldBeInvalid();
        reply.ErrorFields.ShouldBe(
            [
                "firstname", "lastname", "company", "type", "email", "phone", "status_id", "source_id", "zip", "address", "city", "country_id",
                "assigned_id", "groups", "state",
            ],
            ignoreOrder: true);
        reply.Errors("phone").ShouldBe(["This phone number already exists"]);
        reply.Errors("email").ShouldBe(["This email address already exists"]);
        reply.Errors("status_id").ShouldBe(["The selected status does not exist or does not belong to your account"]);
        reply.Errors("country_id").ShouldBe(["The selected country does not exist"]);
        reply.Errors("assigned_id").ShouldBe(["The selected user does not exist or does not belong to your account"]);
        reply.Errors("groups").ShouldBe(["One or more groups do not exist or do not belong to your account"]);
        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"firstname\": 1.5", "firstname")]
    [InlineData("\"firstname\": []", "firstname")]
    [InlineData("\"firstname\": \"\\ud800\"", "firstname")]
    [InlineData("\"firstname\": \"a\\u0000b\"", "firstname")]
    [InlineData("\"firstname\": \"  \"", "firstname")]
    [InlineData("\"firstname\": null", "firstname")]
    [InlineData("\"type\": null", "type")]
    [InlineData("\"type\": \"LEAD\"", "type")]
    [InlineData("\"phone\": 919587422369", "phone")]
    [InlineData("\"phone\": \"12\"", "phone")]
    [InlineData("\"phone\": \"+91 98765 43210 000 000\"", "phone")]
    [InlineData("\"email\": \"nobody\"", "email")]
    [InlineData("\"status_id\": 1.0", "status_id")]
    [InlineData("\"status_id\": 99999999999999999999", "status_id")]
    [InlineData("\"status_id\": 9223372036854775807", "status_id")]
    [InlineData("\"status_id\": -1", "status_id")]
    [InlineData("\"status_id\": null", "status_id")]
    [InlineData("\"source_id\": true", "source_id")]
    [InlineData("\"country_id\": 4294967652", "country_id")]
    [InlineData("\"country_id\": \"IN\"", "country_id")]
    [InlineData("\"groups\": \"1\"", "groups")]
    [InlineData("\"groups\": [1, \"2\"]", "groups")]
    [InlineData("\"groups\": [99999999999999999999]", "groups")]
    [InlineData("\"groups\": {}", "groups")]
    public async Task Update_WithWrongValue_NamesTheFieldAndChangesNothing(string field, string named)
    {
        var (tenant, client) = await app.NewTenantAsync();
        var contact = await tenant.CreateContactAsync();

        var reply = (await client.PatchAsync($"/contacts/{contact.Id}", "{\"city\": \"Baroda\", " + field + "}")).ShouldBeInvalid();

        reply.ErrorFields.ShouldBe([named]);
        var after = await client.GetAsync($"/contacts/{contact.Id}");
        after.Data!["city"].ShouldBeNull();
        after.Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Update_WorkedExample_ChangesOnlyTheNamedFields()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var status = await tenant.CreateStatusAsync("Won");
        var before = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("email", "a@example.com"), ("groups", new JsonArray(group))))).Data!;
        app.Time.Advance(TimeSpan.FromSeconds(5));

        var reply = await client.PatchAsync($"/contacts/{before["id"]}", new JsonObject
        {
            ["firstname"] = "Test Edited",
            ["type"] = "customer",
            ["phone"] = "+919587422369",
            ["status_id"] = status,
            ["description"] = "Test one contact edited",
            ["city"] = "Baroda",
        });

        reply.ShouldBe(HttpStatusCode.OK);
        ((string)reply.Json["message"]!).ShouldBe("Contact updated successfully");
        ((string)reply.Data!["groups"]![0]!["name"]!).ShouldBe("VIP");
        var changed = AllFields.Where(field => !JsonNode.DeepEquals(before[field], reply.Data[field]));
        changed.ShouldBe(["firstname", "type", "phone", "status_id", "description", "city", "updated_at"], ignoreOrder: true);
    }

    [Fact]
    public async Task Update_NullAndGroups_ClearAndReplace()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var (one, two) = (await tenant.CreateGroupAsync("One"), await tenant.CreateGroupAsync("Two"));
        var id = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("email", "a@example.com"), ("groups", new JsonArray(one))))).Id;

        (await client.PatchAsync($"/contacts/{id}", new { email = (string?)null, groups = new[] { two } })).Data!["email"].ShouldBeNull();
        (await client.GetAsync($"/contacts/{id}")).Data!["group_id"]!.ToJsonString().ShouldBe($"[{two}]");
        (await client.PatchAsync($"/contacts/{id}", new { city = "Pune" })).Data!["group_id"]!.ToJsonString().ShouldBe($"[{two}]");
        (await client.PatchAsync($"/contacts/{id}", new { groups = (int[]?)null })).Data!["group_id"]!.ToJsonString().ShouldBe("[]");
    }

    [Fact]
    public async Task Update_ChangingNothing_LeavesTimeAndVersion()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var before = await client.PostAsync("/contacts", ApiBodies.Contact(tenant));
        app.Time.Advance(TimeSpan.FromMinutes(1));

        foreach (var body in new[] { "{}", "{\"firstname\":\" Asha \",\"groups\":[]}" })
        {
            var after = (await client.PatchAsync($"/contacts/{before.Id}", body)).ShouldBe(HttpStatusCode.OK);
            ((string)after.Data!["updated_at"]!).ShouldBe((string)before.Data!["updated_at"]!);
            after.Headers["ETag"].ShouldBe(before.Headers["ETag"]);
        }
    }

    [Fact]
    public async Task Update_OwnPhoneInAnotherSpelling_IsNoDuplicate()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var contact = await tenant.CreateContactAsync(phone: "+91 95874-22369");
        var other = await tenant.CreateContactAsync();

        var reply = (await client.PatchAsync($"/contacts/{contact.Id}", new { phone = "919587422369" })).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Data!["phone"]!).ShouldBe("919587422369");
        (await client.PatchAsync($"/contacts/{other.Id}", new { phone = "09587422369" })).ShouldBeInvalid("phone");
    }

    [Fact]
    public async Task Delete_Contact_IsGoneAndItsPhoneIsFree()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var body = ApiBodies.Contact(tenant, ("email", "a@example.com"));
        var id = (await client.PostAsync("/contacts", body)).Id;

        var reply = (await client.DeleteAsync($"/contacts/{id}")).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("Contact deleted successfully");
        reply.Json.ContainsKey("data").ShouldBeTrue();
        reply.Data.ShouldBeNull();
        ((string)(await client.DeleteAsync($"/contacts/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND").Json["error"]!["message"]!).ShouldBe("Contact not found");
        (await client.PostAsync("/contacts", body)).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1.0")]
    [InlineData("+1")]
    [InlineData("%201")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    public async Task Id_NoContact_Answers404(string id)
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync($"/contacts/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.PatchAsync($"/contacts/{id}", new { })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.DeleteAsync($"/contacts/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Get_FieldsAndInclude_ChooseWhatComesBack()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var id = (await tenant.CreateContactAsync()).Id;

        Keys(await client.GetAsync($"/contacts/{id}")).ShouldBe(AllFields);
        Keys(await client.GetAsync($"/contacts/{id}?fields=phone, firstname")).ShouldBe(["id", "firstname", "phone"]);
        Keys(await client.GetAsync($"/contacts/{id}?fields=phone&include= status ,source")).ShouldBe(["id", "phone", "source", "status"]);
        Keys(await client.GetAsync($"/contacts/{id}?include=groups")).ShouldBe([.. AllFields, "groups"]);
        (await client.GetAsync($"/contacts/{id}?fields=phone,nope&include=tenant")).ShouldBeInvalid("fields", "include");

        static string[] Keys(ApiReply reply) => [.. reply.ShouldBe(HttpStatusCode.OK).Data!.AsObject().Select(field => field.Key)];
    }

    [Fact]
    public async Task IfMatch_StaleAndCurrent_DecideAboutTheChange()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var first = await client.PostAsync("/contacts", ApiBodies.Contact(tenant));
        var path = $"/contacts/{first.Id}";
        var second = await client.PatchAsync(path, new { city = "Pune" }, ("If-Match", first.Headers["ETag"]));

        second.ShouldBe(HttpStatusCode.OK).Headers["ETag"].ShouldNotBe(first.Headers["ETag"]);
        foreach (var stale in new[] { first.Headers["ETag"], "\"x\"", "garbage", "W/" + first.Headers["ETag"] })
        {
            (await client.PatchAsync(path, new { city = "Surat" }, ("If-Match", stale))).ShouldFail(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
            (await client.DeleteAsync(path, null, ("If-Match", stale))).ShouldFail(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        }

        (await client.PatchAsync(path, new { city = "Surat" }, ("If-Match", $"{first.Headers["ETag"]}, {second.Headers["ETag"]}"))).ShouldBe(HttpStatusCode.OK);
        var third = await client.GetAsync(path);
        (await client.PatchAsync(path, new { city = "Delhi" }, ("If-Match", "W/" + third.Headers["ETag"]))).ShouldBe(HttpStatusCode.OK); // a proxy compressed it
        (await client.PatchAsync(path, new { city = "Goa" }, ("If-Match", "*"))).ShouldBe(HttpStatusCode.OK);
        (await client.PatchAsync("/contacts/4711", new { }, ("If-Match", "*"))).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.DeleteAsync(path, null, ("If-Match", "*"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task IfNoneMatch_OfTheCurrentVersion_Answers304()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var path = $"/contacts/{(await tenant.CreateContactAsync()).Id}";
        var etag = (await client.GetAsync(path)).Headers["ETag"];

        var unchanged = (await client.GetAsync(path, ("If-None-Match", etag))).ShouldBe(HttpStatusCode.NotModified);
        unchanged.Body.ShouldBeEmpty();
        unchanged.Headers["ETag"].ShouldBe(etag);
        (await client.GetAsync(path, ("If-None-Match", "\"0\""))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Create_OverThePlansLimit_AnswersFeatureLimitExceeded()
    {
        var (tenant, client) = await app.NewTenantAsync(null);
        await FillAsync(tenant, 499);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsync("/contacts", ApiBodies.Contact(tenant))));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        var refused = answers.First(answer => answer.Status != HttpStatusCode.Created).ShouldFail(HttpStatusCode.Forbidden, "FEATURE_LIMIT_EXCEEDED");
        refused.Json["error"]!["details"]!.ToJsonString().ShouldBe("""{"feature":"contacts","current":500,"maximum":500}""");
        ((long)(await client.GetAsync("/contacts")).Pagination["total"]!).ShouldBe(500);
    }

    [Fact]
    public async Task Create_SamePhoneAtOnce_MakesOneContact()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var spellings = new[] { "+919587422369", "919587422369", "09587422369", "+91 95874-22369", "+91 (95874) 22369" };

        var answers = await Task.WhenAll(spellings.Concat(spellings).Select(phone => client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("phone", phone)))));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created).ShouldAllBe(answer => answer.Errors("phone").Contains("This phone number already exists"));
        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Change_ThroughTheApi_IsAuditedWithItsRequest()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var reply = await client.PostAsync("/contacts", ApiBodies.Contact(tenant));

        var entry = (await tenant.AuditOfAsync("contact", reply.Id)).ShouldHaveSingleItem();

        entry.RequestId.ShouldBe(reply.Headers["X-Request-Id"]);
        entry.ChangeOrigin.ShouldBe(Tenancy.ChangeOrigin.Api);
    }

    private static async Task FillAsync(TestTenant tenant, int count)
    {
        for (var done = 0; done < count; done += 100)
        {
            var rows = Enumerable.Range(0, Math.Min(100, count - done)).Select(_ => tenant.NewContact()).ToList();
            (await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), CancellationToken.None)).OrThrow().Failed.ShouldBeEmpty();
        }
    }
}
