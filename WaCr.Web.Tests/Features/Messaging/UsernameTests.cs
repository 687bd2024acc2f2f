using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class UsernameTests
{
    private const string Hi = """{"type":"text","text":{"body":"Hi"}}""";

    [Theory, OnEachEngine]
    public async Task SomebodyWithoutANumber_IsShownAndFoundByTheirUsername(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(Written("wamid.1", "IN.1", null, "asha"));

        var conversation = await world.ConversationAsync();
        var contact = await world.Tenant.ContactQueries.GetAsync(conversation.ContactId, default, default).OrThrowAsync();
        PersonHandle.Of(contact.PhoneKey, contact.Username).ShouldBe("@asha");
        (await world.Tenant.GetFresh<InboxQueries>().GetAsync(conversation.Id, default).OrThrowAsync()).Username.ShouldBe("asha");
        (await world.Tenant.ListAsync(new ContactQuery { Search = "@ash" })).Items.ShouldHaveSingleItem().Id.ShouldBe(contact.Id);

        // A status tells the name, too, and it may change.
        var status = JsonNode.Parse(MetaWebhook.Status(await SentAsync(world, conversation.Id), "delivered", world.Now))!;
        status["entry"]![0]!["changes"]![0]!["value"]!["contacts"] = new JsonArray(Contact("IN.1", null, "asha.rao"));
        status["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!.AsObject().Remove("recipient_id");
        status["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!["recipient_user_id"] = "IN.1";
        await world.TakeInAsync(status.ToJsonString());

        (await world.Tenant.ListAsync(new ContactQuery { Search = "@asha.rao" })).Items.ShouldHaveSingleItem().Username.ShouldBe("asha.rao");
    }

    [Theory, OnEachEngine]
    public async Task InboxAndTrash_NameWhoHidesTheNumber_ByUsername(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(Written("wamid.1", "IN.1", null, "asha"));
        var hidden = (await world.ConversationAsync()).ContactId;
        await world.OpenConversationAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Contacts.Where(contact => contact.Id != hidden)
                .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.Username, "ann"));
        }

        var inbox = await world.Tenant.GetFresh<InboxQueries>().ListAsync(new InboxQuery(InboxBox.All), default).OrThrowAsync();
        inbox.Items.ToDictionary(item => item.ContactId == hidden, item => item.Username)
            .ShouldBe(new Dictionary<bool, string?> { [true] = "asha", [false] = null }, ignoreOrder: true);

        foreach (var item in inbox.Items)
        {
            await world.Tenant.Contacts.DeleteAsync(item.ContactId, default, default).OrThrowAsync();
        }

        var trash = await world.Tenant.GetFresh<TrashQueries>().ListAsync(new TrashQuery(new PageRequest(1, 10)), default).OrThrowAsync();
        trash.Items.ToDictionary(item => item.Id == hidden, item => item.Username)
            .ShouldBe(new Dictionary<bool, string?> { [true] = "asha", [false] = null }, ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task AParentsId_FindsThePerson_WhereTheirOwnIsNew(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(Written("wamid.1", "IN.1", "IN.ENT.9", "asha"));
        await world.TakeInAsync(Written("wamid.2", "IN.2", "IN.ENT.9", "asha"));
        await world.TakeInAsync(Written("wamid.3", "IN.3", "IN.ENT.8", "other"));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(2);
        (await world.MessageAsync("wamid.2")).ConversationId.ShouldBe((await world.MessageAsync("wamid.1")).ConversationId);
        (await db.ChannelIdentities.OrderBy(i => i.Id).Select(i => new { i.UserId, i.ParentUserId }).FirstAsync())
            .ShouldBe(new { UserId = (string?)"IN.2", ParentUserId = (string?)"IN.ENT.9" });
    }

    [Theory, OnEachEngine]
    public async Task AParentsId_FindsWhoeverWantsNoMarketing_WhereTheirOwnIsNew(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(Written("wamid.1", "IN.1", "IN.ENT.9", "asha"));

        await world.TakeInAsync(MetaWebhook.Change("user_preferences", MetaWebhook.Value(MetaWebhook.PhoneNumberId, new JsonObject
        {
            ["contacts"] = new JsonArray(Contact("IN.2", "IN.ENT.9", "asha")),
            ["user_preferences"] = new JsonArray(
                new JsonObject { ["user_id"] = "IN.2", ["category"] = "marketing_messages", ["value"] = "stop" }),
        })));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.SingleAsync()).Consent.Marketing.ShouldBe(MarketingConsent.Denied);
    }

    [Theory, OnEachEngine]
    public async Task AWishOfSomebodyUnknown_IsFoundByTheParentsId(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Change("user_preferences", MetaWebhook.Value(MetaWebhook.PhoneNumberId, new JsonObject
        {
            ["contacts"] = new JsonArray(Contact("IN.1", "IN.ENT.9", "asha")),
            ["user_preferences"] = new JsonArray(
                new JsonObject { ["user_id"] = "IN.1", ["category"] = "marketing_messages", ["value"] = "stop" }),
        })));

        await world.TakeInAsync(Written("wamid.1", "IN.2", "IN.ENT.9", "asha"));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.SingleAsync()).Consent.Marketing.ShouldBe(MarketingConsent.Denied);
    }

    [Theory, OnEachEngine]
    public async Task AnIdUpdate_ChangesBothIds(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(Written("wamid.1", "IN.1", "IN.ENT.9", "asha"));

        await world.TakeInAsync(MetaWebhook.Change("user_id_update", MetaWebhook.Value(MetaWebhook.PhoneNumberId, new JsonObject
        {
            ["user_id_update"] = new JsonArray(new JsonObject
            {
                ["user_id"] = new JsonObject { ["previous"] = "IN.1", ["current"] = "IN.2" },
                ["parent_user_id"] = new JsonObject { ["previous"] = "IN.ENT.9", ["current"] = "IN.ENT.10" },
            }),
        })));

        await using var db = world.Tenant.OpenDatabase();
        var identity = await db.ChannelIdentities.SingleAsync();
        (identity.UserId, identity.ParentUserId).ShouldBe(("IN.2", "IN.ENT.10"));
    }

    [Theory]
    [InlineData(80, 1000)]
    [InlineData(20, 20)]
    public async Task ARaisedThroughput_RaisesThePace_UnlessSomebodyWantsItLower(int before, int after)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.MessagesPerSecond, before));
        }

        await world.TakeInAsync(MetaWebhook.Change("phone_number_quality_update", new JsonObject
        {
            ["display_phone_number"] = "15550783881",
            ["event"] = "THROUGHPUT_UPGRADE",
            ["current_limit"] = "TIER_UNLIMITED",
        }));

        await using var read = world.Tenant.OpenDatabase();
        (await read.Channels.SingleAsync()).MessagesPerSecond.ShouldBe(after);
    }

    private static async Task<string> SentAsync(MessagingWorld world, long conversationId)
    {
        world.WhatsApp.AcceptAll();
        var id = await world.EnqueueAsync(conversationId);
        await world.DispatchAsync();
        return (await world.MessageAsync(id)).Wamid!;
    }

    private static string Written(string wamid, string userId, string? parentId, string username)
    {
        var json = JsonNode.Parse(MetaWebhook.Message(wamid, null, Hi, TestClock.Start, userId: userId))!;
        var value = json["entry"]![0]!["changes"]![0]!["value"]!;
        value["contacts"] = new JsonArray(Contact(userId, parentId, username));
        if (parentId is not null)
        {
            value["messages"]![0]!["from_parent_user_id"] = parentId;
        }

        return json.ToJsonString();
    }

    private static JsonObject Contact(string userId, string? parentId, string username)
    {
        var contact = new JsonObject { ["user_id"] = userId, ["profile"] = new JsonObject { ["name"] = "Asha", ["username"] = username } };
        if (parentId is not null)
        {
            contact["parent_user_id"] = parentId;
        }

        return contact;
    }
}
