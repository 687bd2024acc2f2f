using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Security;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>Somebody who is known by a number and by an id of WhatsApp's is one contact, whichever was heard of first.</summary>
public sealed class OnePersonTests
{
    private const string Phone = "447700900123";
    private const string UserId = "GB.1";
    private const string Hello = """{"type":"text","text":{"body":"Hello"}}""";

    [Theory, OnEachEngine]
    public async Task NumberAndId_HeardOfApart_BecomeOneContact_WhenAMessageHasBoth(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Phone, Hello, world.Now));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, Hello, world.Now, userId: UserId));
        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(2);
        await db.Contacts.Where(contact => contact.PhoneKey != Phone)
            .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.City, "Leeds"));

        await world.TakeInAsync(MetaWebhook.Message("wamid.3", Phone, Hello, world.Now, userId: UserId));
        await world.TakeInAsync(MetaWebhook.Message("wamid.4", null, Hello, world.Now, userId: UserId));

        var contact = await db.Contacts.AsNoTracking().SingleAsync();
        (contact.PhoneKey, contact.City).ShouldBe((Phone, "Leeds"));
        var conversation = await db.Conversations.AsNoTracking().SingleAsync();
        (conversation.ContactId, conversation.UnreadCount).ShouldBe((contact.Id, 4));
        (await db.Messages.CountAsync(message => message.ConversationId == conversation.Id && message.ContactId == contact.Id)).ShouldBe(4);
        (await db.ContactMerges.CountAsync()).ShouldBe(1); // and can be parted again
        (await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts).Select(counter => counter.Value).SingleAsync())
            .ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task NumberThatHasChangedHands_JoinsNobody(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Phone, Hello, world.Now, userId: "GB.old"));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, Hello, world.Now, userId: UserId));

        await world.TakeInAsync(MetaWebhook.Message("wamid.3", Phone, Hello, world.Now, userId: UserId));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(2);
        (await db.ContactMerges.CountAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task FirstEventsOfOnePerson_AtOneInstant_MakeOneContact(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await using var db = world.Tenant.OpenDatabase();
        var channel = await db.Channels.AsNoTracking().SingleAsync();
        for (var round = 0; round < 20; round++)
        {
            var (phone, userId) = ($"4477009{round:00000}", $"GB.{round}");
            Person[] heard = [new(phone, null, "Ann"), new(null, userId, "Ann"), new(phone, userId, "Ann")];
            if (round % 2 == 0)
            {
                await PlaceAsync(world, channel, heard[0]);
            }

            using var start = new Barrier(heard.Length);
            await Task.WhenAll(heard.Select(person => Task.Run(() =>
            {
                start.SignalAndWait();
                return PlaceAsync(world, channel, person);
            })));
            await PlaceAsync(world, channel, heard[2]); // whoever came last may have known the half alone

            var contact = (await db.Contacts.AsNoTracking().Where(contact => contact.PhoneKey == phone).ToListAsync())
                .ShouldHaveSingleItem();
            var owners = await db.ChannelIdentities.Where(identity => identity.WaId == phone || identity.UserId == userId)
                .Select(identity => identity.ContactId).ToListAsync();
            owners.Distinct().ShouldBe([contact.Id]);
        }

        (await db.Contacts.CountAsync()).ShouldBe(20);
    }

    [Theory, OnEachEngine]
    public Task AnswerToASend_ToTheNumber_ThatNamesTheIdOfAnother_MakesThemOne(DatabaseProvider engine) => AnswerJoinsAsync(
        engine, async (world, known, _) => await SendAsync(world, new SendText { Message = "Hi", ContactId = known }));

    [Theory, OnEachEngine]
    public Task AnswerToASend_ToTheId_ThatNamesTheNumberOfAnother_MakesThemOne(DatabaseProvider engine) => AnswerJoinsAsync(
        engine, async (world, _, hidden) => await SendAsync(world, new SendText { Message = "Hi", ContactId = hidden }));

    [Theory, OnEachEngine]
    public Task AnswerToAMessageOfTheOutbox_MakesThemOne(DatabaseProvider engine) => AnswerJoinsAsync(engine, async (world, known, _) =>
    {
        await using var db = world.Tenant.OpenDatabase();
        await world.EnqueueAsync(await db.Conversations.Where(c => c.ContactId == known).Select(c => c.Id).SingleAsync());
        (await world.DispatchAsync()).ShouldBe(1);
    });

    [Theory, OnEachEngine]
    public async Task AnswerThatNamesAnotherIdThanTheNumbers_JoinsNobody(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Phone, Hello, world.Now, userId: "GB.old"));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, Hello, world.Now, userId: UserId));
        AnswerWithBoth(world);
        await using var db = world.Tenant.OpenDatabase();
        var known = await db.Contacts.Where(contact => contact.PhoneKey == Phone).Select(contact => contact.Id).SingleAsync();

        await SendAsync(world, new SendText { Message = "Hi", ContactId = known });

        (await db.Contacts.CountAsync()).ShouldBe(2);
        (await db.ContactMerges.CountAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task TwinOfSomebodyWhoLeft_JoinsWithoutThem(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Phone, Hello, world.Now));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, Hello, world.Now, userId: UserId));
        var gone = await world.Tenant.SignInAsync(Role.Agent);
        await using var db = world.Tenant.OpenDatabase();
        await db.Contacts.Where(contact => contact.PhoneKey != Phone).ExecuteUpdateAsync(set => set
            .SetProperty(contact => contact.AssignedId, gone).SetProperty(contact => contact.City, "Leeds"));
        await db.Memberships.Where(membership => membership.UserId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(membership => membership.IsActive, false));

        await world.TakeInAsync(MetaWebhook.Message("wamid.3", Phone, Hello, world.Now, userId: UserId));

        (await world.EventsAsync()).ShouldAllBe(received => received.ProcessedAt != null && received.Error == null);
        var contact = await db.Contacts.AsNoTracking().SingleAsync();
        (contact.PhoneKey, contact.City, contact.AssignedId).ShouldBe((Phone, "Leeds", null));
    }

    private static async Task AnswerJoinsAsync(DatabaseProvider engine, Func<MessagingWorld, long, long, Task> sendAsync)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Phone, Hello, world.Now));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, Hello, world.Now, userId: UserId));
        AnswerWithBoth(world);
        await using var db = world.Tenant.OpenDatabase();
        var known = await db.Contacts.Where(contact => contact.PhoneKey == Phone).Select(contact => contact.Id).SingleAsync();
        var hidden = await db.Contacts.Where(contact => contact.PhoneKey != Phone).Select(contact => contact.Id).SingleAsync();

        await sendAsync(world, known, hidden);

        (await db.Contacts.AsNoTracking().SingleAsync()).Id.ShouldBe(known);
        var conversation = await db.Conversations.AsNoTracking().SingleAsync();
        conversation.ContactId.ShouldBe(known);
        (await db.Messages.CountAsync(m => m.ConversationId == conversation.Id && m.ContactId == known)).ShouldBe(3);
        var sent = await db.Messages.AsNoTracking().SingleAsync(message => message.Direction == MessageDirection.Outbound);
        (sent.State, sent.Wamid).ShouldBe((OutboxState.Sent, "wamid.out.1"));
        await world.TakeInAsync(
            MetaWebhook.Message("wamid.3", Phone, Hello, world.Now),
            MetaWebhook.Message("wamid.4", null, Hello, world.Now, userId: UserId));
        (await world.MessageAsync("wamid.3")).ContactId.ShouldBe(known);
        (await world.MessageAsync("wamid.4")).ContactId.ShouldBe(known);

        var merge = await db.ContactMerges.AsNoTracking().SingleAsync();
        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge.Id, CancellationToken.None).OrThrowAsync();
        (await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync()).ShouldBe(new[] { known, hidden }.Order());
    }

    private static void AnswerWithBoth(MessagingWorld world) => world.WhatsApp.OnSend = _ =>
        Task.FromResult<Result<AcceptedMessage>>(new AcceptedMessage(world.WhatsApp.NextWamid(), Phone, UserId));

    private static Task<SentMessage> SendAsync(MessagingWorld world, SendText message) =>
        world.Tenant.GetFresh<MessageSender>().SendAsync(message, CancellationToken.None).OrThrowAsync();

    private static async Task PlaceAsync(MessagingWorld world, Channel channel, Person person) =>
        (await world.Tenant.GetFresh<IDatabaseWriter>().WriteAsync<long>(
            async db =>
                (await world.Tenant.GetFresh<SenderResolver>().PlaceAsync(db, channel, person)).ContactId,
                CancellationToken.None)).OrThrow();
}
