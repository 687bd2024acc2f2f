using System.Text.Json.Nodes;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.Api;

/// <summary>One key, one effect, wherever the first request was cut off.</summary>
public sealed class IdempotencyFaultTests(FaultyApps apps) : IClassFixture<FaultyApps>
{
    private const string Key = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    private static readonly TimeSpan BeyondTheLease = TimeSpan.FromMinutes(2);

    [Theory, OnEachEngine]
    public async Task UnansweredSend_RepeatedWithItsKey_IsNotSentAgain_AndTellsWhatBecameOfIt(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        var before = app.Graph.Calls.Count;
        app.Graph.Answers(HttpStatusCode.OK, """{"messages":[{"id":"wam""");
        var body = new { phone, message = "Hello" };

        var first = ShouldBeUnsent(await client.PostAsync("/messages/text", body, (Key, "a")));
        var second = ShouldBeUnsent(await client.PostAsync("/messages/text", body, (Key, "a")));

        Details(first)["may_have_been_sent"]!.GetValue<bool>().ShouldBeTrue();
        Details(second)["may_have_been_sent"]!.GetValue<bool>().ShouldBeTrue();
        Details(second)["chat_message_id"]!.GetValue<long>().ShouldBe(Details(first)["chat_message_id"]!.GetValue<long>());
        second.Headers[Replayed].ShouldBe("true");

        // A status says back our reference: it had been sent.
        var message = await tenant.MessageAsync(Details(first)["chat_message_id"]!.GetValue<long>());
        await ReportAsync(tenant, message, "delivered");
        var third = (await client.PostAsync("/messages/text", body, (Key, "a"))).ShouldBe(HttpStatusCode.OK);
        third.Headers[Replayed].ShouldBe("true");
        ((string)third.Data!["message_id"]!).ShouldBe("wamid.reported." + message.Id);
        ((long)third.Data["chat_message_id"]!).ShouldBe(message.Id);
        ((string)third.Data["message"]!).ShouldBe("Hello");

        (app.Graph.Calls.Count - before).ShouldBe(1);
        (await CountAsync(tenant, db => db.Messages)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task RefusedSend_MayBeMadeAgainWithItsKey(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        app.Graph.Refuses(131026);
        var body = new { phone, message = "Hello" };

        var first = ShouldBeUnsent(await client.PostAsync("/messages/text", body, (Key, "a")));
        Details(first)["may_have_been_sent"]!.GetValue<bool>().ShouldBeFalse();
        (await client.PostAsync("/messages/text", body, (Key, "a"))).ShouldBe(HttpStatusCode.OK).Headers.ShouldNotContainKey(Replayed);

        (await CountAsync(tenant, db => db.Messages)).ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task DatabaseGoneAfterTheSend_IsAnsweredAsPerhapsSent_AndNotSentAgain(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        var before = app.Graph.Calls.Count;
        var body = new { phone, message = "Hello" };

        FaultyApps.Faults(app).FailAfter(2); // the key and the message are written, what WhatsApp said is not
        var first = ShouldBeUnsent(await client.PostAsync("/messages/text", body, (Key, "a")));
        FaultyApps.Faults(app).Heal();
        Details(first)["may_have_been_sent"]!.GetValue<bool>().ShouldBeTrue();
        (await client.PostAsync("/messages/text", body, (Key, "a"))).ShouldFail(HttpStatusCode.Conflict, "IDEMPOTENCY_IN_PROGRESS");
        app.Time.Advance(BeyondTheLease);
        var second = ShouldBeUnsent(await client.PostAsync("/messages/text", body, (Key, "a")));

        Details(second)["may_have_been_sent"]!.GetValue<bool>().ShouldBeTrue();
        (app.Graph.Calls.Count - before).ShouldBe(1);
        (await CountAsync(tenant, db => db.Messages)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task DatabaseGoneBeforeTheSend_SendsNothing_AndTheKeyIsFreeAfterwards(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        var before = app.Graph.Calls.Count;
        var body = new { phone, message = "Hello" };

        FaultyApps.Faults(app).FailAfter(1);
        var first = (await client.PostAsync("/messages/text", body, (Key, "a")))
            .ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        FaultyApps.Faults(app).Heal();
        ((string)first.Json["error"]!["message"]!).ShouldContain("Nothing was changed");
        (app.Graph.Calls.Count - before).ShouldBe(0);
        app.Time.Advance(BeyondTheLease);
        (await client.PostAsync("/messages/text", body, (Key, "a"))).ShouldBe(HttpStatusCode.OK);

        (app.Graph.Calls.Count - before).ShouldBe(1);
        (await CountAsync(tenant, db => db.Messages)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task AnswerThatCouldNotBeKept_IsGivenAgainFromTheMessage(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        var before = app.Graph.Calls.Count;
        var body = new { phone, message = "Hello" };

        FaultyApps.Faults(app).FailAfter(3);
        var first = (await client.PostAsync("/messages/text", body, (Key, "a"))).ShouldBe(HttpStatusCode.OK);
        FaultyApps.Faults(app).Heal();
        app.Time.Advance(BeyondTheLease);
        var second = (await client.PostAsync("/messages/text", body, (Key, "a"))).ShouldBe(HttpStatusCode.OK);

        second.Headers[Replayed].ShouldBe("true");
        second.Data!.ToJsonString().ShouldBe(first.Data!.ToJsonString());
        (app.Graph.Calls.Count - before).ShouldBe(1);
        (await CountAsync(tenant, db => db.Messages)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task EveryCreate_CutOffAfterItsEffect_IsAnsweredAgainAndNotDoneAgain(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        var member = await tenant.CreateContactAsync("Bob");
        var group = await tenant.CreateGroupAsync("Members");
        var one = ApiBodies.Contact(tenant);
        (string Path, JsonNode Body)[] creates =
        [
            ("/contacts", one),
            ("/contacts/batch", new JsonObject { ["contacts"] = new JsonArray(ApiBodies.Contact(tenant), new JsonObject()) }),
            ("/groups", new JsonObject { ["name"] = "New group" }),
            ("/sources", new JsonObject { ["name"] = "New source" }),
            ("/statuses", new JsonObject { ["name"] = "New status", ["color"] = "#336699" }),
            ($"/groups/{group}/contacts", new JsonObject { ["contact_ids"] = new JsonArray(member.Id) }),
            ($"/comments/{Uri.EscapeDataString(phone)}", new JsonObject { ["comment"] = "A note" }),
        ];
        foreach (var (path, body) in creates)
        {
            FaultyApps.Faults(app).FailAfter(2); // the key and the effect are written, the answer is not kept
            var first = await client.PostAsync(path, body.ToJsonString(), (Key, path));
            FaultyApps.Faults(app).Heal();
            app.Time.Advance(BeyondTheLease);
            var second = await client.PostAsync(path, body.ToJsonString(), (Key, path));
            app.Time.Advance(BeyondTheLease);
            var third = await client.PostAsync(path, body.ToJsonString(), (Key, path));

            first.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
            second.Status.ShouldBe(first.Status, path);
            second.Headers[Replayed].ShouldBe("true", path);
            Content(second).ShouldBe(Content(first), path);
            third.Body.ShouldBe(second.Body, path);
        }

        (await CountAsync(tenant, db => db.Contacts)).ShouldBe(4);
        (await CountAsync(tenant, db => db.Comments)).ShouldBe(1);
        (await CountAsync(tenant, db => db.Groups)).ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task SameKeyAtOnce_SendsOnce(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, phone) = await NewWriterAsync(app);
        var before = app.Graph.Calls.Count;
        var body = new JsonObject { ["phone"] = phone, ["message"] = "Hello" }.ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.PostAsync("/messages/text", body, (Key, "a"))));

        answers.Count(answer => answer.Status == HttpStatusCode.OK && !answer.Headers.ContainsKey(Replayed)).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.OK).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        (app.Graph.Calls.Count - before).ShouldBe(1);
        (await CountAsync(tenant, db => db.Messages)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task LongAnswers_AreNotKept_AndARepetitionIsAnsweredFromWhatWasDone(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, _) = await NewWriterAsync(app);
        var rows = new JsonArray([.. Enumerable.Range(0, 99).Select(_ => (JsonNode)new JsonObject()), ApiBodies.Contact(tenant)]);
        var mixed = new JsonObject { ["contacts"] = rows, ["options"] = new JsonObject { ["continue_on_error"] = true } }.ToJsonString();
        var invalid = new JsonObject
        {
            ["contacts"] = rows.DeepClone(),
            ["options"] = new JsonObject { ["continue_on_error"] = false },
        }.ToJsonString();

        var first = (await client.PostAsync("/contacts/batch", mixed, (Key, "a"))).ShouldBe(HttpStatusCode.OK);
        var second = (await client.PostAsync("/contacts/batch", mixed, (Key, "a"))).ShouldBe(HttpStatusCode.OK);
        var refused = (await client.PostAsync("/contacts/batch", invalid, (Key, "b")))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        var again = (await client.PostAsync("/contacts/batch", invalid, (Key, "b"))).ShouldBe(HttpStatusCode.UnprocessableEntity);

        first.Body.Length.ShouldBeGreaterThan(IdempotentRequest.BodyMaxLength);
        second.Headers[Replayed].ShouldBe("true");
        second.Json["summary"]!.ToJsonString().ShouldBe(first.Json["summary"]!.ToJsonString());
        refused.Body.Length.ShouldBeGreaterThan(IdempotentRequest.BodyMaxLength);
        again.Headers[Replayed].ShouldBe("true");
        ((string)again.Json["error"]!["code"]!).ShouldBe("VALIDATION_ERROR");
        await using var db = tenant.OpenDatabase();
        var kept = await db.IdempotentRequests.ToListAsync();
        kept.ShouldAllBe(request => (request.Body == null ? 0 : request.Body.Length) <= IdempotentRequest.BodyMaxLength);
        kept.ShouldAllBe(request => request.Outcome == null || request.Outcome.Length <= 8_192);
    }

    [Theory, OnEachEngine]
    public async Task BeyondATenantsBytes_AnswersAreNotKept_AndNobodyElseIsConcerned(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client, _) = await NewWriterAsync(app);
        var (other, others, _) = await NewWriterAsync(app);
        app.Services.GetRequiredService<IdempotencyUsage>().Set(tenant.Id, IdempotencyBudget.MaxBytes, app.Time.GetUtcNow());

        var first = (await client.PostAsync("/groups", new { name = "A" }, (Key, "a"))).ShouldBe(HttpStatusCode.Created);
        var second = (await client.PostAsync("/groups", new { name = "A" }, (Key, "a"))).ShouldBe(HttpStatusCode.Created);
        await others.PostAsync("/groups", new { name = "A" }, (Key, "a"));

        Content(second).ShouldBe(Content(first));
        second.Headers["Location"].ShouldBe(first.Headers["Location"]);
        (await BytesAsync(tenant)).ShouldBe(0);
        (await BytesAsync(other)).ShouldBeGreaterThan(0);
    }

    [Theory, OnEachEngine]
    public async Task Sweep_ForgetsExpiredKeysOfAllTenants(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (one, first, _) = await NewWriterAsync(app);
        var (two, second, _) = await NewWriterAsync(app);
        await first.PostAsync("/groups", new { name = "A" }, (Key, "a"));
        await second.PostAsync("/groups", new { name = "A" }, (Key, "a"));
        app.Time.Advance(TimeSpan.FromHours(24));
        await first.PostAsync("/groups", new { name = "B" }, (Key, "b"));

        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdempotencySweeper>().SweepAsync(CancellationToken.None);

        (await CountAsync(one, db => db.IdempotentRequests)).ShouldBe(1);
        (await CountAsync(two, db => db.IdempotentRequests)).ShouldBe(0);
    }

    private static ApiReply ShouldBeUnsent(ApiReply reply) => reply.ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");

    private static JsonNode Details(ApiReply reply) => reply.Json["error"]!["details"]!;

    // All that the answer says, but for the request's own id and time.
    private static string Content(ApiReply reply)
    {
        var json = reply.Json.DeepClone().AsObject();
        json.Remove("meta");
        return json.ToJsonString();
    }

    private static async Task<(TestTenant Tenant, ApiClient Client, string Phone)> NewWriterAsync(TestApp app)
    {
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(app.Time);
        app.Graph.AcceptsEverySend();
        return (tenant, client, contact.Phone);
    }

    private static async Task ReportAsync(TestTenant tenant, Message message, string status)
    {
        var reported = new StatusReported(
            "wamid.reported." + message.Id, status, message.CreatedAt, message.Reference, new Person("1", null, null), null, null);
        await tenant.GetFresh<IDatabaseWriter>()
            .WriteAsync(db => tenant.GetFresh<InboundStatuses>().ApplyAsync(db, reported), CancellationToken.None)
            .OrThrowAsync();
    }

    private static async Task<int> CountAsync<T>(TestTenant tenant, Func<AppDbContext, IQueryable<T>> rows)
    {
        await using var db = tenant.OpenDatabase();
        return await rows(db).CountAsync();
    }

    private static async Task<int> BytesAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.IdempotentRequests.SumAsync(request => request.Body == null ? 0 : request.Body.Length);
    }
}
