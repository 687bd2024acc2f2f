using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class InboxTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    [Theory, OnEachEngine]
    public async Task List_GoesByTheLastMessage_AndPagesWithoutGapsOrTwins(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var channel = await ChannelAsync(tenant);
        var expected = new List<long>();
        for (var number = 0; number < InboxQueries.PageSize + 3; number++)
        {
            // Some share their second.
            expected.Insert(0, (await TalkAsync(tenant, channel, "Person", inbound: 1)).Id);
            _time.Advance(TimeSpan.FromSeconds(number % 2));
        }

        var first = await ListAsync(tenant, new InboxQuery(InboxBox.All));
        var second = await ListAsync(tenant, new InboxQuery(InboxBox.All, Before: first.Next));

        first.Items.Count.ShouldBe(InboxQueries.PageSize);
        second.Next.ShouldBeNull();
        first.Items.Concat(second.Items).Select(item => item.Id).ShouldBe(expected);
        (first.Items[0].ContactName, first.Items[0].LastText, first.Items[0].Unread, first.Items[0].LastDirection)
            .ShouldBe(("Person Patel", "Message 1", 1, MessageDirection.Inbound));
    }

    [Theory, OnEachEngine]
    public async Task List_ShowsTheBoxAskedFor(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var channel = await ChannelAsync(tenant);
        var (mine, read) = (await TalkAsync(tenant, channel, "Mine", inbound: 2), await TalkAsync(tenant, channel, "Read", inbound: 1));
        var me = await tenant.SignInAsync(Role.Agent);
        await tenant.Get<ConversationActions>().AssignAsync(mine.Id, me, None).OrThrowAsync();
        await tenant.Get<ConversationActions>().MarkReadAsync(read.Id, read.LastMessageId!.Value, None).OrThrowAsync();

        (await IdsAsync(tenant, new InboxQuery(InboxBox.Mine))).ShouldBe([mine.Id]);
        (await IdsAsync(tenant, new InboxQuery(InboxBox.Unassigned))).ShouldBe([read.Id]);
        (await IdsAsync(tenant, new InboxQuery(InboxBox.Unread))).ShouldBe([mine.Id]);
        (await IdsAsync(tenant, new InboxQuery(InboxBox.All, "rea"))).ShouldBe([read.Id]);
        (await IdsAsync(tenant, new InboxQuery(InboxBox.All, StatusId: tenant.StatusId))).Length.ShouldBe(2);
        (await IdsAsync(tenant, new InboxQuery(InboxBox.All, GroupId: await GroupOfNobodyAsync(tenant)))).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Waiting_ListsTheLongestFirst_AndPages(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var channel = await ChannelAsync(tenant);
        await TalkAsync(tenant, channel, "Answered", inbound: 1);
        var expected = new List<long>();
        for (var number = 0; number < InboxQueries.PageSize + 3; number++)
        {
            _time.Advance(TimeSpan.FromSeconds(number % 2));
            var talk = await TalkAsync(tenant, channel, "Person", inbound: 1, waits: true);
            expected.Add(talk.Id);
        }

        var first = await ListAsync(tenant, new InboxQuery(InboxBox.Waiting));
        var second = await ListAsync(tenant, new InboxQuery(InboxBox.Waiting, Before: first.Next));

        first.Items.Concat(second.Items).Select(item => item.Id).ShouldBe(expected);
        second.Next.ShouldBeNull();
        (await tenant.Get<InboxQueries>().CountUnreadAsync(None).OrThrowAsync()).ShouldBe(expected.Count + 1);
    }

    [Theory, OnEachEngine]
    public async Task ABroadcastAlone_IsNoConversationOfTheList_ButIsFoundByName(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = await TalkAsync(tenant, await ChannelAsync(tenant), "Asha", inbound: 0);
        await tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db => await db.Conversations.ExecuteUpdateAsync(set =>
                set.SetProperty(c => c.LastMessageAt, Conversation.BroadcastsOnly)), None);

        (await IdsAsync(tenant, new InboxQuery(InboxBox.All))).ShouldBeEmpty();
        (await IdsAsync(tenant, new InboxQuery(InboxBox.All, "asha"))).ShouldBe([talk.Id]);
    }

    [Theory, OnEachEngine]
    public async Task MarkRead_LeavesUnreadWhatCameLater(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = await TalkAsync(tenant, await ChannelAsync(tenant), "Asha", inbound: 3);

        await tenant.Get<ConversationActions>().MarkReadAsync(talk.Id, talk.LastMessageId!.Value - 1, None).OrThrowAsync();
        (await ListAsync(tenant, new InboxQuery(InboxBox.All))).Items[0].Unread.ShouldBe(1);
        await tenant.Get<ConversationActions>().MarkReadAsync(talk.Id, talk.LastMessageId.Value, None).OrThrowAsync();
        await tenant.Get<ConversationActions>().MarkReadAsync(talk.Id, talk.LastMessageId.Value - 2, None).OrThrowAsync();
        (await ListAsync(tenant, new InboxQuery(InboxBox.All))).Items[0].Unread.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task Thread_IsReadInStretches_FromItsEnd(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = await TalkAsync(tenant, await ChannelAsync(tenant), "Asha", inbound: 5);

        var end = await tenant.Get<ConversationHistoryQueries>().ListAsync(talk.Id, null, 2, None).OrThrowAsync();
        var before = await tenant.Get<ConversationHistoryQueries>().ListAsync(talk.Id, end.Messages[0].Id, 3, None).OrThrowAsync();

        end.Messages.Select(message => message.Text).ShouldBe(["Message 4", "Message 5"]);
        end.HasOlder.ShouldBeTrue();
        before.Messages.Select(message => message.Text).ShouldBe(["Message 1", "Message 2", "Message 3"]);
        before.HasOlder.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task Thread_OpensAroundAMessage_ThatWasSearchedFor(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = await TalkAsync(tenant, await ChannelAsync(tenant), "Asha", inbound: 50);
        var threads = tenant.Get<ConversationHistoryQueries>();

        var found = await tenant.Get<MessageFinder>().FindAsync("essage 10", None).OrThrowAsync();
        var sought = found.Items.ShouldHaveSingleItem();
        (sought.ConversationId, sought.ContactName, sought.Text, sought.IsOurs, found.Total)
            .ShouldBe((talk.Id, "Asha Patel", "Message 10", false, 1L));

        var end = await threads.FindEndAroundAsync(talk.Id, sought.Id, None).OrThrowAsync();
        var around = await threads.ListAsync(talk.Id, end, ConversationHistoryQueries.PageSize, None).OrThrowAsync();
        around.Messages.Select(message => message.Text).ShouldContain("Message 10");
        around.Messages[^1].Text.ShouldBe("Message 30");
        (await threads.FindEndAroundAsync(talk.Id, talk.LastMessageId!.Value, None))
            .ShouldSatisfyAllConditions(newest => newest.Error.ShouldBeNull(), newest => newest.Value.ShouldBeNull());

        var other = await world.CreateTenantAsync("other");
        (await other.Get<MessageFinder>().FindAsync("essage 10", None).OrThrowAsync()).Items.ShouldBeEmpty();
        (await other.Get<ConversationHistoryQueries>().FindEndAroundAsync(talk.Id, sought.Id, None)).Value.ShouldBeNull();
    }

    [Fact]
    public void Presence_IsOfOthersInTheSameThread_EachOnce()
    {
        var presence = new ConversationPresence(_time);
        var (asha, ben) = (0, 0);
        using var first = presence.Enter(7, 1, 100, () => asha++);
        using var elsewhere = presence.Enter(7, 2, 300, () => throw new InvalidOperationException("Not of this thread"));
        using var stranger = presence.Enter(8, 1, 400, () => throw new InvalidOperationException("Not of this tenant"));
        var second = presence.Enter(7, 1, 200, () => ben++);
        using var again = presence.Enter(7, 1, 100, () => asha++);

        presence.Others(7, 1, 100).ShouldBe([200]);
        presence.Others(7, 1, 200).ShouldBe([100]);
        (asha, ben).ShouldBe((1, 1));

        second.Dispose();
        second.Dispose();
        presence.Others(7, 1, 100).ShouldBeEmpty();
        asha.ShouldBe(3);
    }

    [Fact]
    public void Presence_OfAnotherReplica_IsAnswered_AndForgottenWhereNothingIsHeardAnyMore()
    {
        var (here, there) = (new ConversationPresence(_time), new ConversationPresence(_time));
        var changes = 0;
        using var asha = here.Enter(7, 1, 100, () => changes++);
        Carry(here, there); // before Ben came: nobody there minds
        using var ben = there.Enter(7, 1, 200, () => { });
        Carry(there, here);

        here.Others(7, 1, 100).ShouldBe([200]);
        there.Others(7, 1, 200).ShouldBe([100]);
        changes.ShouldBe(1);

        _time.Advance(ConversationPresence.Lifetime / 2);
        there.Heartbeat();
        Carry(there, here);
        _time.Advance(ConversationPresence.Lifetime / 2);
        here.Heartbeat();
        here.Others(7, 1, 100).ShouldBe([200]);
        changes.ShouldBe(1);

        // The other replica dies.
        _time.Advance(ConversationPresence.Lifetime);
        here.Others(7, 1, 100).ShouldBeEmpty();
        here.Heartbeat();
        changes.ShouldBe(2);
    }

    [Fact]
    public void Presence_OfAnotherReplica_EndsWhenTheLastWindowIsClosed()
    {
        var (here, there) = (new ConversationPresence(_time), new ConversationPresence(_time));
        using var asha = here.Enter(7, 1, 100, () => { });
        var (first, second) = (there.Enter(7, 1, 200, () => { }), there.Enter(7, 1, 200, () => { }));
        first.Dispose();
        Carry(there, here);
        here.Others(7, 1, 100).ShouldBe([200]);
        second.Dispose();
        Carry(there, here);
        here.Others(7, 1, 100).ShouldBeEmpty();
    }

    // What one has not told yet, as the database would carry it.
    private static void Carry(ConversationPresence from, ConversationPresence to)
    {
        while (from.Pending.TryRead(out var news))
        {
            to.Receive("from", news);
        }

        while (to.Pending.TryRead(out var answer))
        {
            from.Receive("to", answer);
        }
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_SeesNothing_AndChangesNothing(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = await TalkAsync(tenant, await ChannelAsync(tenant), "Asha", inbound: 2);
        var other = await world.CreateTenantAsync("other");

        (await ListAsync(other, new InboxQuery(InboxBox.All))).Items.ShouldBeEmpty();
        (await other.Get<InboxQueries>().GetAsync(talk.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await other.Get<ConversationHistoryQueries>().ListAsync(talk.Id, null, 10, None).OrThrowAsync()).Messages.ShouldBeEmpty();
        (await other.Get<ConversationActions>().AssignAsync(talk.Id, null, None)).Error.ShouldBeOfType<NotFoundError>();
        await other.Get<ConversationActions>().MarkReadAsync(talk.Id, talk.LastMessageId!.Value, None).OrThrowAsync();
        (await ListAsync(tenant, new InboxQuery(InboxBox.All))).Items[0].Unread.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task AViewer_Reads_AndLeavesNoTrace(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = await TalkAsync(tenant, await ChannelAsync(tenant), "Asha", inbound: 1);
        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant, new CurrentActor(ActorKind.User, 1, "Vera", ChangeOrigin.App, RolePermissions.Of(Role.Viewer)));

        await tenant.Get<ConversationActions>().MarkReadAsync(talk.Id, talk.LastMessageId!.Value, None).OrThrowAsync();
        (await tenant.Get<ConversationActions>().AssignAsync(talk.Id, null, None)).Error.ShouldBeOfType<ForbiddenError>();
        (await ListAsync(tenant, new InboxQuery(InboxBox.All))).Items[0].Unread.ShouldBe(1);
    }

    private static Task<InboxPage> ListAsync(TestTenant tenant, InboxQuery query) =>
        tenant.Get<InboxQueries>().ListAsync(query, None).OrThrowAsync();

    private static async Task<long[]> IdsAsync(TestTenant tenant, InboxQuery query) =>
        [.. (await ListAsync(tenant, query)).Items.Select(item => item.Id)];

    private static async Task<long> GroupOfNobodyAsync(TestTenant tenant)
    {
        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant, new CurrentActor(ActorKind.System, null, "", ChangeOrigin.System, RolePermissions.Of(Role.Owner)));
        return await tenant.CreateGroupAsync("Nobody");
    }

    private static async Task<long> ChannelAsync(TestTenant tenant) => await tenant.Get<IDatabaseWriter>().WriteAsync<long>(
        async db =>
        {
            var channel = new Channel { Name = "Shop", PhoneNumberId = "100200300" };
            db.Channels.Add(channel);
            await db.SaveChangesAsync();
            return channel.Id;
        },
        None).OrThrowAsync();

    /// <summary>A conversation with so many messages of the customer's, none of them read.</summary>
    private async Task<Conversation> TalkAsync(TestTenant tenant, long channelId, string firstName, int inbound, bool waits = false)
    {
        var contact = await tenant.CreateContactAsync(firstName);
        return await tenant.Get<IDatabaseWriter>().WriteAsync<Conversation>(
            async db =>
            {
                var now = _time.GetUtcNow();
                var conversation = new Conversation
                {
                    ChannelId = channelId,
                    ContactId = contact.Id,
                    LastMessageAt = now,
                    LastInboundAt = now,
                    WaitingSince = waits ? now : null,
                    UnreadCount = inbound,
                };
                db.Conversations.Add(conversation);
                await db.SaveChangesAsync();
                for (var number = 1; number <= inbound; number++)
                {
                    var message = new Message
                    {
                        Id = (await db.ReserveIdsAsync(nameof(db.Messages), 1, None))[0],
                        ConversationId = conversation.Id,
                        ChannelId = channelId,
                        ContactId = contact.Id,
                        Direction = MessageDirection.Inbound,
                        Status = MessageStatus.Delivered,
                        Wamid = $"wamid.{conversation.Id}.{number}",
                        Text = $"Message {number}",
                    };
                    db.Messages.Add(message);
                    conversation.LastMessageId = message.Id;
                    await db.SaveChangesAsync();
                }

                return conversation;
            },
            None).OrThrowAsync();
    }
}
