using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class InboundMessageTests
{
    private const string Ann = "447700900123";

    [Theory, OnEachEngine]
    public async Task FirstMessage_MakesContactAndConversation(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Hello 👋", world.Now.AddSeconds(-5), "Ann Mary Smith"));

        var message = await world.MessageAsync("wamid.1");
        (message.Direction, message.Type, message.Text, message.SentAt)
            .ShouldBe((MessageDirection.Inbound, MessageType.Text, "Hello 👋", world.Now.AddSeconds(-5)));
        var conversation = await world.ConversationAsync();
        (conversation.UnreadCount, conversation.LastMessageId, conversation.LastInboundAt, conversation.WaId)
            .ShouldBe((1, message.Id, message.SentAt, Ann));
        conversation.WindowClosesAt(Ann)!.Value.ShouldBeGreaterThan(world.Now);
        var contact = (await world.Tenant.ContactQueries.GetAsync(message.ContactId, default, default)).OrThrow();
        (contact.FirstName, contact.LastName, contact.Phone, contact.StatusId, contact.SourceId)
            .ShouldBe(("Ann Mary", "Smith", "+" + Ann, world.Tenant.StatusId, world.Tenant.SourceId));
        (await world.Tenant.AuditOfAsync(AuditEntry.ContactType, contact.Id)).ShouldHaveSingleItem().ActorKind.ShouldBe(ActorKind.Webhook);
    }

    [Theory, OnEachEngine]
    public async Task Messages_TenTimesEachAndShuffled_AreKeptOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var start = world.Now.AddMinutes(-5);
        var webhooks = Enumerable.Range(0, 200)
            .Select(n => MetaWebhook.Text($"wamid.{n % 20}", Ann, $"Text {n % 20}", start.AddSeconds(n % 20)))
            .ToArray();
        new Random(11).Shuffle(webhooks);

        foreach (var some in webhooks.Chunk(23))
        {
            await world.TakeInAsync(some);
        }

        await using var db = world.Tenant.OpenDatabase();
        (await db.Messages.CountAsync()).ShouldBe(20);
        (await db.Contacts.CountAsync()).ShouldBe(1);
        var conversation = await world.ConversationAsync();
        (conversation.UnreadCount, conversation.LastMessageAt, conversation.LastInboundAt)
            .ShouldBe((20, start.AddSeconds(19), start.AddSeconds(19)));
        conversation.LastMessageId.ShouldBe((await world.MessageAsync("wamid.19")).Id);
    }

    [Theory, OnEachEngine]
    public async Task ManyNewPeople_AllAtOnce_AreOneContactEach(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.ReceiveAsync(
            Enumerable.Range(0, 60).Select(n => MetaWebhook.Text($"wamid.{n}", $"44770090{n % 6:D4}", "Hi", world.Now)));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(world.ProcessAsync)));
        await world.ProcessAsync();

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(6);
        (await db.Conversations.CountAsync()).ShouldBe(6);
        (await db.Conversations.SumAsync(c => c.UnreadCount)).ShouldBe(60);
        (await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts).Select(counter => counter.Value).SingleAsync())
            .ShouldBe(6);
    }

    [Theory]
    [InlineData("+5511987654321", "551187654321")]
    [InlineData("+525512345678", "5215512345678")]
    [InlineData("+541123456789", "5491123456789")]
    public async Task NumberWithTwoForms_FindsTheContact_AndLeavesItsName(string phone, string waId)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        var known = await world.Tenant.CreateContactAsync("Known", "Person", phone);

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", waId, "Oi", world.Now, "Nickname"));

        (await world.MessageAsync("wamid.1")).ContactId.ShouldBe(known.Id);
        var contact = (await world.Tenant.ContactQueries.GetAsync(known.Id, default, default)).OrThrow();
        (contact.FirstName, contact.LastName, contact.Phone).ShouldBe(("Known", "Person", phone));
        (await world.ConversationAsync()).WaId.ShouldBe(waId);
    }

    [Theory, OnEachEngine]
    public async Task PersonWithoutPhone_IsOneContact_AndGetsThePhoneOnceItIsShown(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        const string text = """{"type":"text","text":{"body":"Hi"}}""";

        await world.TakeInAsync(
            MetaWebhook.Message("wamid.1", null, text, world.Now, userId: "GB.1"),
            MetaWebhook.Message("wamid.2", null, text, world.Now, userId: "GB.1"));

        var first = await world.MessageAsync("wamid.1");
        (await world.MessageAsync("wamid.2")).ConversationId.ShouldBe(first.ConversationId);
        (await world.ConversationAsync()).UserId.ShouldBe("GB.1");
        (await world.Tenant.ContactQueries.GetAsync(first.ContactId, default, default)).OrThrow().Phone.ShouldBe("");

        await world.TakeInAsync(MetaWebhook.Message("wamid.3", Ann, text, world.Now, userId: "GB.1"));

        (await world.MessageAsync("wamid.3")).ConversationId.ShouldBe(first.ConversationId);
        (await world.Tenant.ContactQueries.GetAsync(first.ContactId, default, default)).OrThrow().Phone.ShouldBe("+" + Ann);
    }

    [Theory, OnEachEngine]
    public async Task ChangedNumber_KeepsTheConversation(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);
        var before = await world.ConversationAsync();

        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.s", Ann, """{"type":"system","system":{"type":"user_changed_number","wa_id":"447700900999","body":"Ann changed"}}""",
            world.Now, name: null));
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", "447700900999", "My new number", world.Now));

        (await world.MessageAsync("wamid.2")).ConversationId.ShouldBe(before.Id);
        var after = await world.ConversationAsync();
        (after.WaId, after.UnreadCount).ShouldBe(("447700900999", 2)); // what WhatsApp itself says does not count
        (await world.Tenant.ContactQueries.GetAsync(after.ContactId, default, default)).OrThrow().Phone.ShouldBe("+447700900999");
    }

    [Theory, OnEachEngine]
    public async Task ChangedUserId_KeepsTheConversation(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        const string text = """{"type":"text","text":{"body":"Hi"}}""";
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", null, text, world.Now, userId: "GB.1"));

        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.s", null, """{"type":"system","system":{"type":"user_changed_user_id","user_id":"GB.2","previous_user_id":"GB.1"}}""",
            world.Now, userId: "GB.2"));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, text, world.Now, userId: "GB.2"));

        (await world.MessageAsync("wamid.2")).ConversationId.ShouldBe((await world.MessageAsync("wamid.1")).ConversationId);
    }

    [Theory, OnEachEngine]
    public async Task MessageOfAnyType_IsKept(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var bodies = new[]
        {
            """{"type":"location","location":{"latitude":1.5,"longitude":2,"name":"HQ"}}""",
            """{"type":"contacts","contacts":[{"name":{"formatted_name":"Bob"}}]}""",
            """{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"First"}}}""",
            """{"type":"button","button":{"payload":"p","text":"Yes"},"context":{"id":"wamid.q"}}""",
            """{"type":"order","order":{"catalog_id":"c","text":"Please"}}""",
            """{"type":"unsupported","errors":[{"code":131051,"title":"Message type unknown"}]}""",
            """{"type":"hologram","hologram":{"depth":3}}""",
        };

        await world.TakeInAsync(bodies.Select((body, n) => MetaWebhook.Message($"wamid.{n}", Ann, body, world.Now)));

        (await world.EventsAsync()).ShouldAllBe(e => e.State == WebhookEventState.Done);
        (await world.ConversationAsync()).UnreadCount.ShouldBe(bodies.Length);
        (await world.MessageAsync("wamid.3")).ReplyToWamid.ShouldBe("wamid.q");
        (await world.MessageAsync("wamid.5")).ErrorCode.ShouldBe(131051);
        var unknown = await world.MessageAsync("wamid.6");
        (unknown.Type, (int)JsonNode.Parse(unknown.Content!)!["hologram"]!["depth"]!).ShouldBe((MessageType.Unknown, 3));
    }

    [Theory, OnEachEngine]
    public async Task Reaction_RefersToItsMessage_AndOpensNoWindow(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(
            MetaWebhook.Message("wamid.r", Ann, """{"type":"reaction","reaction":{"message_id":"wamid.q","emoji":"👍"}}""", world.Now));

        var reaction = await world.MessageAsync("wamid.r");
        (reaction.Type, reaction.Text, reaction.ReplyToWamid).ShouldBe((MessageType.Reaction, "👍", "wamid.q"));
        var conversation = await world.ConversationAsync();
        (conversation.UnreadCount, conversation.LastInboundAt).ShouldBe((0, null));
    }

    [Theory, OnEachEngine]
    public async Task EditAndRevoke_WaitForTheirMessage_AndKeepWhatWasSaid(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var edit = MetaWebhook.Message(
            "wamid.e", Ann,
            """{"type":"edit","edit":{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"Better"}}}}""", world.Now);
        var revoke = MetaWebhook.Message("wamid.v", Ann, """{"type":"revoke","revoke":{"original_message_id":"wamid.1"}}""", world.Now);

        await world.TakeInAsync(edit, revoke);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "First", world.Now.AddSeconds(-30)));
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.ProcessAsync();

        var message = await world.MessageAsync("wamid.1");
        (message.Text, message.EditedAt, message.RevokedAt).ShouldBe(("Better", world.Now.AddSeconds(-5), world.Now.AddSeconds(-5)));
        ((string)JsonNode.Parse(message.Content!)!["edits"]![0]!["text"]!).ShouldBe("First");
        (await world.ConversationAsync()).UnreadCount.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task MessageThatIsEditedWithoutEnd_KeepsItsFirstTextAndTheLastOnes(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "First", world.Now));

        for (var edit = 1; edit <= InboundMessages.MaxEdits + 5; edit++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await world.TakeInAsync(MetaWebhook.Message(
                $"wamid.e{edit}", Ann,
                $$$$$"""
                {"type":"edit","edit":{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"Text {{{{{edit}}}}}"}}}}
                """,
                world.Now));
        }

        var message = await world.MessageAsync("wamid.1");
        message.Text.ShouldBe($"Text {InboundMessages.MaxEdits + 5}");
        var texts = JsonNode.Parse(message.Content!)!["edits"]!.AsArray().Select(edit => (string)edit!["text"]!).ToList();
        (texts.Count, texts[0], texts[^1]).ShouldBe((InboundMessages.MaxEdits, "First", $"Text {InboundMessages.MaxEdits + 4}"));
    }

    [Theory, OnEachEngine]
    public async Task EchoOfTheBusinessesOwnPhone_IsOurs_AndOpensNoWindow(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var echo = new JsonObject
        {
            ["from"] = "15550783881",
            ["to"] = Ann,
            ["id"] = "wamid.e",
            ["timestamp"] = MetaWebhook.Seconds(world.Now),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "From my phone" },
        };

        await world.TakeInAsync(
            MetaWebhook.Change(
                "smb_message_echoes",
                MetaWebhook.Value(MetaWebhook.PhoneNumberId, new JsonObject { ["message_echoes"] = new JsonArray(echo) })));

        var message = await world.MessageAsync("wamid.e");
        (message.Direction, message.Status, message.Text).ShouldBe((MessageDirection.Outbound, MessageStatus.Sent, "From my phone"));
        var conversation = await world.ConversationAsync();
        (conversation.UnreadCount, conversation.LastInboundAt, conversation.LastMessageId).ShouldBe((0, null, message.Id));
    }

    [Theory, OnEachEngine]
    public async Task CustomerPastThePlansLimit_IsLetIn(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine, plan: "free");
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 500));
        }

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Hi", world.Now));

        (await world.MessageAsync("wamid.1")).Text.ShouldBe("Hi");
    }

    [Theory, OnEachEngine]
    public async Task DeletedContactWhoWritesAgain_IsANewContact(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);
        var before = (await world.ConversationAsync()).ContactId;
        await world.Tenant.Contacts.DeleteAsync(before, null, default).OrThrowAsync();

        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "Still there?", world.Now));

        (await world.MessageAsync("wamid.2")).ContactId.ShouldNotBe(before);
    }

    [Theory, OnEachEngine]
    public async Task ArrivedMessage_IsToldToThoseWhoLook_OfItsTenantAlone(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var other = await world.CreateTenantAsync("other");
        var signal = world.Services.GetRequiredService<ChangeFeed>();
        var (ours, theirs) = (new List<long>(), new List<long>());
        using var first = signal.Subscribe(world.Tenant.Id, change => ours.Add(change.Id), ChangeKind.Conversation);
        using var second = signal.Subscribe(other.Id, change => theirs.Add(change.Id), ChangeKind.Conversation);

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Hi", world.Now));

        ours.ShouldBe([(await world.ConversationAsync()).Id]);
        theirs.ShouldBeEmpty();
    }

    [Theory, OnPostgres]
    public async Task ArrivedMessage_IsToldToOtherReplicas(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var link = world.Services.GetRequiredService<IBackplane>();
        var (here, there) = (new ChangeFeed(NullLogger<ChangeFeed>.Instance), new ChangeFeed(NullLogger<ChangeFeed>.Instance));
        var (shown, seen) = (new ConversationPresence(TimeProvider.System), new ConversationPresence(TimeProvider.System));
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = there.Subscribe(7, change => heard.TrySetResult(change.Id), ChangeKind.Conversation);
        var named = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var bell = there.Subscribe(ChangeKind.Notifications, 7, 3, () => named.TrySetResult());
        using var bellOfAnother = there.Subscribe(
            ChangeKind.Notifications, 7, 42, () => named.TrySetException(new InvalidOperationException("A conversation is nobody.")));
        var hears = new ReplicaBackplane(link, there, seen, TimeProvider.System).ReceiveAsync(stop.Token);
        var tells = new ReplicaBackplane(link, here, shown, TimeProvider.System).PublishAsync(stop.Token);

        using var visit = shown.Enter(7, 42, userId: 4, () => { });

        // Who begins to listen a moment later hears the next one.
        await Eventually.HoldsAsync(
            () =>
            {
                here.Publish([new Change(ChangeKind.Conversation, 7, 42), new Change(ChangeKind.Notifications, 7, 3)]);
                shown.Heartbeat();
                return heard.Task.IsCompleted && named.Task.IsCompleted && seen.Others(7, 42, userId: 5).Count > 0;
            },
            TimeSpan.FromMinutes(1));
        await named.Task;

        (await heard.Task).ShouldBe(42);
        seen.Others(7, 42, userId: 5).ShouldBe([4]);
        visit.Dispose();
        await Eventually.HoldsAsync(() => seen.Others(7, 42, userId: 5).Count == 0, TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(hears, tells));
    }

    [Theory, OnEachEngine]
    public async Task EventThatCannotBeDone_IsTriedAgain_AndThenKeptWithTheReason(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await using (var db = world.Tenant.OpenDatabase())
        {
            // A tenant without any status: a contact cannot be made.
            await db.Channels.ExecuteUpdateAsync(set =>
                set.SetProperty(c => c.DefaultStatusId, (long?)null).SetProperty(c => c.DefaultSourceId, (long?)null));
            await db.Statuses.ExecuteDeleteAsync();
        }

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Hi", world.Now));
        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(WebhookEventState.Waiting);
        for (var attempt = 1; attempt < WebhookProcessor.MaxAttempts; attempt++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(6));
            await world.ProcessAsync();
        }

        var dead = (await world.EventsAsync()).ShouldHaveSingleItem();
        dead.State.ShouldBe(WebhookEventState.Dead);
        dead.ProcessedAt.ShouldBe(world.Now); // or no sweep would find it
        dead.Error.ShouldNotBeNull().ShouldStartWith("It could not be processed");
        dead.Error.ShouldNotContain("Hi");
    }
}
