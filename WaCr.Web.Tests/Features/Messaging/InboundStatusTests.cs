using System.Text.Json.Nodes;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class InboundStatusTests
{
    private static readonly string[] Ladder = ["sent", "delivered", "read", "played"];

    [Theory, OnEachEngine]
    public async Task Statuses_TenTimesEachAndShuffled_EndAtTheTop(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await SendAsync(world);
        var wamid = (await world.MessageAsync(id)).Wamid!;
        var webhooks = Enumerable.Repeat(Ladder, 10).SelectMany(all => all)
            .Select(status => MetaWebhook.Status(wamid, status, world.Now)).ToArray();
        new Random(7).Shuffle(webhooks);

        foreach (var some in webhooks.Chunk(7))
        {
            await world.TakeInAsync(some);
        }

        var message = await world.MessageAsync(id);
        (message.Status, message.State, message.ReadAt).ShouldBe((MessageStatus.Played, OutboxState.Sent, world.Now));
        (await world.EventsAsync()).Count(e => e.Key.StartsWith("s:", StringComparison.Ordinal)).ShouldBe(4);
        (await world.EventsAsync()).ShouldAllBe(e => e.State == WebhookEventState.Done);
        (await world.ConversationsUsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Status_NeverGoesBack(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await SendAsync(world);
        var wamid = (await world.MessageAsync(id)).Wamid!;

        await world.TakeInAsync(MetaWebhook.Status(wamid, "read", world.Now));
        await world.TakeInAsync(
            MetaWebhook.Status(wamid, "delivered", world.Now), MetaWebhook.Status(wamid, "failed", world.Now, error: 131026));

        var message = await world.MessageAsync(id);
        (message.Status, message.ErrorCode).ShouldBe((MessageStatus.Read, null));
        (await world.ConversationsUsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Failed_SaysWhy_AndGivesTheUsageBackOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await SendAsync(world);
        var wamid = (await world.MessageAsync(id)).Wamid!;
        (await world.ConversationsUsedAsync()).ShouldBe(1);

        await world.TakeInAsync(
            MetaWebhook.Status(wamid, "sent", world.Now), MetaWebhook.Status(wamid, "failed", world.Now, error: 131026));

        var message = await world.MessageAsync(id);
        (message.Status, message.State, message.ErrorCode, message.Error)
            .ShouldBe((MessageStatus.Failed, OutboxState.Dead, 131026, "Because."));
        (await world.ConversationsUsedAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task StatusThatComesBeforeOurOwnAnswer_FindsTheMessageByItsReference(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.OnSend = async message =>
        {
            await world.TakeInAsync(MetaWebhook.Status("wamid.out", "delivered", world.Now, message.Reference));
            return new AcceptedMessage("wamid.out", null, null);
        };
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());

        await world.DispatchAsync();

        var message = await world.MessageAsync(id);
        (message.Wamid, message.Status, message.State).ShouldBe(("wamid.out", MessageStatus.Delivered, OutboxState.Sent));
    }

    [Theory, OnEachEngine]
    public async Task FailureThatComesBeforeOurOwnAnswer_Stands_WhicheverWayItWasSent(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.OnSend = async message =>
        {
            var wamid = world.WhatsApp.NextWamid();
            await world.TakeInAsync(MetaWebhook.Status(wamid, "failed", world.Now, message.Reference, 131026));
            return new AcceptedMessage(wamid, null, null);
        };
        var conversation = await world.OpenConversationAsync();
        var queued = await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
        var direct = await world.Tenant.GetFresh<MessageSender>()
            .SendAsync(new SendText { Phone = "+447700900123", Message = "Hello" }, CancellationToken.None).OrThrowAsync();

        foreach (var id in new[] { queued, direct.Id })
        {
            var message = await world.MessageAsync(id);
            (message.Status, message.State, message.ErrorCode, message.Error)
                .ShouldBe((MessageStatus.Failed, OutboxState.Dead, 131026, "Because."));
            message.Wamid.ShouldNotBeNull();
        }

        (await world.ConversationsUsedAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task UncertainSend_IsSettledByTheReferenceInItsStatus(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppUncertain());
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        await world.DispatchAsync();
        var uncertain = await world.MessageAsync(id);
        (uncertain.State, uncertain.Error).ShouldBe((OutboxState.Uncertain, OutboxErrors.Unconfirmed));

        await world.TakeInAsync(MetaWebhook.Status("wamid.found", "sent", world.Now, uncertain.Reference));

        var settled = await world.MessageAsync(id);
        (settled.Wamid, settled.Status, settled.State, settled.Error).ShouldBe(("wamid.found", MessageStatus.Sent, OutboxState.Sent, null));
    }

    [Theory, OnEachEngine]
    public async Task ForgedReference_SettlesNothing(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppUncertain());
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        await world.DispatchAsync();
        var message = await world.MessageAsync(id);

        await world.TakeInAsync(MetaWebhook.Status("wamid.x", "sent", world.Now, new MessageReference(id, message.Nonce ^ 1).ToString()));

        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Uncertain);
    }

    [Theory, OnEachEngine]
    public async Task StatusOfAnUnknownMessage_WaitsAndIsThenGivenUpWithTheReason(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(MetaWebhook.Status("wamid.unknown", "sent", world.Now));

        var parked = (await world.EventsAsync()).ShouldHaveSingleItem();
        (parked.State, parked.Attempts).ShouldBe((WebhookEventState.Waiting, 1));
        parked.DueAt!.Value.ShouldBeGreaterThan(world.Now);

        world.Time.Advance(WebhookProcessor.MaxPark);
        await world.ProcessAsync();

        var dead = (await world.EventsAsync()).ShouldHaveSingleItem();
        (dead.State, dead.Error).ShouldBe((WebhookEventState.Dead, InboundEffect.TooEarly.Message));
    }

    [Theory, OnEachEngine]
    public async Task PriceThatWhatsAppTells_IsKept_AndEventsAreSweptAfterAWeek(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await SendAsync(world);
        var status = JsonNode.Parse(MetaWebhook.Status((await world.MessageAsync(id)).Wamid!, "sent", world.Now))!;
        status["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!["pricing"] = new JsonObject
        {
            ["billable"] = true,
            ["category"] = "utility",
        };

        await world.TakeInAsync(status.ToJsonString(), MetaWebhook.Status("wamid.unknown", "sent", world.Now));

        var message = await world.MessageAsync(id);
        (message.PriceCategory, message.IsBillable).ShouldBe(("utility", true));
        world.Time.Advance(WebhookEvent.KeptFor);
        (await world.Tenant.Get<WebhookSweeper>().SweepAsync(default)).ShouldBe(2);
        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(WebhookEventState.Waiting);
    }

    [Theory, OnEachEngine]
    public async Task MarketingStoppedError_OptsTheContactOut(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await SendAsync(world);
        var message = await world.MessageAsync(id);

        await world.TakeInAsync(MetaWebhook.Status(message.Wamid!, "failed", world.Now, error: 131050));

        (await world.Tenant.ContactQueries.GetAsync(message.ContactId, default, default)).OrThrow().IsOptedOut.ShouldBeTrue();
    }

    private static async Task<long> SendAsync(MessagingWorld world)
    {
        world.WhatsApp.AcceptAll();
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        await world.DispatchAsync();
        (await world.MessageAsync(id)).Status.ShouldBe(MessageStatus.Accepted);
        return id;
    }
}
