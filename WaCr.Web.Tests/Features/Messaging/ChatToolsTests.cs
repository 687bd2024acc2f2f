using System.Text.Json.Nodes;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What users do with a conversation beside writing: star, look through, copy, block; and what WhatsApp tells of its
/// person.</summary>
public sealed class ChatToolsTests
{
    private const string Ann = "447700900123";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task StarredMessage_IsFoundAgain_HereAndInAllConversations_UntilItsStarGoes(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var first = await world.OpenConversationAsync();
        var second = await world.OpenConversationAsync("447700900124");
        var (stars, collections) = (world.Tenant.Get<MessageStars>(), world.Tenant.Get<MessageCollections>());
        var (old, young) = (await FirstOfAsync(world, first), await FirstOfAsync(world, second));

        await stars.SetAsync(young, true, None).OrThrowAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await stars.SetAsync(old, true, None).OrThrowAsync();

        (await collections.ListAsync(first, CollectionKind.Starred, null, None)
            .OrThrowAsync()).Items.ShouldHaveSingleItem().Id.ShouldBe(old);
        var all = await collections.ListStarredAsync(null, None).OrThrowAsync();
        all.Items.Select(item => item.Id).ShouldBe([old, young]); // the last starred first
        all.Items[0].ContactName.ShouldBe("Ann Smith");
        (await HistoryAsync(world, first)).ShouldHaveSingleItem().IsStarred.ShouldBeTrue();
        (await (await world.CreateTenantAsync("other")).Get<MessageStars>().SetAsync(old, false, None)).Error.ShouldBe(MessageErrors.NotFound);

        await stars.SetAsync(old, false, None).OrThrowAsync();
        (await collections.ListAsync(first, CollectionKind.Starred, null, None).OrThrowAsync()).Items.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Collections_HoldLinksAndFilesThatAreHere_PageByPage_NewestFirst(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.OnDownload = _ => System.Text.Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n");
        var conversation = await world.OpenConversationAsync();
        await world.TakeInAsync(
            [
                .. Enumerable.Range(1, MessageCollections.PageSize + 1)
                    .Select(number => MetaWebhook.Text($"wamid.link.{number}", "447700900123", $"See https://example.com/{number}", world.Now.AddSeconds(number - 60))),
                MetaWebhook.Message("wamid.receipt", "447700900123", """{"type":"document","document":{"id":"1","mime_type":"application/pdf"}}""", world.Now),
                MetaWebhook.Message("wamid.lost", "447700900123", """{"type":"document","document":{"id":"2","mime_type":"application/pdf"}}""", world.Now),
            ]);
        await world.FetchFilesAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            var lost = await db.Messages.Where(m => m.Wamid == "wamid.lost").Select(m => m.Id).SingleAsync();
            await db.MessageMedia.Where(media => media.MessageId == lost)
                .ExecuteUpdateAsync(set => set.SetProperty(media => media.MediaFileId, (long?)null));
        }

        var collections = world.Tenant.Get<MessageCollections>();
        var links = await collections.ListAsync(conversation, CollectionKind.Links, null, None).OrThrowAsync();
        links.Items.Count.ShouldBe(MessageCollections.PageSize);
        links.Items[0].Text.ShouldBe($"See https://example.com/{MessageCollections.PageSize + 1}");
        var rest = await collections.ListAsync(conversation, CollectionKind.Links, links.Next, None).OrThrowAsync();
        (rest.Items.ShouldHaveSingleItem().Text, rest.Next).ShouldBe(("See https://example.com/1", null));
        (await collections.ListAsync(conversation, CollectionKind.Files, null, None).OrThrowAsync()).Items
            .ShouldHaveSingleItem().File.ShouldNotBeNull().FileId.ShouldNotBeNull();
        (await (await world.CreateTenantAsync("other")).Get<MessageCollections>().ListAsync(conversation, CollectionKind.Links, null, None)
            .OrThrowAsync())
            .Items.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Transcript_HasWhatWasSaid_AndNothingThatNeverLeftOrWasTakenBack(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var conversation = await world.OpenConversationAsync();
        await world.Tenant.Get<MessageSender>()
            .SendAsync(new SendText { ContactId = (await world.ConversationAsync()).ContactId, Message = "Hi Ann" }, None).OrThrowAsync();
        await world.EnqueueAsync(conversation, "Later", world.Now.AddHours(1));
        await world.TakeInAsync(
            MetaWebhook.Text("wamid.gone", "447700900123", "Secret", world.Now),
            MetaWebhook.Message("wamid.revoke", "447700900123", """{"type":"revoke","revoke":{"original_message_id":"wamid.gone"}}""", world.Now));

        var transcript = await world.Tenant.Get<ConversationTranscript>().ReadAsync(conversation, None).OrThrowAsync();

        transcript.Lines.Select(line => (line.IsOurs, line.Text)).ShouldBe([(false, "Hello"), (true, "Hi Ann")]);
        (transcript.ContactName, transcript.IsWhole).ShouldBe(("Ann Smith", true));
        (await (await world.CreateTenantAsync("other")).Get<ConversationTranscript>()
            .ReadAsync(conversation, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Contact_IsBlockedAtWhatsApp_OnlyWithinADayOfTheirLastMessage_AndUnblockedAnyTime(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var asked = new List<(string?, bool)>();
        world.WhatsApp.OnBlock = (person, blocked) =>
        {
            asked.Add((person.Phone, blocked));
            return default(Done);
        };
        var blocking = world.Tenant.Get<ContactBlocking>();

        await blocking.SetAsync(conversation, true, None).OrThrowAsync();

        (await OpenAsync(world, conversation)).IsBlocked.ShouldBeTrue();
        world.Time.Advance(TimeSpan.FromDays(2));
        await blocking.SetAsync(conversation, false, None).OrThrowAsync();
        (await OpenAsync(world, conversation)).IsBlocked.ShouldBeFalse();
        (await blocking.SetAsync(conversation, true, None)).Error.ShouldBeOfType<WindowClosedError>();
        asked.ShouldBe([("447700900123", true), ("447700900123", false)]);

        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.WaId, (string?)null));
        }

        (await blocking.SetAsync(conversation, false, None)).ShouldBeInvalid()[MessageFields.ContactId].ShouldBe([MessageErrors.NoAddress]);
        await world.TakeInAsync(MetaWebhook.Text("wamid.again", Ann, "Hello", world.Now));
        world.WhatsApp.OnBlock = (_, _) => new WhatsAppRefused(139100, "Failed to block", "No.", null, null);
        (await blocking.SetAsync(conversation, false, None)).Error.ShouldBe(new BlockRefusedError("No."));
    }

    [Theory, OnEachEngine]
    public async Task WhoWritesFromAnotherNumber_IsNotBlockedForTheContact(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.PhoneKey, "447700900456").SetProperty(c => c.Phone, "+447700900456"));
        }

        (await world.Tenant.Get<ContactBlocking>().SetAsync(conversation, true, None)).Error.ShouldBeOfType<WindowClosedError>();
    }

    [Theory, OnEachEngine]
    public async Task LaterMessageOfABlockedContact_EndsTheBlock(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        world.WhatsApp.OnBlock = (_, _) =>
        {
            world.Time.Advance(TimeSpan.FromMinutes(2)); // WhatsApp takes its time, and the contact writes meanwhile
            return default(Done);
        };
        await world.Tenant.Get<ContactBlocking>().SetAsync(conversation, true, None).OrThrowAsync();

        await world.TakeInAsync(MetaWebhook.Text("wamid.before", Ann, "Sent before", world.Now.AddSeconds(-10)));
        (await OpenAsync(world, conversation)).IsBlocked.ShouldBeTrue();

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.TakeInAsync(MetaWebhook.Text("wamid.soon", Ann, "Sent before, by a clock that is fast", world.Now));
        (await OpenAsync(world, conversation)).IsBlocked.ShouldBeTrue();

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.TakeInAsync(MetaWebhook.Text("wamid.after", Ann, "Unblocked on Meta's page", world.Now));
        (await OpenAsync(world, conversation)).IsBlocked.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task APlace_SavedByManyAtOnce_IsOne(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        var saved = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => world.Tenant.GetFresh<SavedPlaces>().SaveAsync(
            new SendLocation { Latitude = 22.5m, Longitude = 73.25m, Name = "Shop", Address = $"Entrance {n}" }, None))));

        saved.ShouldAllBe(place => place.Succeeded);
        saved.Select(place => place.Value!.Id).Distinct().Count().ShouldBe(1);
        (await world.Tenant.Get<SavedPlaces>().ListAsync(None).OrThrowAsync()).ShouldHaveSingleItem().Name.ShouldBe("Shop");
        await using var db = world.Tenant.OpenDatabase();
        db.SavedPlaces.Add(new SavedPlace { Name = "Shop", CreatedAt = world.Now });
        await Should.ThrowAsync<DbUpdateException>(db.SaveChangesAsync());
    }

    [Theory, OnEachEngine]
    public async Task Places_AreSavedOnceANameAndRemoved(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var places = world.Tenant.Get<SavedPlaces>();

        await places.SaveAsync(new SendLocation { Latitude = 22.5m, Longitude = 73.25m, Name = "Shop" }, None).OrThrowAsync();
        var shop =
            await places.SaveAsync(
            new SendLocation { Latitude = 22.307123m, Longitude = 73.1812m, Name = "Shop", Address = "Station Road" }, None).OrThrowAsync();

        (await places.ListAsync(None).OrThrowAsync()).ShouldBe([new SavedPlaceItem(shop.Id, "Shop", "Station Road", 22.307123m, 73.1812m)]);
        (await places.SaveAsync(new SendLocation { Latitude = 1, Longitude = 1 }, None)).ShouldBeInvalid()[LocationFields.Name]
            .ShouldBe([SavedPlaceErrors.NameRequired]);
        (await places.SaveAsync(new SendLocation { Latitude = 91, Longitude = 1, Name = "Pole" }, None)).ShouldBeInvalid()
            .Has(LocationFields.Latitude).ShouldBeTrue();
        (await (await world.CreateTenantAsync("other")).Get<SavedPlaces>().RemoveAsync(shop.Id, None)).Error.ShouldBe(SavedPlaceErrors.NotFound);
        await places.RemoveAsync(shop.Id, None).OrThrowAsync();
        (await places.ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task MissedCall_IsALineThatOpensTheWindow_AndOnlyItsEndCounts(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(
            MetaWebhook.Call("wacid.1", Ann, world.Now, "connect"), MetaWebhook.Call("wacid.1", Ann, world.Now), MetaWebhook.Call("wacid.1", Ann, world.Now));
        await world.TakeInAsync(
            MetaWebhook.Call("wacid.2", Ann, world.Now, duration: 40), MetaWebhook.Call("wacid.3", Ann, world.Now, direction: "BUSINESS_INITIATED"));

        var conversation = await world.ConversationAsync();
        (conversation.LastInboundAt, conversation.UnreadCount).ShouldBe((world.Now, 2));
        var lines = await HistoryAsync(world, conversation.Id);
        lines.Select(line => (line.Wamid, line.Type, MessageContent.Read(line.Content).Call!.Outcome))
            .ShouldBe([("wacid.1", MessageType.Call, CallOutcome.NotAnswered), ("wacid.2", MessageType.Call, CallOutcome.Answered)]);
    }

    [Theory, OnEachEngine]
    public async Task Person_WhoHidesTheirNumber_IsKnownToDoSo_AndTheFirstAdIsKept(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(Hidden("wamid.1", "First ad", world.Now.AddMinutes(-5)), Hidden("wamid.2", "Second ad", world.Now));

        var conversation = await world.ConversationAsync();
        var open = await OpenAsync(world, conversation.Id);
        (open.HidesNumber, open.SendsReadReceipts).ShouldBe((true, true));
        var origin = (await world.Tenant.Get<ContactOriginQueries>().FindAsync(conversation.ContactId, None).OrThrowAsync())
            .ShouldNotBeNull();
        (origin.Referral.Headline, origin.At).ShouldBe(("First ad", world.Now.AddMinutes(-5)));
        (await (await world.CreateTenantAsync("other")).Get<ContactOriginQueries>().FindAsync(conversation.ContactId, None).OrThrowAsync())
            .ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task WhoeverAnAdBrought_HasTheSourceThatTheChannelNames(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var ads = (await world.Tenant.Get<LookupService<Source>>().CreateAsync(new LookupPatch { Name = "Ads" }, None).OrThrowAsync()).Id;
        await world.Tenant.Get<ChannelService>().SaveAsync(world.ChannelId, new ChannelPatch { AdSourceId = ads }, None).OrThrowAsync();

        await world.TakeInAsync(
            Hidden("wamid.ad", "First ad", world.Now.AddMinutes(-5)),
            MetaWebhook.Text("wamid.none", "447700900123", "Hi", world.Now.AddMinutes(-4), "Ann"));

        (await SourceAsync("wamid.ad")).ShouldBe(ads);
        (await SourceAsync("wamid.none")).ShouldBe(world.Tenant.SourceId);

        async Task<long> SourceAsync(string wamid) => (await world.Tenant.ContactQueries
            .GetAsync((await world.MessageAsync(wamid)).ContactId, default, None).OrThrowAsync()).SourceId;
    }

    private static string Hidden(string wamid, string headline, DateTimeOffset at) =>
        MetaWebhook.Change("messages", MetaWebhook.Value(MetaWebhook.PhoneNumberId, new JsonObject
        {
            ["contacts"] = new JsonArray(new JsonObject { ["user_id"] = "US.4711", ["profile"] = new JsonObject { ["name"] = "Asha Patel", ["username"] = "asha.p" } }),
            ["messages"] = new JsonArray(new JsonObject
            {
                ["from_user_id"] = "US.4711",
                ["id"] = wamid,
                ["timestamp"] = MetaWebhook.Seconds(at),
                ["type"] = "text",
                ["text"] = new JsonObject { ["body"] = "Hi" },
                ["referral"] = new JsonObject { ["source_type"] = "ad", ["source_id"] = "77", ["headline"] = headline },
            }),
        }));

    private static async Task<long> FirstOfAsync(MessagingWorld world, long conversation)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Messages.Where(m => m.ConversationId == conversation).Select(m => m.Id).FirstAsync();
    }

    private static async Task<IReadOnlyList<ConversationMessage>> HistoryAsync(MessagingWorld world, long conversation) =>
        (await world.Tenant.Get<ConversationHistoryQueries>().ListAsync(conversation, null, ConversationHistoryQueries.PageSize, None)
            .OrThrowAsync()).Messages;

    private static Task<OpenConversation> OpenAsync(MessagingWorld world, long conversation) =>
        world.Tenant.Get<InboxQueries>().GetAsync(conversation, None).OrThrowAsync();
}
