using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>Messages that once were lost, or filed under somebody or something else.</summary>
public sealed class InboundFieldCaseTests
{
    private const string Ann = "447700900123";
    private const string OwnNumber = "15550783881";
    private const string Group = "Y2FwaV9ncm91cDo";

    [Theory, OnEachEngine]
    public async Task NameThatIsCutInsideAnEmoji_LosesNoMessage(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "n", world.Now, new string('x', 254) + "😀 tail"));

        var contact = (await world.Tenant.ContactQueries.GetAsync((await world.MessageAsync("wamid.1")).ContactId, default, default))
            .OrThrow();
        contact.FirstName.ShouldBe(new string('x', 254));
        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(WebhookEventState.Done);
    }

    [Theory, OnEachEngine]
    public async Task ReasonAndFileNameThatAreCutInsideAnEmoji_LoseNoMessage(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var (name, details) = (
            new string('n', MessageMedia.FileNameMaxLength - 1) + "😀.pdf", new string('d', Message.ErrorMaxLength - 1) + "😀");
        var body = new JsonObject
        {
            ["type"] = "document",
            ["document"] = new JsonObject { ["id"] = "77", ["filename"] = name },
            ["errors"] = new JsonArray(
                new JsonObject { ["code"] = 131052, ["title"] = "t", ["error_data"] = new JsonObject { ["details"] = details } }),
        };

        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Ann, body.ToJsonString(), world.Now));

        (await world.MessageAsync("wamid.1")).Error.ShouldBe(new string('d', Message.ErrorMaxLength - 1));
    }

    [Theory]
    [InlineData("+2250707013520", "22507013520")] // Ivory Coast
    [InlineData("+2290197123456", "22997123456")] // Benin
    [InlineData("+237677123456", "23777123456")] // Cameroon
    [InlineData("+24166031234", "24106031234")] // Gabon
    [InlineData("+84901234567", "84901234567")] // Vietnam: a prefix that did not change
    [InlineData("+84321234567", "841621234567")]
    public async Task NumberOfAnOldPlan_FindsTheContact(string phone, string waId)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        var known = await world.Tenant.CreateContactAsync("Known", "Person", phone);

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", waId, "bonjour", world.Now));

        (await world.MessageAsync("wamid.1")).ContactId.ShouldBe(known.Id);
        (await world.ConversationAsync()).WaId.ShouldBe(waId); // an answer goes to the number that WhatsApp knows
    }

    [Theory, OnEachEngine]
    public async Task PersonUnderAnOldAndANewNumber_IsOneContact(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(
            MetaWebhook.Text("wamid.1", "22507013520", "bonjour", world.Now),
            MetaWebhook.Text("wamid.2", "2250707013520", "again", world.Now));

        (await world.MessageAsync("wamid.2")).ConversationId.ShouldBe((await world.MessageAsync("wamid.1")).ConversationId);
    }

    [Theory, OnEachEngine]
    public async Task MessageOfAGroup_IsKeptApart(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);
        var before = await world.ConversationAsync();
        world.Time.Advance(TimeSpan.FromHours(25));

        await world.TakeInAsync(
            InGroup("wamid.g1", Ann, """{"type":"text","text":{"body":"STOP"}}"""),
            InGroup("wamid.g2", "447700900777", """{"type":"image","image":{"id":"77","caption":"Look"}}"""));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Messages.CountAsync()).ShouldBe(1);
        (await db.Contacts.CountAsync()).ShouldBe(1);
        (await db.Contacts.SingleAsync()).IsOptedOut.ShouldBeFalse();
        var after = await world.ConversationAsync();
        (after.LastInboundAt, after.UnreadCount, after.LastMessageId)
            .ShouldBe((before.LastInboundAt, before.UnreadCount, before.LastMessageId));
        var kept = await db.GroupMessages.OrderBy(m => m.Wamid).ToListAsync();
        kept.Select(m => (m.GroupId, m.SenderWaId, m.SenderName, m.Text, m.Type)).ShouldBe(
        [
            (Group, Ann, "Ann Smith", "STOP", MessageType.Text), (Group, "447700900777", "Ann Smith", "Look", MessageType.Image),
        ]);
    }

    [Theory, OnEachEngine]
    public async Task MessageOfAGroup_IsKeptOnce_AndEditedAndTakenBackThere(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(InGroup("wamid.g1", Ann, """{"type":"text","text":{"body":"First"}}"""));

        await world.TakeInAsync(
            InGroup("wamid.g1", Ann, """{"type":"text","text":{"body":"First"}}"""),
            InGroup(
                "wamid.e",
                Ann,
                """{"type":"edit","edit":{"original_message_id":"wamid.g1","message":{"type":"text","text":{"body":"Better"}}}}"""),
            InGroup("wamid.r", Ann, """{"type":"revoke","revoke":{"original_message_id":"wamid.g1"}}"""));

        await using var db = world.Tenant.OpenDatabase();
        var message = await db.GroupMessages.SingleAsync();
        (message.Text, message.RevokedAt).ShouldBe(("Better", message.EditedAt));
        (await world.EventsAsync()).ShouldAllBe(e => e.State == WebhookEventState.Done);
    }

    [Theory, OnEachEngine]
    public async Task EchoIntoAGroup_IsKeptAsOurs(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var echo = new JsonObject
        {
            ["from"] = OwnNumber,
            ["id"] = "wamid.e",
            ["timestamp"] = MetaWebhook.Seconds(world.Now),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "To all" },
            ["group_id"] = Group,
        };

        await world.TakeInAsync(Change("smb_message_echoes", new JsonObject { ["message_echoes"] = new JsonArray(echo) }));

        await using var db = world.Tenant.OpenDatabase();
        var kept = await db.GroupMessages.SingleAsync();
        (kept.Direction, kept.SenderWaId, kept.Text).ShouldBe((MessageDirection.Outbound, null, "To all"));
        (await db.Conversations.AnyAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("history")]
    [InlineData("messages")]
    [InlineData("standby")]
    public async Task MessageFromOurOwnNumber_IsOurs_InEveryField(string field)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);

        await world.TakeInAsync(
            Change(field, new JsonObject { ["messages"] = new JsonArray(Picture("wamid.H1", OwnNumber, Ann, world.Now)) }));

        var message = await world.MessageAsync("wamid.H1");
        (message.Direction, message.Text, message.Status)
            .ShouldBe((MessageDirection.Outbound, "we sent this long ago", MessageStatus.Sent));
        var conversation = await world.ConversationAsync();
        (conversation.WaId, conversation.UnreadCount, conversation.LastInboundAt).ShouldBe((Ann, 0, null));
        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.SingleAsync()).PhoneKey.ShouldBe(Ann);
    }

    [Theory, OnEachEngine]
    public async Task HistoryOfACustomer_IsNoLiveMessage(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var old = new JsonObject
        {
            ["from"] = Ann,
            ["id"] = "wamid.H2",
            ["timestamp"] = MetaWebhook.Seconds(world.Now.AddHours(-1)),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "stop" },
        };

        await world.TakeInAsync(Change("history", new JsonObject { ["messages"] = new JsonArray(old) }));

        var conversation = await world.ConversationAsync();
        (conversation.UnreadCount, conversation.LastInboundAt).ShouldBe((0, null));
        var message = await world.MessageAsync("wamid.H2");
        (message.Direction, message.CreatedAt).ShouldBe((MessageDirection.Inbound, world.Now.AddHours(-1)));
        (await world.Tenant.ContactQueries.GetAsync(message.ContactId, default, default)).OrThrow().IsOptedOut.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task ChangedUserId_ThatNamesTheOldIdAlone_KeepsTheConversation(bool withContacts, bool asUpdate)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        const string text = """{"type":"text","text":{"body":"Hi"}}""";
        await world.TakeInAsync(MetaWebhook.Message("wamid.A1", null, text, world.Now, userId: "IN.OLD0001"));
        var value = asUpdate
            ? new JsonObject
            {
                ["user_id_update"] = new JsonArray(
                    new JsonObject { ["user_id"] = new JsonObject { ["previous"] = "IN.OLD0001", ["current"] = "IN.NEW0001" } }),
            }
            : new JsonObject
            {
                ["messages"] = new JsonArray(new JsonObject
                {
                    ["id"] = "wamid.A2",
                    ["timestamp"] = MetaWebhook.Seconds(world.Now),
                    ["type"] = "system",
                    ["system"] = new JsonObject
                    {
                        ["type"] = "user_changed_user_id",
                        ["user_id"] = "IN.NEW0001",
                        ["previous_user_id"] = "IN.OLD0001",
                        ["body"] = "changed",
                    },
                }),
            };
        if (withContacts)
        {
            value["contacts"] = new JsonArray(new JsonObject { ["user_id"] = "IN.NEW0001" });
        }

        await world.TakeInAsync(Change(asUpdate ? "user_id_update" : "messages", value));
        await world.TakeInAsync(MetaWebhook.Message("wamid.A3", null, text, world.Now, userId: "IN.NEW0001"));

        (await world.MessageAsync("wamid.A3")).ConversationId.ShouldBe((await world.MessageAsync("wamid.A1")).ConversationId);
        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(1);
    }

    private static JsonObject Picture(string wamid, string from, string to, DateTimeOffset at) => new()
    {
        ["from"] = from,
        ["to"] = to,
        ["id"] = wamid,
        ["timestamp"] = MetaWebhook.Seconds(at),
        ["type"] = "image",
        ["image"] = new JsonObject { ["mime_type"] = "image/jpeg", ["id"] = "77001", ["caption"] = "we sent this long ago" },
    };

    private static string Change(string field, JsonObject value) =>
        MetaWebhook.Change(field, MetaWebhook.Value(MetaWebhook.PhoneNumberId, value));

    private static string InGroup(string wamid, string from, string body)
    {
        var message = JsonNode.Parse(body)!.AsObject();
        message["group_id"] = Group;
        return MetaWebhook.Message(wamid, from, message.ToJsonString(), new DateTimeOffset(2026, 3, 4, 5, 6, 0, TimeSpan.Zero));
    }
}
