using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class WebhookInboxTests
{
    [Theory, OnEachEngine]
    public async Task SameWebhook_TenTimes_IsStoredOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var body = MetaWebhook.Text("wamid.1", "447700900123", "Hi", world.Now);

        await world.ReceiveAsync(Enumerable.Repeat(body, 10));

        var stored = (await world.EventsAsync()).ShouldHaveSingleItem();
        (stored.Key, stored.Field, stored.State, stored.ChannelId)
            .ShouldBe(("m:wamid.1", "messages", WebhookEventState.Waiting, world.ChannelId));
    }

    [Theory, OnEachEngine]
    public async Task SameWebhook_ManyAtOnce_IsStoredOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var body = MetaWebhook.Text("wamid.1", "447700900123", "Hi", world.Now);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.ReceiveAsync([body]))));

        (await world.EventsAsync()).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task WebhookThatProvesNothing_IsRefusedAndNotStored(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var body = MetaWebhook.Text("wamid.1", "447700900123", "Hi", world.Now);
        var unknown = MetaWebhook.Text("wamid.1", "447700900123", "Hi", world.Now, number: "999");

        (await world.ReceiveAsync(body, null)).ShouldBe(WebhookVerdict.Refused);
        (await world.ReceiveAsync(body, MetaWebhook.Sign(body, "another"))).ShouldBe(WebhookVerdict.Refused);
        (await world.ReceiveAsync(body, MetaWebhook.Sign(body, ""))).ShouldBe(WebhookVerdict.Refused);
        (await world.ReceiveAsync(body + " ", MetaWebhook.Sign(body))).ShouldBe(WebhookVerdict.Refused);
        (await world.ReceiveAsync(unknown, MetaWebhook.Sign(unknown, "another"))).ShouldBe(WebhookVerdict.Refused);
        (await world.ReceiveAsync("{}", MetaWebhook.Sign("{}"))).ShouldBe(WebhookVerdict.Refused);
        (await world.EventsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"0","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"123456123"},"messages":[{"from":"16315551181","id":"ABGGFlA5Fpa","timestamp":"1504902988","type":"text","text":{"body":"this is a text message"}}]}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"99887766","changes":[{"field":"account_update","value":{"event":"PARTNER_ADDED","waba_info":{"waba_id":"5555","owner_business_id":"99887766"}}}]}]}""")]
    public async Task WebhookAboutNothingThatIsHere_IsTaken_WhereOneOfOursSealedIt(string body)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);

        (await world.ReceiveAsync(body, MetaWebhook.Sign(body))).ShouldBe(WebhookVerdict.Unneeded);
        (await world.ReceiveAsync(body, MetaWebhook.Sign(body, "another"))).ShouldBe(WebhookVerdict.Refused);
        var large = body + new string(' ', UnknownNumberSignatureCheck.MaxBody);
        (await world.ReceiveAsync(large, MetaWebhook.Sign(large))).ShouldBe(WebhookVerdict.Refused);
        (await world.EventsAsync()).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task ChannelWithoutSecret_TakesNothing(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await MessagingWorld.AddChannelAsync(world.Tenant, "777", secret: "");
        var body = MetaWebhook.Text("wamid.1", "447700900123", "Hi", world.Now, number: "777");

        (await world.ReceiveAsync(body, MetaWebhook.Sign(body, ""))).ShouldBe(WebhookVerdict.Refused);
    }

    [Theory, OnEachEngine]
    public async Task OneWebhookOfTwoTenants_GoesToEach_AndToNobodyWhoseSecretDoesNotFit(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var (second, stranger) = (await world.CreateTenantAsync("second"), await world.CreateTenantAsync("stranger"));
        await MessagingWorld.AddChannelAsync(second, "222", account: "20002");
        await MessagingWorld.AddChannelAsync(stranger, "333", secret: "theirs", account: "30003");
        var body = string.Concat(
            """{"object":"whatsapp_business_account","entry":[""",
            string.Join(
                ',',
                new[] { MetaWebhook.PhoneNumberId, "222", "333" }.Select(number =>
                    Entry(MetaWebhook.Text($"wamid.{number}", "447700900123", "Hi", world.Now, number: number)))),
            "]}");

        await world.ReceiveAsync(body);

        (await KeysAsync(world.Tenant)).ShouldBe([$"m:wamid.{MetaWebhook.PhoneNumberId}"]);
        (await KeysAsync(second)).ShouldBe(["m:wamid.222"]);
        (await KeysAsync(stranger)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task EventOfAnAccount_FindsItsTenantWithoutANumber(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var update = MetaWebhook.Change("account_update", new() { ["event"] = "VERIFIED_ACCOUNT" });

        await world.TakeInAsync(update, update);

        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(WebhookEventState.Done);
    }

    [Theory, OnEachEngine]
    public async Task Handshake_KnowsOnlyTokensThatSomebodyEntered(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var handshake = world.Tenant.Get<WebhookHandshake>();

        (await handshake.FitsAsync("verify-" + MetaWebhook.PhoneNumberId, default)).ShouldBeTrue();
        (await handshake.FitsAsync("verify-", default)).ShouldBeFalse();
        (await handshake.FitsAsync("", default)).ShouldBeFalse();
        (await handshake.FitsAsync(null, default)).ShouldBeFalse();
    }

    private static string Entry(string webhook) => System.Text.Json.Nodes.JsonNode.Parse(webhook)!["entry"]![0]!.ToJsonString();

    private static async Task<List<string>> KeysAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.WebhookEvents.Select(e => e.Key).ToListAsync();
    }
}
