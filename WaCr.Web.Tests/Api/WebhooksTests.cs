using System.Text.Json.Nodes;
using WaCr.Web.Downloads;
using WaCr.Web.Tests.Features.Webhooks;

namespace WaCr.Web.Tests.Api;

/// <summary>The contract's section on outgoing webhooks, over HTTP, with the loop at work.</summary>
public sealed class WebhooksTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private WebhookReceiver _receiver = null!;
    private TestApp _app = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _app = new TestApp
        {
            More = services => services.PostConfigure<RemoteFileOptions>(options => options.TrustedHosts.Add(_receiver.Host)),
        };
        await _app.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Webhook_ThroughItsLife_AnswersAsTheContractSays()
    {
        var (_, client) = await _app.NewTenantAsync();
        var created = (await CreateAsync(client)).ShouldBe(HttpStatusCode.Created);
        var id = created.Id;
        created.Headers["Location"].ShouldBe($"/api/v2/webhooks/{id}");
        ((string)created.Data!["secret"]!).ShouldStartWith("whsec_");
        ((string)created.Data["status"]!).ShouldBe("active");

        var read = (await client.GetAsync($"/webhooks/{id}")).ShouldBe(HttpStatusCode.OK);
        read.Data!["secret"].ShouldBeNull();
        read.Data["events"]!.ToJsonString().ShouldBe("""["contact.*","message.received"]""");
        (await client.GetAsync("/webhooks")).Ids.ShouldBe([id]);
        var paused = await client.PatchAsync($"/webhooks/{id}", new { is_active = false, description = (string?)null });
        ((string)paused.ShouldBe(HttpStatusCode.OK).Data!["status"]!).ShouldBe("paused");
        ((string)(await client.PatchAsync($"/webhooks/{id}", new { is_active = true })).Data!["status"]!).ShouldBe("active");
        var rotated = (await client.PostAsync($"/webhooks/{id}/rotate-secret", new { })).ShouldBe(HttpStatusCode.OK);
        ((string)rotated.Data!["secret"]!).ShouldNotBe((string)created.Data["secret"]!);
        var tested = (await client.PostAsync($"/webhooks/{id}/test", new { })).ShouldBe(HttpStatusCode.OK);
        ((int)tested.Data!["status"]!).ShouldBe(200);
        ((string)tested.Data["response"]!).ShouldBe("ok");
        _receiver.Received.ShouldHaveSingleItem().Type.ShouldBe("ping");
        (await client.DeleteAsync($"/webhooks/{id}")).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/webhooks/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Change_IsSentByTheLoop_AndItsAttributesAreThoseOfTheApi()
    {
        var (tenant, client) = await _app.NewTenantAsync();
        var id = (await CreateAsync(client)).Id;
        var group = await tenant.CreateGroupAsync("VIP");
        var contact = (
            await client.PostAsync(
                "/contacts",
                ApiBodies.Contact(tenant, ("groups", new JsonArray(group)), ("email", "a@example.com"), ("country_id", 356)))).Id;
        await Eventually.HoldsAsync(() => !_receiver.Received.IsEmpty, Patience);

        var request = _receiver.Received.ShouldHaveSingleItem();
        var attributes = request.Json["data"]!["resource"]!["attributes"]!.AsObject();
        var shown = (await client.GetAsync($"/contacts/{contact}")).Data!.AsObject();
        attributes.ToJsonString().ShouldBe(shown.ToJsonString());
        ((string)request.Json["metadata"]!["source"]!).ShouldBe("api");
        request.Json["metadata"]!["request_id"].ShouldNotBeNull();
        ((string)request.Json["data"]!["relationships"]!["groups"]![0]!["name"]!).ShouldBe("VIP");

        ApiReply? list = null;
        await Eventually.HoldsAsync(
            async () =>
                (list = await client.GetAsync($"/webhooks/{id}/deliveries?filter[status]=delivered&filter[event]=contact.created"))
                    .Items.Count == 1,
            Patience);
        var delivery = list!.Items[0]!;
        ((string)delivery["webhook_id"]!).ShouldBe(request.Id);
        ((int)delivery["attempts"]![0]!["status"]!).ShouldBe(200);
        var one = (await client.GetAsync($"/webhooks/{id}/deliveries/{delivery["id"]}")).ShouldBe(HttpStatusCode.OK);
        ((string)one.Data!["request"]!["event"]!["id"]!).ShouldBe(request.Id);
        (await client.PostAsync($"/webhooks/{id}/deliveries/{delivery["id"]}/redeliver", new { })).ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(() => _receiver.Received.Count == 2, Patience);
        _receiver.Received.Select(received => received.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WrongValues_AreAllNamed()
    {
        var (_, client) = await _app.NewTenantAsync();

        (await client.PostAsync("/webhooks", new { })).ShouldBeInvalid("url", "events");
        (await client.PostAsync("/webhooks",
            new { url = "https://10.0.0.1/a", events = new[] { "contact.eaten" }, description = new string('x', 256) }))
            .ShouldBeInvalid("url", "events", "description");
        var id = (await CreateAsync(client)).Id;
        (await client.PatchAsync($"/webhooks/{id}", new { events = Array.Empty<string>() })).ShouldBeInvalid("events");
        (await client.PatchAsync($"/webhooks/{id}", new { is_active = "yes" })).ShouldBeInvalid("is_active");
        (await client.PostAsync($"/webhooks/{id}/redeliver", new { since = "yesterday", status = "delivered" }))
            .ShouldBeInvalid("since", "status");
        (await client.GetAsync($"/webhooks/{id}/deliveries?filter[status]=eaten")).ShouldBeInvalid();
    }

    [Fact]
    public async Task Event_OfTheWrongType_IsNamedOnce_BesideThoseThatDoNotExist()
    {
        var (_, client) = await _app.NewTenantAsync();

        var refused = (await client.PostAsync("/webhooks", new { url = _receiver.Url, events = new object[] { 5, "contact.eaten" } }))
            .ShouldBeInvalid("events.0", "events");

        refused.Json["error"]!["details"]!["events"]!.ToJsonString().ShouldBe("""["There is no event contact.eaten"]""");
    }

    [Fact]
    public async Task Redelivery_OfAllThatFailed_TakesNoBody()
    {
        var (_, client) = await _app.NewTenantAsync();
        var id = (await CreateAsync(client)).Id;

        var sent = await client.SendAsync(HttpMethod.Post, $"/webhooks/{id}/redeliver", null);

        ((int)sent.ShouldBe(HttpStatusCode.OK).Data!["redelivered"]!).ShouldBe(0);
        using var empty = new FormUrlEncodedContent([]); // as curl sends one
        (await client.SendAsync(HttpMethod.Post, $"/webhooks/{id}/redeliver", empty)).ShouldBe(HttpStatusCode.OK);
        using var form = new FormUrlEncodedContent([new("since", "2026-11-29")]);
        (await client.SendAsync(HttpMethod.Post, $"/webhooks/{id}/redeliver", form)).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await client.SendAsync(HttpMethod.Post, "/webhooks", null)).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
        (await client.GetAsync("/webhooks?filter[status]=active")).ShouldBeInvalid().Json["error"]!["details"]!["filter[status]"]!
            .ToJsonString().ShouldBe("""["Filtering is not possible here"]""");
    }

    [Fact]
    public async Task RepeatedCreate_MakesOne_AndItsSecretIsNotKept()
    {
        var (tenant, client) = await _app.NewTenantAsync();
        var first = (await CreateAsync(client, ("Idempotency-Key", "once"))).ShouldBe(HttpStatusCode.Created);
        var again = (await CreateAsync(client, ("Idempotency-Key", "once"))).ShouldBe(HttpStatusCode.Created);

        again.Id.ShouldBe(first.Id);
        again.Data!["secret"].ShouldBeNull();
        (await client.GetAsync("/webhooks")).Ids.ShouldBe([first.Id]);
        await using var db = tenant.OpenDatabase();
        (await DatabaseText.FindAsync(db, (string)first.Data!["secret"]!)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnotherTenant_FindsNothing()
    {
        var theirs = await _app.CreateTenantAsync();
        var id = await OutgoingEventTests.SubscribeAsync(theirs);
        var (_, client) = await _app.NewTenantAsync();

        foreach (var path in new[] { $"/webhooks/{id}", $"/webhooks/{id}/deliveries", $"/webhooks/{id}/deliveries/1" })
        {
            (await client.GetAsync(path)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        (await client.GetAsync("/webhooks")).Items.ShouldBeEmpty();
        (await client.PostAsync($"/webhooks/{id}/test", new { })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private Task<ApiReply> CreateAsync(ApiClient client, params (string Name, string Value)[] headers) =>
        client.PostAsync(
            "/webhooks",
            new { url = _receiver.Url, events = new[] { "message.received", "contact.*" }, description = "Accounting" },
            headers);
}
