using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>Since when a contact waits for an answer.</summary>
public sealed class WaitingTests
{
    private const string Ann = "447700900123";
    private const string Bob = "447700900456";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task WhoWritesWhileOurMessageIsOnItsWay_Waits(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var conversation = await world.OpenConversationAsync(Ann);
        var contactId = (await world.ConversationAsync()).ContactId;
        await SendAsync(world, contactId);
        (await world.ConversationAsync()).WaitingSince.ShouldBeNull();

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.WhatsApp.OnSend = async _ => await AnswerLateAsync(world, "wamid.while.1");
        await SendAsync(world, contactId);
        (await world.ConversationAsync()).WaitingSince.ShouldBe(world.Now);

        world.WhatsApp.AcceptAll();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(world, contactId);
        (await world.ConversationAsync()).WaitingSince.ShouldBeNull();

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.WhatsApp.OnSend = async _ => await AnswerLateAsync(world, "wamid.while.2");
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
        (await world.ConversationAsync()).WaitingSince.ShouldBe(world.Now);
    }

    [Theory, OnEachEngine]
    public async Task StatusOfASendWhoseAnswerWasLost_AnswersToo(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppUncertain());
        var id = await world.EnqueueAsync(await world.OpenConversationAsync(Ann));
        await world.DispatchAsync();
        (await world.ConversationAsync()).WaitingSince.ShouldNotBeNull();

        await world.TakeInAsync(MetaWebhook.Status("wamid.lost", "delivered", world.Now, (await world.MessageAsync(id)).Reference));

        (await world.ConversationAsync()).WaitingSince.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task MessageThatWhatsAppHolds_AnswersWhenItGoes_NotWhenItIsDropped(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync(Ann);
        var contactId = (await world.ConversationAsync()).ContactId;
        world.WhatsApp.OnSend = _ => Task.FromResult<Result<AcceptedMessage>>(
            new AcceptedMessage(world.WhatsApp.NextWamid(), Ann, null, IsHeld: true));
        await SendAsync(world, contactId);
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();

        (await world.ConversationAsync()).WaitingSince.ShouldNotBeNull();
        var transcript = await world.Tenant.Get<ConversationTranscript>().ReadAsync(conversation, None).OrThrowAsync();
        transcript.Lines.ShouldAllBe(line => !line.IsOurs);
        await world.TakeInAsync(MetaWebhook.Status("wamid.out.1", "failed", world.Now, error: 132015));
        (await world.ConversationAsync()).WaitingSince.ShouldNotBeNull();
        await world.TakeInAsync(MetaWebhook.Status("wamid.out.2", "sent", world.Now));
        (await world.ConversationAsync()).WaitingSince.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task MessageOfThePhoneThatFailed_AnswersNothing(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);

        await world.TakeInAsync(Sent("wamid.failed", "ERROR", world.Now));
        (await world.ConversationAsync()).WaitingSince.ShouldBe(world.Now);

        await world.TakeInAsync(Sent("wamid.sent", "DELIVERED", world.Now));
        (await world.ConversationAsync()).WaitingSince.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Caller_Waits_AlsoAfterAMergeIsUndone_AndInTheStatistics(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var (anns, bobs) = (await world.OpenConversationAsync(Ann), await world.OpenConversationAsync(Bob));
        var (ann, bob) = (await world.Tenant.ContactOfAsync(anns), await world.Tenant.ContactOfAsync(bobs));
        await SendAsync(world, ann);
        await SendAsync(world, bob);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var called = world.Now;
        await world.TakeInAsync(MetaWebhook.Call("wacid.1", Ann, called), MetaWebhook.Call("wacid.2", Bob, called));
        (await WaitingAsync(world)).ShouldBe([called, called]);

        var (survivor, other) = (await VersionAsync(world, ann), await VersionAsync(world, bob));
        var merge = await world.Tenant.GetFresh<ContactMerger>().MergeAsync(new MergeContacts(ann, survivor, bob, other, []), None)
            .OrThrowAsync();
        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();

        (await WaitingAsync(world)).ShouldBe([called, called]);
        (await world.Tenant.GetFresh<ConversationStatistics>().GetAsync(None).OrThrowAsync()).Waiting.ShouldBe(2);
    }

    private static async Task<Result<AcceptedMessage>> AnswerLateAsync(MessagingWorld world, string wamid)
    {
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.TakeInAsync(MetaWebhook.Text(wamid, Ann, "One more thing", world.Now));
        return new AcceptedMessage(world.WhatsApp.NextWamid(), Ann, null);
    }

    private static async Task SendAsync(MessagingWorld world, long contactId) =>
        await world.Tenant.GetFresh<MessageSender>().SendAsync(new SendText { ContactId = contactId, Message = "Hi" }, None).OrThrowAsync();

    private static string Sent(string wamid, string status, DateTimeOffset at) => MetaWebhook.Change("history", MetaWebhook.Value(
        MetaWebhook.PhoneNumberId, new JsonObject
        {
            ["history"] = new JsonArray(new JsonObject
            {
                ["threads"] = new JsonArray(new JsonObject
                {
                    ["id"] = Ann,
                    ["messages"] = new JsonArray(new JsonObject
                    {
                        ["id"] = wamid,
                        ["from"] = "15550783881",
                        ["to"] = Ann,
                        ["timestamp"] = MetaWebhook.Seconds(at),
                        ["type"] = "text",
                        ["text"] = new JsonObject { ["body"] = "From the phone" },
                        ["history_context"] = new JsonObject { ["status"] = status },
                    }),
                }),
            }),
        }));

    private static async Task<long> VersionAsync(MessagingWorld world, long contactId)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Contacts.Where(c => c.Id == contactId).Select(c => c.Version).SingleAsync();
    }

    private static async Task<List<DateTimeOffset?>> WaitingAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Conversations.OrderBy(c => c.Id).Select(c => c.WaitingSince).ToListAsync();
    }
}
