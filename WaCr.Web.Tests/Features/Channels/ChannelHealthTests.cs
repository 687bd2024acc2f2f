using System.Text.Json.Nodes;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Notifications;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Channels;

/// <summary>How a number does: read daily and by webhooks, kept, and told where it is bad.</summary>
public sealed class ChannelHealthTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task AConnectedNumber_IsReadEveryDay(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        (await ReadDueAsync(world)).ShouldBe(0);

        world.Time.Advance(ChannelHealth.ReadEvery);
        (await ReadDueAsync(world)).ShouldBe(1);
        (await ReadDueAsync(world)).ShouldBe(0);
        var health = (await DetailsAsync(world)).Health.ShouldNotBeNull();
        (health.Quality, health.ReadAt, health.People?.Limit).ShouldBe(("GREEN", world.Now, 2_000));

        world.WhatsApp.OnFind = _ => new WhatsAppUnavailable();
        world.Time.Advance(ChannelHealth.ReadEvery);
        (await ReadDueAsync(world)).ShouldBe(1);
        world.Time.Advance(TimeSpan.FromMinutes(59));
        (await ReadDueAsync(world)).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await ReadDueAsync(world)).ShouldBe(1, "It is tried again an hour later.");
        (await DetailsAsync(world)).Health!.Quality.ShouldBe("GREEN");
    }

    [Theory, OnEachEngine]
    public async Task AChannelWithoutAToken_IsNotRead(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.Tenant.Get<ChannelService>().SaveAsync(world.ChannelId, new ChannelPatch { AccessToken = null }, None).OrThrowAsync();
        world.Time.Advance(ChannelHealth.ReadEvery * 2);
        (await ReadDueAsync(world)).ShouldBe(0);

        await world.Tenant.Get<ChannelService>().SaveAsync(world.ChannelId, new ChannelPatch { AccessToken = "new" }, None).OrThrowAsync();
        world.Time.Advance(ChannelHealth.ReadEvery);
        (await ReadDueAsync(world)).ShouldBe(1);
    }

    [Theory]
    [InlineData("Status", "BANNED", ChannelTrouble.NumberStopped)]
    [InlineData("Status", "RESTRICTED", ChannelTrouble.NumberStopped)]
    [InlineData("Status", "DISCONNECTED", ChannelTrouble.NotRegistered)]
    [InlineData("Quality", "RED", ChannelTrouble.QualityLow)]
    [InlineData("Name", "DECLINED", ChannelTrouble.NameDeclined)]
    [InlineData("Payment", "141006", ChannelTrouble.Unpaid)]
    [InlineData("Problem", "131031", "BLOCKED WABA 131031")]
    [InlineData("Token", "3", ChannelTrouble.TokenEnds)]
    [InlineData("Apps", "", ChannelTrouble.NotSubscribed)]
    public async Task WhatIsBad_RaisesTheBanner_AndTellsTheAdmins_UntilItIsOver(string what, string value, string word)
    {
        await using var world = await WorldAsync();
        await CheckAsync(world);
        (await BannerAsync(world)).ShouldBeEmpty();
        Harm(world, what, value);

        await CheckAsync(world);
        await CheckAsync(world); // a second read tells nothing new
        (await BannerAsync(world)).ShouldBe([word]);
        var bell = await BellAsync(world);
        (bell.Kind, bell.About, bell.Trouble).ShouldBe((NotificationKind.ChannelTrouble, "Sales", new NumberTrouble("read", word)));

        Good(world);
        await CheckAsync(world);
        (await BannerAsync(world)).ShouldBeEmpty();
        (await DetailsAsync(world)).Notices.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task ADismissedFind_StaysDismissed_WhileItLasts(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        Harm(world, "Payment", "141006");
        await CheckAsync(world);
        var found = (await world.Tenant.Get<ChannelAlertQueries>().ListNoticesAsync(None)).ShouldHaveSingleItem();
        found.Details.ShouldBe("No payment method. Add one.");
        await world.Tenant.Get<ChannelService>().DismissNoticeAsync(found.Id, None).OrThrowAsync();

        await CheckAsync(world);

        (await BannerAsync(world)).ShouldBeEmpty();
        (await DetailsAsync(world)).Notices.ShouldHaveSingleItem().IsActiveAt(world.Now).ShouldBeTrue("The number's page still shows it.");
    }

    [Theory, OnEachEngine]
    public async Task WebhooksOfTheNumber_AreTakenOver_AndHaveItRead(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await CheckAsync(world);

        await world.TakeInAsync(
            Change("business_capability_update", """{"max_daily_conversations_per_business":"TIER_10K"}"""),
            Change("phone_number_quality_update", """{"display_phone_number":"15550783881","event":"THROUGHPUT_UPGRADE","current_limit":"TIER_10K"}"""),
            Change("phone_number_name_update", """{"display_phone_number":"15550783881","decision":"REJECTED"}"""));

        var health = (await DetailsAsync(world)).Health.ShouldNotBeNull();
        (health.People?.Limit, health.Throughput, health.NameStatus).ShouldBe((10_000, "HIGH", "DECLINED"));
        (await ReadDueAsync(world)).ShouldBe(1, "The rest is read at once.");
    }

    [Theory, OnEachEngine]
    public async Task ARestriction_IsOver_AtItsEnd(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var end = world.Now.AddDays(7);
        await world.TakeInAsync(Change("account_update", $$"""
            {"event":"ACCOUNT_RESTRICTION","restriction_info":[
              {"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION","expiration":{{end.AddDays(-2).ToUnixTimeSeconds()}}},
              {"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":"{{end.ToUnixTimeSeconds()}}"}]}
            """));

        var notice = (await world.Tenant.Get<ChannelAlertQueries>().ListNoticesAsync(None)).ShouldHaveSingleItem();
        (notice.EndsAt, notice.Details).ShouldBe(
            (end, "restriction_type: RESTRICTED_ADD_PHONE_NUMBER_ACTION, restriction_type: RESTRICTED_BIZ_INITIATED_MESSAGING"));
        (await BellAsync(world)).Trouble.ShouldBe(new NumberTrouble("account_update", "ACCOUNT_RESTRICTION"));

        world.Time.Advance(TimeSpan.FromDays(7));
        (await BannerAsync(world)).ShouldBeEmpty();
        (await DetailsAsync(world)).Notices.ShouldHaveSingleItem().IsActiveAt(world.Now).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task LowQuality_IsToldOnce_ByWebhookOrByRead(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.TakeInAsync(Change("phone_number_quality_update", """{"event":"FLAGGED"}"""));
        Harm(world, "Quality", "RED");

        await CheckAsync(world);

        (await BannerAsync(world)).ShouldBe(["FLAGGED"]);
    }

    [Theory]
    [OnEachEngine(Role.Viewer, 0)]
    [OnEachEngine(Role.Agent, 0)]
    [OnEachEngine(Role.Admin, 1)]
    [OnEachEngine(Role.Owner, 1)]
    public async Task OwnersAndAdmins_AreTold_AndNobodyElse(DatabaseProvider engine, Role role, int told)
    {
        await using var world = await WorldAsync(engine);
        var userId = await world.Tenant.SignInAsync(Role.Agent);
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Memberships.Where(member => member.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(member => member.Role, role));
        }

        await world.TakeInAsync(Change("account_update", """{"event":"ACCOUNT_VIOLATION"}"""));

        (await world.Tenant.GetFresh<NotificationService>().ListAsync(None).OrThrowAsync()).Count.ShouldBe(told);
        (await BannerAsync(world)).ShouldBe(["ACCOUNT_VIOLATION"]);
    }

    [Theory, OnEachEngine]
    public async Task PeopleWrittenToFirst_AreCountedOnce_OverThePortfoliosNumbers(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var sister = await MessagingWorld.AddChannelAsync(world.Tenant, "106540352242923", account: "77");
        await CheckAsync(world);
        await CheckAsync(world, sister);
        var (first, second) = (await world.OpenConversationAsync("447700900123"), await world.OpenConversationAsync("447700900124"));
        var third = await world.OpenConversationAsync("447700900125");
        await using (var db = world.Tenant.OpenDatabase())
        {
            await AddAsync(db, first, world.ChannelId, world.Now);
            await AddAsync(db, first, world.ChannelId, world.Now);
            await AddAsync(db, first, sister, world.Now, writtenAt: world.Now.AddDays(-3));
            await AddAsync(db, second, sister, world.Now.AddHours(-23));
            await AddAsync(db, third, world.ChannelId, world.Now, MessageType.Text);
            await AddAsync(db, third, world.ChannelId, world.Now.AddHours(-25), writtenAt: world.Now.AddHours(-25));
            foreach (var state in new[] { OutboxState.Waiting, OutboxState.Held, OutboxState.Cancelled })
            {
                await AddAsync(db, third, world.ChannelId, sentAt: null, state: state);
            }

            await AddAsync(db, third, world.ChannelId, world.Now, status: MessageStatus.Failed, state: OutboxState.Dead);
        }

        (await DetailsAsync(world)).Health!.People.ShouldBe(new DailyPeople(2_000, 2));
        world.Time.Advance(TimeSpan.FromHours(2));
        (await DetailsAsync(world)).Health!.People.ShouldBe(new DailyPeople(2_000, 1));
    }

    [Theory, OnEachEngine]
    public async Task NumbersWithoutAccount_DoNotShareTheirPeople(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var stranger = await MessagingWorld.AddChannelAsync(world.Tenant, "106540352242923", account: "77");
        await CheckAsync(world);
        var conversation = await world.OpenConversationAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            await AddAsync(db, conversation, stranger, world.Now);
            await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.BusinessAccountId, (string?)null));
            await db.ChannelHealths.ExecuteUpdateAsync(set => set.SetProperty(health => health.PortfolioId, (string?)null));
        }

        (await DetailsAsync(world)).Health!.People.ShouldBe(new DailyPeople(2_000, 0));
    }

    [Theory]
    [OnEachEngine("106540352242924", null, true, Channel.UpgradedMessagesPerSecond, Channel.DefaultMessagesPerSecond)]
    [OnEachEngine("106540352242924", "78", false, 20, 20)]
    [OnEachEngine(null, "78", false, Channel.UpgradedMessagesPerSecond, Channel.UpgradedMessagesPerSecond)]
    public async Task AnotherNumberOrAccount_StartsAnew_AndIsReadAtOnce(
        DatabaseProvider engine, string? number, string? account, bool keepsTerms, int pace, int paceAfter)
    {
        await using var world = await WorldAsync(engine);
        await world.SetThroughputAsync(pace);
        await CheckAsync(world);
        await world.TakeInAsync(
            Change("account_update", """{"event":"MM_LITE_TERMS_SIGNED"}"""), Change("account_update", """{"event":"ACCOUNT_VIOLATION"}"""));
        await using (var db = world.Tenant.OpenDatabase())
        {
            await ChannelDirectory.StopMarketingAsync(db, world.ChannelId, "No marketing", world.Now);
        }

        (await ReadDueAsync(world)).ShouldBe(1, "The webhooks had it read.");
        var patch = new ChannelPatch
        {
            PhoneNumberId = number is null ? default : new Optional<string?>(number),
            BusinessAccountId = account is null ? default : new Optional<string?>(account),
        };

        var saved = await world.Tenant.GetFresh<ChannelService>().SaveAsync(world.ChannelId, patch, None).OrThrowAsync();

        (saved.Health, saved.MarketingStoppedAt, saved.MarketingStopReason, saved.Notices.Count).ShouldBe((null, null, null, 0));
        (saved.MarketingTermsSignedAt is not null).ShouldBe(keepsTerms, "The terms are the account's.");
        saved.MessagesPerSecond.ShouldBe(paceAfter, "What WhatsApp raised is the old number's; what a user chose stays.");
        (await ReadDueAsync(world)).ShouldBe(1);
        (await DetailsAsync(world)).Health.ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task AnotherNumberOfAnAccount_HasItsTerms(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        await world.TakeInAsync(Change("account_update", """{"event":"MM_LITE_TERMS_SIGNED"}"""));

        await MessagingWorld.AddChannelAsync(world.Tenant, "106540352242923");

        var channels = await world.Tenant.GetFresh<ChannelService>().ListAsync(None).OrThrowAsync();
        channels.Select(channel => channel.MarketingTermsSignedAt is not null).ShouldBe([true, true]);
    }

    [Theory]
    [InlineData(2_000, 660, 1_340, 0)]
    [InlineData(2_000, 660, 1_341, 1)]
    [InlineData(250, 300, 10, 10)]
    [InlineData(ChannelHealth.Unlimited, 0, 100_000, 0)]
    public void RecipientsBeyondTheLimit_AreCounted(int limit, int used, int recipients, int tooMany) =>
        new CampaignPreview(recipients, recipients, [], [], 0, null, null!, new DailyPeople(limit, used)).TooMany.ShouldBe(tooMany);

    [Theory]
    [InlineData("TIER_250", 250)]
    [InlineData("TIER_2K", 2_000)]
    [InlineData("TIER_100K", 100_000)]
    [InlineData("TIER_UNLIMITED", ChannelHealth.Unlimited)]
    [InlineData("1000", 1_000)]
    [InlineData("-1", ChannelHealth.Unlimited)]
    [InlineData("TIER_NEW", null)]
    [InlineData("TIER_NOT_SET", null)]
    [InlineData("99999999999K", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void WhatsAppsWordsForALimit_AreNumbers(string? word, int? people) => MessagingLimit.Of(word).ShouldBe(people);

    private static async Task<MessagingWorld> WorldAsync(DatabaseProvider engine = DatabaseProvider.Sqlite)
    {
        var world = await MessagingWorld.CreateAsync(engine);
        Good(world);
        await world.Tenant.SignInAsync(Role.Admin);
        await using var db = world.Tenant.OpenDatabase();
        await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.DisplayPhoneNumber, "+15550783881"));
        return world;
    }

    private static PhoneNumberDescription Number(string id) => new(id, "+15550783881", "Shop", "GREEN")
    {
        Status = "CONNECTED",
        Platform = "CLOUD_API",
        NameStatus = "APPROVED",
        Throughput = "STANDARD",
        DailyLimit = 2_000,
    };

    private static void Good(MessagingWorld world)
    {
        var good = new FakeWhatsApp();
        (world.WhatsApp.OnToken, world.WhatsApp.Apps) = (good.OnToken, good.Apps);
        world.WhatsApp.OnFind = channel => Number(channel.PhoneNumberId);
    }

    private static void Harm(MessagingWorld world, string what, string value)
    {
        switch (what)
        {
            case "Token":
                world.WhatsApp.OnToken = _ => new TokenDescription(
                    FakeWhatsApp.AppId, "App", true, world.Now.AddDays(int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
                    TokenDescription.NeededScopes);
                break;
            case "Apps":
                world.WhatsApp.Apps = new List<SubscribedApp>();
                break;
            default:
                world.WhatsApp.OnFind = channel => what switch
                {
                    "Status" => Number(channel.PhoneNumberId) with { Status = value },
                    "Name" => Number(channel.PhoneNumberId) with { NameStatus = value },
                    "Quality" => Number(channel.PhoneNumberId) with { QualityRating = value },
                    _ => Number(channel.PhoneNumberId) with
                    {
                        Problems =
                        [
                            new SendingProblem(
                                "WABA", true, int.Parse(value, System.Globalization.CultureInfo.InvariantCulture), "No payment method.",
                                "Add one."),
                        ],
                    },
                };
                break;
        }
    }

    private static async Task AddAsync(
        AppDbContext db, long conversationId, long channelId, DateTimeOffset? sentAt, MessageType type = MessageType.Template,
        DateTimeOffset? writtenAt = null, MessageStatus? status = null, OutboxState state = OutboxState.Sent)
    {
        var contactId = await db.Conversations.Where(c => c.Id == conversationId).Select(c => c.ContactId).SingleAsync();
        var message = Message.Outgoing(conversationId, channelId, contactId, type);
        message.Status = status ?? (sentAt is null ? MessageStatus.Pending : MessageStatus.Sent);
        (message.SentAt, message.State) = (sentAt, state);
        db.Messages.Add(message);
        await db.SaveChangesAsync();
        if (writtenAt is not null)
        {
            await db.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAt, writtenAt.Value));
        }
    }

    private static Task<ChannelReport> CheckAsync(MessagingWorld world, long? channelId = null) =>
        world.Tenant.GetFresh<ChannelCheckService>()
        .CheckAsync(channelId ?? world.ChannelId, new Uri("https://crm.example/webhooks/whatsapp"), None).OrThrowAsync();

    private static Task<int> ReadDueAsync(MessagingWorld world) => world.Services.TakeTurnsAsync<ChannelHealth, ChannelHealthStep>();

    private static Task<ChannelDetails> DetailsAsync(MessagingWorld world) =>
        world.Tenant.GetFresh<ChannelService>().GetAsync(world.ChannelId, None).OrThrowAsync();

    private static async Task<IEnumerable<string>> BannerAsync(MessagingWorld world) =>
        (await world.Tenant.GetFresh<ChannelAlertQueries>().ListNoticesAsync(None)).Select(notice => notice.Word);

    private static async Task<NotificationItem> BellAsync(MessagingWorld world) =>
        (await world.Tenant.GetFresh<NotificationService>().ListAsync(None).OrThrowAsync()).ShouldHaveSingleItem();

    private static string Change(string field, string value) => MetaWebhook.Change(field, JsonNode.Parse(value)!.AsObject());
}
