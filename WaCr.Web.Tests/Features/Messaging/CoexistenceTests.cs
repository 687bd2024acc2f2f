using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>A number that is also used in the business's own phone app: what was said before, and whom the phone knows.</summary>
public sealed class CoexistenceTests
{
    private const string Ann = "447700900123";
    private const string OwnNumber = "15550783881";

    [Theory, OnEachEngine]
    public async Task Threads_AreTakenInAsOldMessages_WithoutWindowUnreadOrNoise(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var start = world.Now.AddDays(-30);
        var history = History(new JsonObject
        {
            ["id"] = Ann,
            ["messages"] = new JsonArray(
                Text("wamid.1", Ann, null, "Are you open?", start, "READ"),
                Text("wamid.2", OwnNumber, Ann, "Until six", start.AddHours(1), "DELIVERED"),
                Text("wamid.3", OwnNumber, Ann, "Tomorrow, too", start.AddHours(2), "ERROR")),
        });

        await world.TakeInAsync(history);
        await world.TakeInAsync(history);

        var conversation = await world.ConversationAsync();
        (conversation.WaId, conversation.UnreadCount, conversation.LastInboundAt, conversation.LastMessageAt)
            .ShouldBe((Ann, 0, null, start.AddHours(2)));
        await using var db = world.Tenant.OpenDatabase();
        var messages = await db.Messages.OrderBy(m => m.CreatedAt).ToListAsync();
        messages.Select(m => (m.Wamid, m.Direction, m.Status, m.State, m.CreatedAt)).ShouldBe(
            [
                ("wamid.1", MessageDirection.Inbound, MessageStatus.Delivered, null, start),
                ("wamid.2", MessageDirection.Outbound, MessageStatus.Delivered, OutboxState.Sent, start.AddHours(1)),
                ("wamid.3", MessageDirection.Outbound, MessageStatus.Failed, OutboxState.Dead, start.AddHours(2)),
            ]);
        (await world.ConversationsUsedAsync()).ShouldBe(0);
        (await world.EventsAsync()).Count(e => e.State == WebhookEventState.Done).ShouldBe(3);
    }

    [Theory, OnEachEngine]
    public async Task AFileOfTheHistory_TakesItsPlace_WheneverItComes(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var place = new JsonObject
        {
            ["id"] = "wamid.1",
            ["from"] = Ann,
            ["timestamp"] = MetaWebhook.Seconds(world.Now.AddDays(-2)),
            ["type"] = "media_placeholder",
            ["history_context"] = new JsonObject { ["status"] = "READ" },
        };
        var file = new JsonObject
        {
            ["id"] = "wamid.1",
            ["from"] = Ann,
            ["timestamp"] = MetaWebhook.Seconds(world.Now.AddDays(-2)),
            ["type"] = "image",
            ["image"] = new JsonObject { ["id"] = "77", ["mime_type"] = "image/jpeg", ["caption"] = "Our shop" },
        };

        await world.TakeInAsync(History(new JsonObject { ["id"] = Ann, ["messages"] = new JsonArray(place) }));
        await world.TakeInAsync(Change("history", new JsonObject { ["messages"] = new JsonArray(file) }));

        var message = await world.MessageAsync("wamid.1");
        (message.Type, message.Text, message.CreatedAt).ShouldBe((MessageType.Image, "Our shop", world.Now.AddDays(-2)));
        await using var db = world.Tenant.OpenDatabase();
        (await db.MessageMedia.SingleAsync()).WhatsAppId.ShouldBe("77");
        (await world.ConversationAsync()).UnreadCount.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AHistoryThatWasDeclined_ChangesNothing(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(Change("history", new JsonObject
        {
            ["history"] = new JsonArray(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = 2593109 }) }),
        }));

        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(WebhookEventState.Done);
        await using var db = world.Tenant.OpenDatabase();
        (await db.Conversations.AnyAsync()).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task ThePhonesAddressBook_NamesPeople_AndOpensNoConversation(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", "447700900124", "Hi", world.Now, name: null));
        var named = await world.Tenant.CreateContactAsync("Ben", "Stone", phone: "+447700900125");

        await world.TakeInAsync(
            Synced("Ann Lee", Ann), Synced("Carl Dunn", "447700900124"), Synced("Benny", "447700900125"), Synced("Gone", "447700900126", "remove"));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.OrderBy(c => c.PhoneKey).Select(c => c.FirstName + " " + c.LastName).ToListAsync())
            .ShouldBe(["Ann Lee", "Carl Dunn", "Ben Stone"]);
        var kept = await db.Contacts.SingleAsync(c => c.Id == named.Id);
        (kept.FirstName, kept.LastName, kept.Version).ShouldBe(("Ben", "Stone", named.Version));
        (await db.Conversations.SingleAsync()).ContactId.ShouldBe(
            await db.Contacts.Where(c => c.FirstName == "Carl").Select(c => c.Id).SingleAsync());
    }

    private static JsonObject Text(string wamid, string from, string? to, string text, DateTimeOffset at, string status)
    {
        var message = new JsonObject
        {
            ["id"] = wamid,
            ["from"] = from,
            ["timestamp"] = MetaWebhook.Seconds(at),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
            ["history_context"] = new JsonObject { ["status"] = status },
        };
        if (to is not null)
        {
            message["to"] = to;
        }

        return message;
    }

    private static string History(JsonObject thread) => Change("history", new JsonObject
    {
        ["history"] = new JsonArray(new JsonObject
        {
            ["metadata"] = new JsonObject { ["phase"] = 0, ["chunk_order"] = 1, ["progress"] = 55 },
            ["threads"] = new JsonArray(thread),
        }),
    });

    private static string Synced(string name, string phone, string action = "add") => Change("smb_app_state_sync", new JsonObject
    {
        ["state_sync"] = new JsonArray(new JsonObject
        {
            ["type"] = "contact",
            ["contact"] = new JsonObject { ["full_name"] = name, ["first_name"] = name.Split(' ')[0], ["phone_number"] = phone },
            ["action"] = action,
            ["metadata"] = new JsonObject { ["timestamp"] = "1739321024", ["version"] = 1 },
        }),
    });

    private static string Change(string field, JsonObject value) =>
        MetaWebhook.Change(field, MetaWebhook.Value(MetaWebhook.PhoneNumberId, value));
}
