using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Security;
using WaCr.Web.Tests.Features.Campaigns;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What is sent to somebody who wants no marketing, and to somebody who wants nothing.</summary>
public sealed class SendConsentTests
{
    private const string Ann = "447700900123";
    private const string Hello = """[{"type":"BODY","text":"Hello"}]""";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Consent NoMarketing = new(MarketingConsent.Denied, ServiceConsent.Allowed);

    [Theory, OnEachEngine]
    public async Task StopInReplyToABroadcast_StopsMarketing_UntilTheyAgreeAgain(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var id = (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).Id;
        var contacts = world.Tenant.GetFresh<ContactService>();
        await contacts.UpdateAsync(id, new ContactPatch { Company = "Shop" }, default, None).OrThrowAsync(); // the template names it
        await world.AddContactsAsync(1);
        await world.RunAsync(await world.StartAsync());

        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "STOP", world.Messaging.Now));

        (await ConsentAsync(world.Tenant, id)).ShouldBe(NoMarketing);
        (await SendAsync(world.Tenant, new SendText { ContactId = id, Message = "An answer" })).OrThrow();
        var second = await world.RunAsync(await world.StartAsync());
        (second.Item.Queued, second.Item.Excluded).ShouldBe((1, 1));
        second.Exclusions.ShouldHaveSingleItem().Reason.ShouldBe(CampaignExclusionReason.NoMarketing);

        await world.Tenant.GetFresh<ContactService>().UpdateAsync(
            id, new ContactPatch { Consent = new ConsentPatch { Marketing = "granted", Source = "By phone", Proof = "Send them again" } }, default, None).OrThrowAsync();
        (await world.RunAsync(await world.StartAsync())).Item.Queued.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task StopInReplyToAMarketingTemplate_StopsMarketing_AndToAnythingElseEverything(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var id = (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).Id;
        (await SendAsync(world.Tenant, new SendTemplate { ContactId = id, Name = "offer" })).OrThrow();
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Parar!", world.Now));
        (await ConsentAsync(world.Tenant, id)).ShouldBe(NoMarketing);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await SendAsync(world.Tenant, new SendTemplate { ContactId = id, Name = "notice" })).OrThrow();
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "stop", world.Now.AddSeconds(1)));
        (await ConsentAsync(world.Tenant, id)).ShouldBe(Consent.Nothing);

        await world.TakeInAsync(MetaWebhook.Text("wamid.3", Ann, "Start", world.Now.AddSeconds(2)));
        (await ConsentAsync(world.Tenant, id)).ShouldBe(new Consent(MarketingConsent.Granted, ServiceConsent.Allowed));
    }

    [Theory, OnEachEngine]
    public async Task Sends_ToSomebodyWithoutMarketing_LeaveOutMarketingAlone(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.OpenConversationAsync(Ann);
        var id = (await world.ConversationAsync()).ContactId;
        await SayAsync(world.Tenant, id, new ConsentPatch { Marketing = "denied" });

        (await SendAsync(world.Tenant, new SendText { ContactId = id, Message = "An answer" })).OrThrow();
        (await SendAsync(world.Tenant, new SendTemplate { ContactId = id, Name = "notice" })).OrThrow();
        (await SendAsync(world.Tenant,
            new SendTemplate { ContactId = id, Name = "offer" })).Error.ShouldBe(new ContactOptedOutError(ConsentPurpose.Marketing));
        await SayAsync(world.Tenant, id, new ConsentPatch { Service = "denied" });
        (await SendAsync(world.Tenant, new SendText { ContactId = id, Message = "An answer" })).Error.ShouldBe(new ContactOptedOutError());
        (await SendAsync(world.Tenant, new SendTemplate { ContactId = id, Name = "notice" })).Error.ShouldBe(new ContactOptedOutError());
        world.WhatsApp.Sent.Count.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task AnswerOfAUser_InTheOpenWindow_GoesToWhoWantsNothing_AndNothingElseDoes(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.OpenConversationAsync(Ann);
        var id = (await world.ConversationAsync()).ContactId;
        await world.TakeInAsync(
            MetaWebhook.Text("wamid.stop", Ann, "STOP", world.Now), MetaWebhook.Text("wamid.ask", Ann, "Where is my parcel?", world.Now));
        var refused = new ContactOptedOutError();
        var answer = new SendText { ContactId = id, Message = "It comes today" };
        await world.Tenant.SignInAsync(Role.Agent);

        (await SendAsync(world.Tenant, answer)).OrThrow();
        (await SendAsync(world.Tenant, new SendTemplate { ContactId = id, Name = "notice" })).Error.ShouldBe(refused);
        (await world.Tenant.GetFresh<MessageScheduler>().ScheduleAsync(answer, world.Now.AddHours(1), None)).Error.ShouldBe(refused);

        var own = world.Tenant.Get<TenantContext>();
        var agent = own.Actor;
        own.Enter(own.Tenant, new CurrentActor(ActorKind.Token, 1, "Shop", ChangeOrigin.Api, RolePermissions.Of(Role.Admin)));
        (await SendAsync(world.Tenant, answer)).Error.ShouldBe(refused);

        own.Enter(own.Tenant, agent);
        world.Time.Advance(TimeSpan.FromHours(25));
        (await SendAsync(world.Tenant, answer)).Error.ShouldBe(refused);
        world.WhatsApp.Sent.ShouldHaveSingleItem();
    }

    [Theory, OnEachEngine]
    public async Task ScheduledMessages_AreJudgedWhenTheirTimeComes(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.OpenConversationAsync(Ann);
        var id = (await world.ConversationAsync()).ContactId;
        var scheduler = world.Tenant.GetFresh<MessageScheduler>();
        var offer = await scheduler.ScheduleAsync(new SendTemplate { ContactId = id, Name = "offer" }, world.Now.AddHours(1), None).OrThrowAsync();
        var notice = await scheduler.ScheduleAsync(new SendTemplate { ContactId = id, Name = "notice" }, world.Now.AddHours(2), None)
            .OrThrowAsync();
        await SayAsync(world.Tenant, id, new ConsentPatch { Marketing = "denied" });
        (await scheduler.ScheduleAsync(new SendTemplate { ContactId = id, Name = "offer" }, world.Now.AddHours(1), None)).Error
            .ShouldBe(new ContactOptedOutError(ConsentPurpose.Marketing));

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.DispatchAsync();
        (await world.MessageAsync(offer)).Error.ShouldBe(OutboxErrors.OptedOutOfMarketing);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.DispatchAsync();

        (await world.MessageAsync(notice)).State.ShouldBe(OutboxState.Sent);
        world.WhatsApp.Sent.ShouldHaveSingleItem();
    }

    [Theory, OnEachEngine]
    public async Task ScheduledMessagesOfAProgram_DoNotGoToSomebodyWhoWantsNothing(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.OpenConversationAsync(Ann);
        var id = (await world.ConversationAsync()).ContactId;
        var own = world.Tenant.Get<TenantContext>();
        own.Enter(own.Tenant, new CurrentActor(ActorKind.Token, 1, "Shop", ChangeOrigin.Api, RolePermissions.Of(Role.Admin)));
        var scheduler = world.Tenant.GetFresh<MessageScheduler>();
        var text = await scheduler.ScheduleAsync(new SendText { ContactId = id, Message = "Ready" }, world.Now.AddHours(1), None).OrThrowAsync();
        (await world.MessageAsync(text)).StaffId.ShouldBeNull();
        await SayAsync(world.Tenant, id, new ConsentPatch { Service = "denied" });

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.DispatchAsync();

        (await world.MessageAsync(text)).Error.ShouldBe(OutboxErrors.OptedOut);
        world.WhatsApp.Sent.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task MessagesAllowedAgain_BringNoMarketingBack(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var id = (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).Id;
        await SayAsync(world.Tenant, id, new ConsentPatch { Marketing = "granted", Source = "Form" });
        await SayAsync(world.Tenant, id, new ConsentPatch { Service = "denied" });

        await SayAsync(world.Tenant, id, new ConsentPatch { Service = "allowed", Source = "By phone" });

        (await ConsentAsync(world.Tenant, id)).ShouldBe(NoMarketing);
        (await world.Tenant.GetFresh<ContactService>().DeleteAsync(id, null, None)).OrThrow();
        (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).Consent.ShouldBe(NoMarketing);
    }

    [Theory, OnEachEngine]
    public async Task Words_OfTheWorkspace_ReplaceTheShippedOnesOfTheirLanguage(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.OpenConversationAsync(Ann);
        var id = (await world.ConversationAsync()).ContactId;
        var words = world.Tenant.GetFresh<ConsentKeywordsService>();
        (await words.SaveAsync("de", "Schluss\nschluss!", "schluss", None)).ShouldBeInvalid()["start"].ShouldBe([ConsentKeywordsErrors.InBoth]);
        (await words.SaveAsync("xx", "a", "b", None)).Error.ShouldBeOfType<WaCr.Web.Common.NotFoundError>();
        (await words.SaveAsync("de", "Schluss\nschluss!", "Weiter", None)).OrThrow();

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Abmelden", world.Now));
        (await ConsentAsync(world.Tenant, id)).ShouldBe(default);
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "„Schluss“!", world.Now));
        (await ConsentAsync(world.Tenant, id)).ShouldBe(Consent.Nothing);
        await world.TakeInAsync(MetaWebhook.Text("wamid.3", Ann, "WEITER", world.Now));
        (await ConsentAsync(world.Tenant, id)).Service.ShouldBe(ServiceConsent.Allowed);

        (await words.ResetAsync("de", None)).OrThrow();
        await world.TakeInAsync(MetaWebhook.Text("wamid.4", Ann, "Abmelden", world.Now));
        (await ConsentAsync(world.Tenant, id)).ShouldBe(Consent.Nothing);
        (await world.CreateTenantAsync("other")).ShouldNotBeNull();
        (await world.Tenant.AuditOfAsync("consentkeywordset", (await FirstAuditedAsync(world)).EntityId)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Agent, false)]
    public async Task Words_AreChangedByAdminsAlone(Role role, bool may)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(role);
        (await tenant.Get<ConsentKeywordsService>().SaveAsync("de", "Schluss", "", None)).Succeeded.ShouldBe(may);
        (await tenant.Get<ConsentKeywordsService>().ListAsync(None)).Succeeded.ShouldBe(may);
    }

    [Theory]
    [InlineData("Desabonner-moi", null)]
    [InlineData("désabonner", true)]
    [InlineData("ABMELDEN!", true)]
    [InlineData("Отписаться", true)]
    [InlineData("退订", true)]
    [InlineData("बंद करो", true)]
    [InlineData("हटाओ", null)]
    [InlineData("配信停止。", true)]
    [InlineData("لغو اشتراک", true)]
    [InlineData("Quero receber", false)]
    [InlineData("старт", false)]
    public void ShippedWords_AreReadInTheirLanguages(string text, bool? stops) => ConsentKeywords.Default.Read(text, "").ShouldBe(stops);

    [Fact]
    public void ShippedWords_StandForTwentyLanguages_AndEachMeansOneThing()
    {
        ConsentKeywords.Shipped.Select(set => set.Language).ShouldBeUnique();
        ConsentKeywords.Shipped.Count.ShouldBe(20);
        ConsentKeywords.Shipped.ShouldAllBe(set => set.Stop.Count > 0 && set.Start.Count > 0);
        var stops = ConsentKeywords.Shipped.SelectMany(set => set.Stop).Select(ConsentKeywords.Bare).ToHashSet();
        ConsentKeywords.Shipped.SelectMany(set => set.Start).Select(ConsentKeywords.Bare).ShouldAllBe(word => !stops.Contains(word));
    }

    private static async Task<MessagingWorld> WorldAsync(DatabaseProvider engine)
    {
        var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.Tenant.AddTemplateAsync("offer", "MARKETING", Hello, account: MetaWebhook.BusinessAccountId);
        await world.Tenant.AddTemplateAsync("notice", "UTILITY", Hello, account: MetaWebhook.BusinessAccountId);
        return world;
    }

    private static Task<WaCr.Web.Common.Result<SentMessage>> SendAsync(TestTenant tenant, SendMessage message) =>
        tenant.GetFresh<MessageSender>().SendAsync(message, None);

    private static async Task SayAsync(TestTenant tenant, long id, ConsentPatch said) =>
        await tenant.GetFresh<ContactService>().UpdateAsync(id, new ContactPatch { Consent = said }, default, None).OrThrowAsync();

    private static async Task<Consent> ConsentAsync(TestTenant tenant, long id) =>
        (await tenant.ContactQueries.GetAsync(id, default, None)).OrThrow().Consent;

    private static async Task<AuditEntry> FirstAuditedAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.AuditEntries.FirstAsync(entry => entry.EntityType == "consentkeywordset");
    }
}
