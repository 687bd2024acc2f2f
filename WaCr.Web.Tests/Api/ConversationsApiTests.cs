using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

public sealed class ConversationsApiTests(TestApps apps) : IClassFixture<TestApps>
{
    [Theory, OnEachEngine]
    public async Task List_IsNewestFirst_AndNarrowedByEachFilter(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var now = app.Time.GetUtcNow();
        var old = await ReceiveAsync(tenant, now.AddHours(-30));
        var fresh = await ReceiveAsync(tenant, now.AddHours(-1));
        var user = await tenant.SignInAsync(Role.Agent);
        (await client.PatchAsync($"/conversations/{fresh.Id}", new { assigned_id = user })).ShouldBe(HttpStatusCode.OK);
        await UnreadAsync(tenant, old.Id, 2);

        (await client.GetAsync("/conversations")).Ids.ShouldBe([fresh.Id, old.Id]);
        (await client.GetAsync("/conversations?sort=last_message_at")).Ids.ShouldBe([old.Id, fresh.Id]);
        (await client.GetAsync("/conversations?per_page=1&page=2")).Ids.ShouldBe([old.Id]);
        (await client.GetAsync($"/conversations?filter[assigned_id]={user}")).Ids.ShouldBe([fresh.Id]);
        (await client.GetAsync("/conversations?filter[assigned_id][null]=true")).Ids.ShouldBe([old.Id]);
        (await client.GetAsync($"/conversations?filter[contact_id]={old.ContactId}")).Ids.ShouldBe([old.Id]);
        (await client.GetAsync($"/conversations?filter[channel_id]={old.ChannelId}")).Items.Count.ShouldBe(2);
        (await client.GetAsync("/conversations?filter[unread]=true")).Ids.ShouldBe([old.Id]);
        (await client.GetAsync("/conversations?filter[unread][ne]=true")).Ids.ShouldBe([fresh.Id]);
        (await client.GetAsync("/conversations?filter[window_open]=true")).Ids.ShouldBe([fresh.Id]);
        (await client.GetAsync("/conversations?filter[window_open]=false")).Ids.ShouldBe([old.Id]);
        (await client.GetAsync("/conversations?fields=unread_count")).Items[1]!.ToJsonString().ShouldBe($$"""{"id":{{old.Id}},"unread_count":2}""");
        (await client.GetAsync("/conversations?filter[unread]=maybe")).ShouldBeInvalid();
        (await client.GetAsync("/conversations?sort=id")).ShouldBeInvalid();
    }

    [Theory, OnEachEngine]
    public async Task ConversationWithBroadcastsAlone_HasNoLastMessage_AndComesLast(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var heard = await ReceiveAsync(tenant, app.Time.GetUtcNow().AddDays(-3));
        var told = await ReceiveAsync(tenant, app.Time.GetUtcNow());
        await using (var db = tenant.OpenDatabase())
        {
            var row = await db.Conversations.FindAsync(told.Id);
            (row!.LastMessageAt, row.LastMessageId) = (Conversation.BroadcastsOnly, null);
            await db.SaveChangesAsync();
        }

        var newestFirst = await client.GetAsync("/conversations");
        newestFirst.Ids.ShouldBe([heard.Id, told.Id]);
        newestFirst.Items.Select(item => item!["last_message_at"] is null).ShouldBe([false, true]);
        (await client.GetAsync("/conversations?sort=last_message_at")).Ids.ShouldBe([told.Id, heard.Id]);
    }

    [Theory, OnEachEngine]
    public async Task WindowFilter_OfAContactWithAnotherNumberNow_FindsItClosed(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var conversation = await ReceiveAsync(tenant, app.Time.GetUtcNow());
        await using (var db = tenant.OpenDatabase())
        {
            var row = await db.Conversations.FindAsync(conversation.Id);
            row!.ContactPhoneKey = "+15550000001";
            row.WaId = "15550000001";
            await db.SaveChangesAsync();
        }

        (await client.GetAsync($"/conversations/{conversation.Id}")).Data!["window_open"]!.GetValue<bool>().ShouldBeFalse();
        (await client.GetAsync("/conversations?filter[window_open]=true")).Ids.ShouldBeEmpty();
        (await client.GetAsync("/conversations?filter[window_open]=false")).Ids.ShouldBe([conversation.Id]);
    }

    [Theory, OnEachEngine]
    public async Task Assignment_TakesAUserOrNobody_AndHonoursIfMatch(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var id = (await ReceiveAsync(tenant, app.Time.GetUtcNow())).Id;
        var user = await tenant.SignInAsync(Role.Agent);
        var read = await client.GetAsync($"/conversations/{id}");

        var assigned = await client.PatchAsync($"/conversations/{id}", new { assigned_id = user }, ("If-Match", read.Headers["ETag"]));
        ((long)assigned.ShouldBe(HttpStatusCode.OK).Data!["assigned_id"]!).ShouldBe(user);
        assigned.Headers["ETag"].ShouldNotBe(read.Headers["ETag"]);
        (await client.PatchAsync($"/conversations/{id}", new { assigned_id = (long?)null }, ("If-Match", read.Headers["ETag"])))
            .ShouldFail(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        (await client.PatchAsync($"/conversations/{id}", new { })).ShouldBe(HttpStatusCode.OK).Data!["assigned_id"].ShouldNotBeNull();
        (await client.PatchAsync($"/conversations/{id}", new { assigned_id = 4711 })).ShouldBeInvalid().Errors("assigned_id").ShouldNotBeEmpty();
        (await client.PatchAsync($"/conversations/{id}", new { assigned_id = "me" })).ShouldBeInvalid().Errors("assigned_id").ShouldBe(["Must be an integer"]);

        (await client.PatchAsync($"/conversations/{id}", new JsonObject { ["assigned_id"] = null }, ("If-Match", "*"))).Data!["assigned_id"].ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Assignments_WithOneTagAllAtOnce_AreOne(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var id = (await ReceiveAsync(tenant, app.Time.GetUtcNow())).Id;
        var user = await tenant.SignInAsync(Role.Agent);
        var tag = (await client.GetAsync($"/conversations/{id}")).Headers["ETag"];

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(
            () => client.PatchAsync($"/conversations/{id}", new { assigned_id = user }, ("If-Match", tag)))));

        replies.Select(reply => reply.Status).Order().ShouldBe(
            [HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.PreconditionFailed, 29)]);
    }

    [Theory, OnEachEngine]
    public async Task Read_TakesTheCountToNothing(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var conversation = await ReceiveAsync(tenant, app.Time.GetUtcNow());
        await using (var db = tenant.OpenDatabase())
        {
            db.Messages.Add(new Message
            {
                ConversationId = conversation.Id,
                ChannelId = conversation.ChannelId,
                ContactId = conversation.ContactId,
                Direction = MessageDirection.Inbound,
                Status = MessageStatus.Delivered,
                Text = "Hello",
            });
            await db.SaveChangesAsync();
        }

        await UnreadAsync(tenant, conversation.Id, 1);

        ((int)(await client.PostAsync($"/conversations/{conversation.Id}/read", new { })).ShouldBe(HttpStatusCode.OK).Data!["unread_count"]!).ShouldBe(0);
        (await client.GetAsync("/conversations?filter[unread]=true")).Ids.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Conversation_OfAnotherTenant_IsNotThere(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (theirs, _) = await app.NewTenantAsync();
        await theirs.ConnectWhatsAppAsync();
        var id = (await ReceiveAsync(theirs, app.Time.GetUtcNow())).Id;
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync("/conversations")).Ids.ShouldBeEmpty();
        (await client.GetAsync("/conversations?filter[window_open]=true")).Ids.ShouldBeEmpty();
        (await client.GetAsync($"/conversations/{id}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.PatchAsync($"/conversations/{id}", new { assigned_id = (long?)null })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await client.PostAsync($"/conversations/{id}/read", new { })).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static async Task<Conversation> ReceiveAsync(TestTenant tenant, DateTimeOffset at) =>
        await tenant.HearFromAsync((await tenant.CreateContactAsync(email: null)).Id, at);

    private static async Task UnreadAsync(TestTenant tenant, long id, int count)
    {
        await using var db = tenant.OpenDatabase();
        (await db.Conversations.FindAsync(id))!.UnreadCount = count;
        await db.SaveChangesAsync();
    }
}
