using System.Text;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>Ids that change, a number's history and its own phone: from the sandbox's controls to what the product stores.</summary>
public sealed class SandboxCoexistenceTests : IAsyncLifetime
{
    private const string Person = "15551234567";
    private static readonly string Number = SandboxHarness.Number.PhoneNumberId;
    private SandboxHarness _sandbox = null!;
    private MessagingWorld _world = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxHarness.StartAsync();
        _world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task ANewUserId_IsTheSamePerson_WithTheIdsOfTheParent()
    {
        await ActAsync("profile", new { username = "asha", parent_user_id = "US.ENT.9" });
        await ActAsync("text", new { body = "Hello" });
        var hello = await TakeInAsync();
        var before = (string)hello.Message["from_user_id"]!;
        ((string)hello.Message["from_parent_user_id"]!, (string)hello.Value["contacts"]![0]!["parent_user_id"]!).ShouldBe(("US.ENT.9", "US.ENT.9"));

        await ActAsync("user-id", new { user_id = "US.2", parent_user_id = "US.ENT.10" });
        var told = await TakeInAsync();
        ((string)told.Changes[0]["field"]!).ShouldBe("user_id_update");
        told.Value["user_id_update"]![0]!["user_id"]!.ToJsonString().ShouldBe($$"""{"previous":"{{before}}","current":"US.2"}""");
        told.Value["user_id_update"]![0]!["parent_user_id"]!.ToJsonString().ShouldBe("""{"previous":"US.ENT.9","current":"US.ENT.10"}""");
        await _sandbox.ControlAsync(HttpMethod.Post, "customers/US.2/text", new { body = "Me again" });
        await TakeInAsync();

        await using var db = _world.Tenant.OpenDatabase();
        var identity = await db.ChannelIdentities.SingleAsync();
        (identity.UserId, identity.ParentUserId, identity.WaId).ShouldBe(("US.2", "US.ENT.10", null));
        (await db.Messages.Select(message => message.ConversationId).Distinct().CountAsync()).ShouldBe(1);
        (await RefusedAsync($"customers/{before}/text", new { body = "Old id" })).ShouldContain("user id of somebody who is known");
    }

    [Fact]
    public async Task Ids_AreOfTheirForm_AndOneEach()
    {
        await ActAsync("profile", new { parent_user_id = "US.ENT.9" });
        await _sandbox.ControlAsync(HttpMethod.Post, "customers/15557654321/user-id", new { user_id = "US.2" });

        (await RefusedAsync($"customers/{Person}/user-id", new { user_id = "US.2" })).ShouldContain("nobody's yet");
        (await RefusedAsync($"customers/{Person}/user-id", new { user_id = "2" })).ShouldContain("US.1234");
        (await RefusedAsync("customers/15557654321/profile", new { parent_user_id = "US.ENT.9" })).ShouldContain("nobody else's");
        var exported = await _sandbox.ControlAsync(HttpMethod.Get, "export");
        await _sandbox.ControlAsync(HttpMethod.Post, "import", exported.ToJsonString());
        _sandbox.World.Do(() => _sandbox.World.People.FindByUserId("US.2", SandboxHarness.Number.BusinessAccountId)!.WaId).ShouldBe("15557654321");
    }

    [Fact]
    public async Task AHistory_ComesInChunks_AndIsStoredAsOldMessages()
    {
        var shared = await _sandbox.ControlAsync(HttpMethod.Post, $"numbers/{Number}/history", new
        {
            chunk_messages = 2,
            threads = new object[]
            {
                new
                {
                    customer = Person,
                    messages = new object[]
                    {
                        new { body = "Are you open?", from_customer = true, seconds_ago = 864_000 },
                        new { body = "Until six", status = "delivered", seconds_ago = 863_000 },
                        new { body = "Tomorrow, too", status = "failed", seconds_ago = 862_000 },
                    },
                },
                new
                {
                    customer = "15557654321",
                    messages = new object[]
                    {
                        new
                        {
                            from_customer = true,
                            seconds_ago = 3_600,
                            file = new { type = "image", mime_type = "image/jpeg", text = "x", caption = "Our shop" },
                        },
                    },
                },
            },
        });

        ((int)shared["chunks"]!).ShouldBe(3);
        var heard = new List<HeardEvent> { await TakeInAsync(), await TakeInAsync(), await TakeInAsync() };
        heard.ConvertAll(one => one.Value["history"]![0]!["metadata"]!.ToJsonString()).ShouldBe(
            [
                """{"phase":0,"chunk_order":1,"progress":25}""",
                """{"phase":1,"chunk_order":1,"progress":75}""",
                """{"phase":1,"chunk_order":2,"progress":100}""",
            ]);
        ((string)heard[0].Value["history"]![0]!["threads"]![0]!["messages"]![0]!["type"]!).ShouldBe("media_placeholder");
        ((string)(await TakeInAsync()).Message["image"]!["caption"]!).ShouldBe("Our shop");

        await using var db = _world.Tenant.OpenDatabase();
        var messages = await db.Messages.OrderBy(message => message.CreatedAt).ToListAsync();
        messages.Select(message => (message.Text, message.Direction, message.Status)).ShouldBe(
            [
                ("Are you open?", MessageDirection.Inbound, MessageStatus.Delivered),
                ("Until six", MessageDirection.Outbound, MessageStatus.Delivered),
                ("Tomorrow, too", MessageDirection.Outbound, MessageStatus.Failed),
                ("Our shop", MessageDirection.Inbound, MessageStatus.Delivered),
            ]);
        messages[0].CreatedAt.ShouldBe(_world.Now.AddDays(-10));
        (await db.Conversations.Select(one => new { one.UnreadCount, one.LastInboundAt }).Distinct().SingleAsync())
            .ShouldBe(new { UnreadCount = 0, LastInboundAt = (DateTimeOffset?)null });
        _sandbox.Desk.Messages(Person, 10).Select(message => message.Text).ShouldBe(["Are you open?", "Until six", "Tomorrow, too"]);
    }

    [Fact]
    public async Task AHistory_IsDeclined_OrRefused()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, $"numbers/{Number}/history", new { declined = true });

        ((int)(await TakeInAsync()).Value["history"]![0]!["errors"]![0]!["code"]!).ShouldBe(2593109);
        (await RefusedAsync($"numbers/{Number}/history", Old(new { body = "x", seconds_ago = 86_400 * 181 }))).ShouldContain("180 days");
        (await RefusedAsync("numbers/1/history", Old(new { body = "x", seconds_ago = 1 }))).ShouldContain("phone_number_id");
        (await _sandbox.CallAsync(
            HttpMethod.Post, $"/sandbox/control/numbers/{Number}/history",
            System.Text.Json.JsonSerializer.Serialize(Old(new { seconds_ago = 1 })))).Status.ShouldBe(400);
        (await _sandbox.CallAsync(HttpMethod.Post, $"/sandbox/control/numbers/{Number}/history", """{"threads":[null]}""")).Status.ShouldBe(400);
        (await RefusedAsync($"numbers/{Number}/history", Old(new { seconds_ago = 1, file = new { type = "image", mime_type = "?" } })))
            .ShouldContain("mime_type");

        static object Old(object message) => new { threads = new[] { new { customer = Person, messages = new[] { message } } } };
    }

    [Fact]
    public async Task TheAddressBookOfTheNumbersOwnPhone_NamesContacts_AndRemovesNone()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, $"numbers/{Number}/contacts", new { customer = Person, name = "Asha Patel" });
        var added = await TakeInAsync();
        await _sandbox.ControlAsync(HttpMethod.Post, $"numbers/{Number}/contacts", new { customer = Person, removed = true });
        var removed = await TakeInAsync();

        ((string)added.Changes[0]["field"]!).ShouldBe("smb_app_state_sync");
        ((string)added.Value["state_sync"]![0]!["action"]!).ShouldBe("add");
        ((string)removed.Value["state_sync"]![0]!["action"]!).ShouldBe("remove");
        await using var db = _world.Tenant.OpenDatabase();
        var contact = await db.Contacts.SingleAsync();
        (contact.FirstName, contact.LastName, contact.Phone).ShouldBe(("Asha", "Patel", "+" + Person));
        (await RefusedAsync($"numbers/{Number}/contacts", new { customer = Person })).ShouldContain("name");
        (await RefusedAsync($"numbers/{Number}/contacts", new { customer = "?", name = "Asha" })).ShouldContain("phone number");
    }

    [Fact]
    public async Task WhatIsWrittenOnTheNumbersOwnPhone_IsEchoed_EditedAndRevoked()
    {
        var kept = await EchoAsync("echoes", new { customer = Person, body = "On my way" });
        var taken = await EchoAsync("echoes", new { customer = Person, body = "Wrong chat" });
        await EchoAsync("echoes/edit", new { customer = Person, message_id = kept, body = "On our way" });
        await EchoAsync("echoes/revoke", new { customer = Person, message_id = taken });

        var (edited, revoked) = (await _world.MessageAsync(kept), await _world.MessageAsync(taken));
        (edited.Direction, edited.Text, edited.EditedAt is null, edited.RevokedAt).ShouldBe((MessageDirection.Outbound, "On our way", false, null));
        (revoked.Text, revoked.RevokedAt is null).ShouldBe(("Wrong chat", false));
        (await RefusedAsync($"numbers/{Number}/echoes/revoke", new { customer = Person, message_id = taken })).ShouldContain("once");
        _sandbox.Time.Advance(TimeSpan.FromMinutes(16));
        (await RefusedAsync($"numbers/{Number}/echoes/edit", new { customer = Person, message_id = kept, body = "Late" })).ShouldContain("15 minutes");
    }

    [Fact]
    public async Task WhatTheCustomerEditsAndRevokes_IsEditedAndRevokedInTheProduct()
    {
        var (kept, taken) = (await SentAsync("On my wya"), await SentAsync("Wrong chat"));
        await ActAsync("edit", new { message_id = kept, body = "On my way" });
        (await TakeInAsync()).Message["edit"]!.ToJsonString().ShouldBe(
            $$$$"""{"original_message_id":"{{{{kept}}}}","message":{"type":"text","text":{"body":"On my way"}}}""");
        await ActAsync("revoke", new { message_id = taken });
        (await TakeInAsync()).Message["revoke"]!.ToJsonString().ShouldBe($$"""{"original_message_id":"{{taken}}"}""");

        var (edited, revoked) = (await _world.MessageAsync(kept), await _world.MessageAsync(taken));
        (edited.Direction, edited.Text, edited.EditedAt is null).ShouldBe((MessageDirection.Inbound, "On my way", false));
        (revoked.Text, revoked.RevokedAt is null).ShouldBe(("Wrong chat", false));
        (await RefusedAsync($"customers/{Person}/edit", new { message_id = taken, body = "x" })).ShouldContain("15 minutes");
        (await RefusedAsync($"numbers/{Number}/echoes/revoke", new { customer = Person, message_id = kept })).ShouldContain("one's own");
        _sandbox.Time.Advance(TimeSpan.FromHours(61));
        (await RefusedAsync($"customers/{Person}/revoke", new { message_id = kept })).ShouldContain("60 hours");
    }

    private async Task<string> SentAsync(string text)
    {
        await ActAsync("text", new { body = text });
        return (string)(await TakeInAsync()).Message["id"]!;
    }

    private async Task<string> EchoAsync(string act, object body)
    {
        var message = await _sandbox.ControlAsync(HttpMethod.Post, $"numbers/{Number}/{act}", body);
        ((string)(await TakeInAsync()).Changes[0]["field"]!).ShouldBe("smb_message_echoes");
        return (string)message["id"]!;
    }

    private Task<JsonNode> ActAsync(string act, object body) => _sandbox.ControlAsync(HttpMethod.Post, $"customers/{Person}/{act}", body);

    private async Task<string> RefusedAsync(string path, object body)
    {
        var (status, json, _) = await _sandbox.CallAsync(
            HttpMethod.Post, "/sandbox/control/" + path, System.Text.Json.JsonSerializer.Serialize(body));
        status.ShouldBe(422, json.ToJsonString());
        return (string)json["error"]!;
    }

    /// <summary>The next event, which the product takes in.</summary>
    private async Task<HeardEvent> TakeInAsync()
    {
        var heard = await _sandbox.ReceiveAsync();
        await _world.TakeInAsync(Encoding.UTF8.GetString(heard.Body));
        return heard;
    }
}
