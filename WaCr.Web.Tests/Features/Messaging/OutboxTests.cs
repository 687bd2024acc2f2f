using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Security;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class OutboxTests
{
    [Theory, OnEachEngine]
    public async Task WaitingMessage_LeavesOnce_AndIsTold(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var id = await world.EnqueueAsync(await world.OpenConversationAsync(), "Good morning");
        (await world.ConversationAsync()).WaitingSince.ShouldNotBeNull();

        (await world.DispatchAsync()).ShouldBe(1);
        (await world.ConversationAsync()).WaitingSince.ShouldBeNull();
        (await world.DispatchAsync()).ShouldBe(0);

        var sent = world.WhatsApp.Sent.ShouldHaveSingleItem();
        var message = await world.MessageAsync(id);
        (sent.To.Phone, sent.Reference, ((TextContent)sent.Content).Body).ShouldBe(("447700900123", message.Reference, "Good morning"));
        (message.State, message.Status, message.Wamid).ShouldBe((OutboxState.Sent, MessageStatus.Accepted, "wamid.out.1"));
        (await world.ConversationAsync()).LastMessageId.ShouldBe(id);
        (await world.ConversationsUsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Template_LeavesAsItWasPutIn_WithTheWindowClosed(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var conversation = await world.OpenConversationAsync();
        world.Time.Advance(TimeSpan.FromHours(25));
        var template = new TemplateContent("order", "en_US", Body: [new("Ann")]);

        var id = await world.Tenant.EnqueueAsync(new OutboxMessage(conversation, MessageType.Template, template, "Hello Ann"));
        await world.DispatchAsync();

        var message = await world.MessageAsync(id);
        (message.State, message.TemplateName, message.TemplateLanguage, message.Text)
            .ShouldBe((OutboxState.Sent, "order", "en_US", "Hello Ann"));
        world.WhatsApp.Sent.ShouldHaveSingleItem().Content.ShouldBe(StoredContent.Of(template));
    }

    [Theory, OnEachEngine]
    public async Task WindowThatClosedMeanwhile_GivesTheMessageUpWithTheReason(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await world.EnqueueAsync(await world.OpenConversationAsync(), dueAt: world.Now.AddHours(25));
        (await world.DispatchAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromHours(25));

        await world.DispatchAsync();

        var message = await world.MessageAsync(id);
        (message.State, message.Status, message.Error).ShouldBe((OutboxState.Dead, MessageStatus.Failed, OutboxErrors.WindowClosed));
        world.WhatsApp.Sent.ShouldBeEmpty();
        (await world.ConversationsUsedAsync()).ShouldBe(0);
        var unsent = await world.Tenant.Get<OutboxQueries>().ListAsync(OutboxState.Dead, null, default).OrThrowAsync();
        unsent.ShouldHaveSingleItem().Error.ShouldBe(OutboxErrors.WindowClosed);
    }

    [Theory, OnEachEngine]
    public async Task ManyDispatchers_SendEachMessageOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.SetThroughputAsync(1_000_000);
        for (var n = 0; n < 30; n++)
        {
            await world.EnqueueAsync(await world.OpenConversationAsync($"44770090{n:D4}"), $"Text {n}");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(world.DispatchAsync)));
        while (await world.DispatchAsync() > 0)
        {
            // until nothing is due
        }

        world.WhatsApp.Sent.Select(sent => ((TextContent)sent.Content).Body).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 30).Select(n => $"Text {n}").Order(StringComparer.Ordinal));
        await using var db = world.Tenant.OpenDatabase();
        (await db.Messages.CountAsync(m => m.State == OutboxState.Sent)).ShouldBe(30);
        (await world.ConversationsUsedAsync()).ShouldBe(30);
    }

    [Theory, OnEachEngine]
    public async Task Refusal_IsFinal_WithTheReason_AndTheUsageIsGivenBack(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppRefused(131026, "Undeliverable", "Not on WhatsApp", null, null));
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());

        await world.DispatchAsync();

        var message = await world.MessageAsync(id);
        (message.State, message.Status, message.ErrorCode, message.Error)
            .ShouldBe((OutboxState.Dead, MessageStatus.Failed, 131026, "Not on WhatsApp"));
        (await world.ConversationsUsedAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task WhatsAppOutOfReach_IsTriedAgain_AndGivenUpInTheEnd(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppUnavailable());
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        for (var attempt = 1; attempt <= OutboxOutcomes.MaxAttempts; attempt++)
        {
            (await world.DispatchAsync()).ShouldBe(1);
            (await world.DispatchAsync()).ShouldBe(0);
            world.Time.Advance(TimeSpan.FromMinutes(16));
        }

        var message = await world.MessageAsync(id);
        (message.State, message.Attempts, message.Error).ShouldBe((OutboxState.Dead, OutboxOutcomes.MaxAttempts, OutboxErrors.Unreachable));
        (await world.ConversationsUsedAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task LeaseThatRanOut_IsUncertain_AndNeverSentAgainByItself(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        var answer = new TaskCompletionSource<Result<AcceptedMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.WhatsApp.OnSend = _ => answer.Task;
        var sending = world.DispatchAsync();
        while (world.WhatsApp.Sent.IsEmpty)
        {
            await Task.Yield();
        }

        var told = new List<Change>();
        using var page = world.Services.GetRequiredService<ChangeFeed>().Subscribe(world.Tenant.Id, told.Add, ChangeKind.Conversation);
        (await world.SettleLeftBehindAsync()).ShouldBe(0);
        told.ShouldBeEmpty();
        world.Time.Advance(OutboxClaimer.Lease + TimeSpan.FromSeconds(1));
        (await world.SettleLeftBehindAsync()).ShouldBe(1);
        told.ShouldHaveSingleItem();
        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Uncertain);
        (await world.DispatchAsync()).ShouldBe(0);

        // The answer comes after all.
        answer.SetResult(new AcceptedMessage("wamid.late", null, null));
        await sending;
        var settled = await world.MessageAsync(id);
        (settled.State, settled.Wamid, settled.Error).ShouldBe((OutboxState.Sent, "wamid.late", null));
        world.WhatsApp.Sent.Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task LimitOfThePlan_GivesTheMessageUp_BeforeItLeaves(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine, plan: "free");
        var conversation = await world.OpenConversationAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            db.UsageCounters.Add(new UsageCounter { Metric = Metric.Conversations, Period = "2026-03", Value = 100 });
            await db.SaveChangesAsync();
        }

        var id = await world.EnqueueAsync(conversation);
        await world.DispatchAsync();

        var message = await world.MessageAsync(id);
        message.State.ShouldBe(OutboxState.Dead);
        message.Error.ShouldNotBeNull().ShouldContain("limit");
        world.WhatsApp.Sent.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task CancelledMessage_DoesNotLeave_AndAnotherTenantsIsLeftAlone(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var other = await world.CreateTenantAsync("other");
        var conversation = await world.OpenConversationAsync();
        var id = await world.EnqueueAsync(conversation);

        (await other.Get<OutboxService>().CancelAsync(conversation, id, default).OrThrowAsync()).ShouldBe(0);
        (await other.Get<OutboxService>().PauseAsync(world.ChannelId, default)).Error.ShouldBe(OutboxErrors.ChannelNotFound);
        (await other.Get<OutboxService>().SendAgainAsync(id, default)).Error.ShouldBe(OutboxErrors.MessageNotFound);
        (await world.Tenant.Get<OutboxService>().CancelAsync(conversation, id, default).OrThrowAsync()).ShouldBe(1);

        (await world.DispatchAsync()).ShouldBe(0);
        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Cancelled);
    }

    [Theory, OnEachEngine]
    public async Task SendingAgain_IsForAPersonToDecide_AndTakesANewReference(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppUncertain());
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        await world.DispatchAsync();
        var before = (await world.MessageAsync(id)).Reference;
        world.WhatsApp.AcceptAll();

        await world.Tenant.Get<OutboxService>().SendAgainAsync(id, default).OrThrowAsync();
        await world.DispatchAsync();

        var message = await world.MessageAsync(id);
        message.State.ShouldBe(OutboxState.Sent);
        message.Reference.ShouldNotBe(before);
        (await world.ConversationsUsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task SendsAnsweredWithOneId_AreUncertain_ButForOne(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.OnSend = message =>
            Task.FromResult<Result<AcceptedMessage>>(new AcceptedMessage("wamid.same", message.To.Phone, null));
        var conversation = await world.OpenConversationAsync();
        List<long> ids = [await world.EnqueueAsync(conversation), await world.EnqueueAsync(conversation)];
        while (await world.DispatchAsync() > 0)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        List<Message> messages = [await world.MessageAsync(ids[0]), await world.MessageAsync(ids[1])];
        messages.ShouldContain(message => message.State == OutboxState.Sent && message.Wamid == "wamid.same");
        messages.ShouldContain(message => message.State == OutboxState.Uncertain && message.Wamid == null
            && message.Error == OutboxErrors.Unconfirmed && message.LeaseUntil == null);
        (await world.ConversationsUsedAsync()).ShouldBe(1);
    }
}
