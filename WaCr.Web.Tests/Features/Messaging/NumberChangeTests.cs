using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>An answer goes to whoever wrote, and the 24 hours are theirs, whatever is done to the contact's number.</summary>
public sealed class NumberChangeTests
{
    private const string Old = "447700900123";
    private const string New = "447700900456";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public Task AfterAnotherNumberByHand_TheOldOneIsAnsweredAsWhoeverWrote_AndTheNewOneHasNoWindow(DatabaseProvider engine) =>
        ChangeAndAnswerAsync(engine, "by hand");

    [Theory, OnEachEngine]
    public Task AfterAnotherNumberInBulk_TheOldOneIsAnsweredAsWhoeverWrote_AndTheNewOneHasNoWindow(DatabaseProvider engine) =>
        ChangeAndAnswerAsync(engine, "in bulk");

    private static async Task ChangeAndAnswerAsync(DatabaseProvider engine, string way)
    {
        await using var world = await CreateWorldAsync(engine);
        var first = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(Old));

        await ChangePhoneAsync(world, first, "+" + New, way);

        (await SendAsync(world, new SendText { ContactId = first, Message = "Hi" })).Error.ShouldBeOfType<WindowClosedError>();
        (await SendAsync(world, new SendText { Phone = "+" + New, Message = "Hi" })).Error.ShouldBeOfType<WindowClosedError>();
        await world.TakeInAsync(MetaWebhook.Text("wamid.again", Old, "It is me", world.Now));
        var written = await world.MessageAsync("wamid.again");
        (await SendAsync(world, new SendText { ContactId = written.ContactId, Message = "Hello" })).OrThrow();
        await SendToAsync(world, "+" + Old);
        world.WhatsApp.Sent.Select(message => message.To.Phone).ShouldBe([Old, Old]);
        (await SendAsync(world, new SendText { Phone = "+" + New, Message = "Hi" })).Error.ShouldBeOfType<WindowClosedError>();
        written.ContactId.ShouldNotBe(first);

        // The new number's own words open its own window.
        await world.TakeInAsync(MetaWebhook.Text("wamid.new", New, "My new number", world.Now));
        (await world.MessageAsync("wamid.new")).ContactId.ShouldBe(first);
        (await SendAsync(world, new SendText { ContactId = first, Message = "Welcome" })).OrThrow();
        world.WhatsApp.Sent.Last().To.Phone.ShouldBe(New);
    }

    [Theory, OnEachEngine]
    public async Task WhoeverHasAnIdOfWhatsApps_PartsWithTheOldNumber(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        await world.TakeInAsync(Text("wamid.1", Old, "GB.1"));
        var first = (await world.MessageAsync("wamid.1")).ContactId;
        await ChangePhoneAsync(world, first, "+" + New, "by hand");

        await world.TakeInAsync(Text("wamid.2", Old, "GB.1"));
        await world.TakeInAsync(Text("wamid.3", null, "GB.1"));

        var second = (await world.MessageAsync("wamid.2")).ContactId;
        second.ShouldNotBe(first);
        (await world.MessageAsync("wamid.3")).ContactId.ShouldBe(second);
        (await SendAsync(world, new SendText { ContactId = second, Message = "Hello" })).OrThrow();
        world.WhatsApp.Sent.ShouldHaveSingleItem().To.Phone.ShouldBe(Old);
    }

    [Theory, OnEachEngine]
    public async Task WhatWaitsInTheOutbox_DoesNotGoToAnotherNumberAsText(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        var conversation = await world.OpenConversationAsync(Old);
        var waiting = await world.EnqueueAsync(conversation);

        await ChangePhoneAsync(world, await world.Tenant.ContactOfAsync(conversation), "+" + New, "by hand");
        await world.DispatchAsync();

        world.WhatsApp.Sent.ShouldBeEmpty();
        (await world.MessageAsync(waiting)).State.ShouldBe(OutboxState.Dead);
        var open = await world.Tenant.GetFresh<InboxQueries>().GetAsync(conversation, None).OrThrowAsync();
        open.WindowClosesAt.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task ANumberThatIsChangedAndChangedBack_IsWhatItWas(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        var first = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(Old));
        await ChangePhoneAsync(world, first, "+" + New, "by hand");
        await ChangePhoneAsync(world, first, "+" + Old, "by hand");

        (await SendAsync(world, new SendText { ContactId = first, Message = "Hello" })).OrThrow();
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Old, "Hello", world.Now));

        world.WhatsApp.Sent.ShouldHaveSingleItem().To.Phone.ShouldBe(Old);
        (await world.MessageAsync("wamid.2")).ContactId.ShouldBe(first);
    }

    [Theory, OnEachEngine]
    public async Task TheNumberThatStaffEnteredBeforeWhatsAppToldOfIt_IsTheSamePerson(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        var first = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(Old));
        await ChangePhoneAsync(world, first, "+" + New, "by hand");

        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.2", Old, $$$"""{"type":"system","system":{"body":"changed","type":"user_changed_number","wa_id":"{{{New}}}"}}""",
            world.Now));
        await world.TakeInAsync(MetaWebhook.Text("wamid.3", New, "Hello", world.Now));

        (await world.MessageAsync("wamid.3")).ContactId.ShouldBe(first);
        (await SendAsync(world, new SendText { ContactId = first, Message = "Hello" })).OrThrow();
        world.WhatsApp.Sent.ShouldHaveSingleItem().To.Phone.ShouldBe(New);
    }

    [Theory, OnEachEngine]
    public async Task AfterAMerge_AnAnswerGoesToWhoeverWrote_AndANamedNumberToThatOne(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        var survivor = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(New));
        var other = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(Old));
        await MergeAsync(world, survivor, other);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Old, "Hello again", world.Now));
        (await world.MessageAsync("wamid.2")).ContactId.ShouldBe(survivor);
        (await SendAsync(world, new SendText { ContactId = survivor, Message = "Hello" })).OrThrow();
        await SendToAsync(world, "+" + Old);

        world.WhatsApp.Sent.Select(message => message.To.Phone).ShouldBe([Old, Old]);
        (await SendAsync(world, new SendText { Phone = "+" + New, Message = "Hi" })).Error.ShouldBeOfType<WindowClosedError>();
    }

    [Theory, OnEachEngine]
    public async Task ASendToAMergedAwayNumber_ReachesThatNumber_AndMakesNobodyNew(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        var survivor = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(New));
        var other = (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Old)).Id;
        await MergeAsync(world, survivor, other);
        await world.Tenant.AddTemplateAsync(
            "hello", components: """[{"type":"BODY","text":"Hello"}]""", account: MetaWebhook.BusinessAccountId);

        var sent = await SendTemplateAsync(world, "+" + Old).OrThrowAsync();
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Old, "Thanks", world.Now));

        sent.ContactId.ShouldBe(survivor);
        world.WhatsApp.Sent.ShouldHaveSingleItem().To.Phone.ShouldBe(Old);
        (await world.MessageAsync("wamid.2")).ContactId.ShouldBe(survivor);
        (await world.MessageAsync(sent.Id)).ConversationId.ShouldBe((await world.MessageAsync("wamid.2")).ConversationId);
        (await world.Tenant.GetFresh<CommentQueries>().ListAsync("+" + Old, new PageRequest(1, 15), None)).Succeeded.ShouldBeTrue();
        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task WhoeverHidesTheNumber_IsAnsweredUnderTheId_WhateverNumberStaffEntered(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        await world.TakeInAsync(Text("wamid.1", null, "GB.1"));
        var contact = (await world.MessageAsync("wamid.1")).ContactId;
        await ChangePhoneAsync(world, contact, "+" + New, "by hand");

        await world.TakeInAsync(Text("wamid.2", null, "GB.1"));
        (await SendAsync(world, new SendText { ContactId = contact, Message = "Hello" })).OrThrow();

        (await world.MessageAsync("wamid.2")).ContactId.ShouldBe(contact);
        world.WhatsApp.Sent.ShouldHaveSingleItem().To.UserId.ShouldBe("GB.1");
    }

    [Theory, OnEachEngine]
    public async Task AReaction_ChangesNeitherTheWindowNorWhoIsAnswered(DatabaseProvider engine)
    {
        await using var world = await CreateWorldAsync(engine);
        var other = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(Old));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var survivor = await world.Tenant.ContactOfAsync(await world.OpenConversationAsync(New));
        await MergeAsync(world, survivor, other);

        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.2", Old, """{"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍"}}""", world.Now));
        (await SendAsync(world, new SendText { ContactId = survivor, Message = "Hello" })).OrThrow();

        world.WhatsApp.Sent.ShouldHaveSingleItem().To.Phone.ShouldBe(New);
    }

    private static async Task<MessagingWorld> CreateWorldAsync(DatabaseProvider engine)
    {
        var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.Tenant.SignInAsync(Role.Owner);
        return world;
    }

    private static string Text(string wamid, string? from, string userId) => MetaWebhook.Message(
        wamid, from, """{"type":"text","text":{"body":"Hello"}}""", TestClock.Start, userId: userId);

    private static async Task ChangePhoneAsync(MessagingWorld world, long contactId, string phone, string way)
    {
        if (way == "by hand")
        {
            await world.Tenant.GetFresh<ContactService>()
                .UpdateAsync(contactId, new ContactPatch { Phone = phone }, null, None)
                .OrThrowAsync();
            return;
        }

        // As imports and the undoing of bulk changes do it.
        (await world.Tenant.GetFresh<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                var edits = new ContactEdits(db, world.Tenant.Get<TenantContext>(), world.Time);
                PhoneNumber.TryParse(phone, "GB", out var number).ShouldBeTrue();
                foreach (var contact in await ContactEdits.LoadAsync(db, [contactId]))
                {
                    edits.Add(contact, changed => changed.SetPhone(number!));
                }

                await edits.SaveAsync();
                return default(Done);
            },
            None)).OrThrow();
    }

    private static Task<Result<SentMessage>> SendAsync(MessagingWorld world, SendText text) =>
        world.Tenant.GetFresh<MessageSender>().SendAsync(
        text.Phone.IsGiven ? text : text with { Phone = default }, None);

    private static async Task SendToAsync(MessagingWorld world, string phone) =>
        (await SendAsync(world, new SendText { Phone = phone, Message = "Hello" })).OrThrow();

    private static Task<Result<SentMessage>> SendTemplateAsync(MessagingWorld world, string phone) => world.Tenant.GetFresh<MessageSender>()
        .SendAsync(new SendTemplate { Phone = phone, Name = "hello", Language = "en" }, None);

    private static async Task MergeAsync(MessagingWorld world, long survivorId, long otherId)
    {
        await using var db = world.Tenant.OpenDatabase();
        var versions = await db.Contacts.Where(c => c.Id == survivorId || c.Id == otherId).ToDictionaryAsync(c => c.Id, c => c.Version);
        await world.Tenant.GetFresh<ContactMerger>()
            .MergeAsync(new MergeContacts(survivorId, versions[survivorId], otherId, versions[otherId], []), None).OrThrowAsync();
    }
}
