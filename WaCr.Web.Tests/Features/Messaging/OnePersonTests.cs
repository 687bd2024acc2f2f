using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Tests.Support;
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
        await db.Contacts.Where(contact => contact.PhoneKey != Phone).ExecuteUpdateAsync(set => set.SetProperty(contact => contact.City, "Leeds"));

        await world.TakeInAsync(MetaWebhook.Message("wamid.3", Phone, Hello, world.Now, userId: UserId));
        await world.TakeInAsync(MetaWebhook.Message("wamid.4", null, Hello, world.Now, userId: UserId));

        var contact = await db.Contacts.AsNoTracking().SingleAsync();
        (contact.PhoneKey, contact.City).ShouldBe((Phone, "Leeds"));
        var conversation = await db.Conversations.AsNoTracking().SingleAsync();
        (conversation.ContactId, conversation.UnreadCount).ShouldBe((contact.Id, 4));
        (await db.Messages.CountAsync(message => message.ConversationId == conversation.Id && message.ContactId == contact.Id)).ShouldBe(4);
        (await db.ContactMerges.CountAsync()).ShouldBe(1); // and can be parted again
        (await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts).Select(counter => counter.Value).SingleAsync()).ShouldBe(1);
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

            var contact = (await db.Contacts.AsNoTracking().Where(contact => contact.PhoneKey == phone).ToListAsync()).ShouldHaveSingleItem();
            var owners = await db.ChannelIdentities.Where(identity => identity.WaId == phone || identity.UserId == userId)
                .Select(identity => identity.ContactId).ToListAsync();
            owners.Distinct().ShouldBe([contact.Id]);
        }

        (await db.Contacts.CountAsync()).ShouldBe(20);
    }

    private static async Task PlaceAsync(MessagingWorld world, Channel channel, Person person) =>
        (await world.Tenant.GetFresh<IDatabaseWriter>().WriteAsync<long>(
            async db => (await world.Tenant.GetFresh<SenderResolver>().PlaceAsync(db, channel, person)).ContactId, CancellationToken.None)).OrThrow();
}
