using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.Features.Channels;

/// <summary>What can be wrong with a connection, each told apart and repaired.</summary>
public sealed class ChannelCheckTests
{
    private static readonly Uri Callback = new("https://crm.example/webhooks/whatsapp");
    private static readonly WhatsAppRefused Expired = new(190, "Session has expired", null, null, null);
    private static readonly WhatsAppRefused NotThere = new(100, "Unsupported get request", null, null, null) { Subcode = 33 };

    private readonly FakeWhatsApp _whatsApp = new();

    [Theory, OnEachEngine]
    public async Task AGoodConnection_IsGood_AndItsNumberIsKept(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var (tenant, channel) = await ConnectAsync(world);
        await ReceiveAsync(tenant, channel.Id);

        var report = await CheckAsync(tenant, channel.Id);

        report.Checks.Select(check => check.Kind).ShouldBe(Enum.GetValues<ChannelCheckKind>());
        report.Checks.ShouldAllBe(check => check.State == ChannelCheckState.Good);
        (report.IsGood, report.AppId).ShouldBe((true, FakeWhatsApp.AppId));
        var kept = await tenant.Get<ChannelService>().GetAsync(channel.Id, default).OrThrowAsync();
        (kept.DisplayPhoneNumber, kept.VerifiedName).ShouldBe(("+1 555-078-3881", "Shop"));
        var health = kept.Health.ShouldNotBeNull();
        (health.Quality, health.NameStatus, health.NumberStatus, health.Throughput).ShouldBe(("GREEN", "APPROVED", "CONNECTED", "STANDARD"));
        health.People.ShouldBe(new DailyPeople(2_000, 0));
    }

    [Fact]
    public async Task EachFault_HasANameOfItsOwn()
    {
        await using var world = await WorldAsync();
        var (tenant, channel) = await ConnectAsync(world);
        await ReceiveAsync(tenant, channel.Id);
        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        await IsAsync(ChannelCheckKind.Token, ChannelProblem.TokenRefused, () => _whatsApp.OnToken = _ => Expired);
        await IsAsync(ChannelCheckKind.Token, ChannelProblem.TokenRefused,
            () => _whatsApp.OnToken = _ => new TokenDescription(null, null, false, null, []));
        await IsAsync(ChannelCheckKind.Token, ChannelProblem.TokenEndsSoon, () => _whatsApp.OnToken = _ =>
            new TokenDescription(FakeWhatsApp.AppId, "App", true, now.AddDays(3), TokenDescription.NeededScopes));
        (await IsAsync(ChannelCheckKind.Permissions, ChannelProblem.PermissionsMissing, () => _whatsApp.OnToken = _ =>
            new TokenDescription(FakeWhatsApp.AppId, "App", true, null, ["whatsapp_business_messaging"])))
            .Names.ShouldBe(["whatsapp_business_management"]);
        await IsAsync(ChannelCheckKind.Number, ChannelProblem.AccountUnreachable, () => _whatsApp.OnNumbers = () => NotThere);
        await IsAsync(ChannelCheckKind.Number, ChannelProblem.NoAnswer, () => _whatsApp.OnNumbers = () => new WhatsAppUnavailable());
        (await IsAsync(ChannelCheckKind.Number, ChannelProblem.NumberElsewhere,
            () => _whatsApp.OnNumbers = () => new List<PhoneNumberDescription> { new("77", "+1 555", "Other", null) }))
            .Numbers.ShouldBe([new ChannelNumber("77", "+1 555", "Other")]);
        await IsAsync(ChannelCheckKind.Number, ChannelProblem.NumberUnreachable, () => _whatsApp.OnFind = _ => NotThere);
        await IsAsync(ChannelCheckKind.Registration, ChannelProblem.NotRegistered,
            () => _whatsApp.OnFind = _ => Number with { Status = "PENDING", Platform = "NOT_APPLICABLE" });
        await IsAsync(ChannelCheckKind.Subscription, ChannelProblem.NotSubscribed, () => _whatsApp.Apps = new List<SubscribedApp>());
        await IsAsync(ChannelCheckKind.Subscription, ChannelProblem.NotSubscribed,
            () => _whatsApp.Apps = new List<SubscribedApp> { new("999", "Another") });
        await IsAsync(ChannelCheckKind.Fields, ChannelProblem.SecretRefused, () => _whatsApp.Webhook = Expired);
        var missing = await IsAsync(ChannelCheckKind.Fields, ChannelProblem.FieldsMissing,
            () => _whatsApp.Webhook = new MetaAppWebhook(null, true, [WebhookFields.Messages]));
        (missing.State, missing.Names.Contains("account_update")).ShouldBe((ChannelCheckState.Warning, true));
        (await IsAsync(ChannelCheckKind.Fields, ChannelProblem.FieldsMissing, () => _whatsApp.Webhook = new MetaAppWebhook(null, false, [])))
            .State.ShouldBe(ChannelCheckState.Failed);

        async Task<ChannelCheck> IsAsync(ChannelCheckKind kind, ChannelProblem problem, Action harm)
        {
            AllGood();
            harm();
            var check = (await CheckAsync(tenant, channel.Id)).Checks.Single(check => check.Kind == kind);
            check.Problem.ShouldBe(problem);
            return check;
        }
    }

    [Fact]
    public async Task BeforeAnythingIsHeard_TheAddressAndTheSilence_AreTold()
    {
        await using var world = await WorldAsync();
        var (tenant, channel) = await ConnectAsync(world);

        var report = await CheckAsync(tenant, channel.Id);
        report.Checks.Where(check => check.State != ChannelCheckState.Good).Select(check => check.Problem)
            .ShouldBe([ChannelProblem.NothingHeard]);

        _whatsApp.OnFind = _ => Number with { WebhookUrl = "https://other.example/hook" };
        var elsewhere = (await CheckAsync(tenant, channel.Id)).Checks.Single(check => check.Kind == ChannelCheckKind.Webhook);
        (elsewhere.Problem, elsewhere.Address).ShouldBe((ChannelProblem.WebhookElsewhere, "https://other.example/hook"));

        _whatsApp.OnFind = _ => Number with { WebhookUrl = null };
        (await CheckAsync(tenant, channel.Id)).Checks.Single(check => check.Kind == ChannelCheckKind.Webhook)
            .Problem.ShouldBe(ChannelProblem.WebhookMissing);
    }

    [Theory, OnEachEngine]
    public async Task AnEventWithAWrongSignature_IsTold_UntilAGoodOneComes(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.OnFind = _ => Number with { Id = MetaWebhook.PhoneNumberId };
        var body = MetaWebhook.Text("wamid.1", "447700900123", "Hello", world.Now);
        await world.ReceiveAsync(body, "sha256=" + new string('0', 64));
        await world.Tenant.GetFresh<SecurityEvents>().WriteCountedAsync();

        (await EventAsync()).Problem.ShouldBe(ChannelProblem.SignatureRefused);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.ReceiveAsync(body);
        var heard = await EventAsync();
        (heard.State, heard.At).ShouldBe((ChannelCheckState.Good, world.Now));

        async Task<ChannelCheck> EventAsync() => (await CheckAsync(world.Tenant, world.ChannelId)).Checks
            .Single(check => check.Kind == ChannelCheckKind.Event);
    }

    [Theory, OnEachEngine]
    public async Task Repairs_AreDoneAtWhatsApp_AndOnlyForAdmins(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var (tenant, channel) = await ConnectAsync(world);
        var checks = tenant.Get<ChannelCheckService>();

        await checks.RegisterAsync(channel.Id, "123456", default).OrThrowAsync();
        await checks.SubscribeAsync(channel.Id, default).OrThrowAsync();
        await checks.SetWebhookAsync(channel.Id, Callback, default).OrThrowAsync();
        _whatsApp.Repairs.ShouldBe(
        [
            "register 123456", "subscribe",
            $"webhook {FakeWhatsApp.AppId} {Callback} {channel.VerifyToken} {WebhookFields.Understood.Count}",
        ]);

        await tenant.SignInAsync(Role.Agent);
        (await checks.SubscribeAsync(channel.Id, default)).Error.ShouldBeOfType<ForbiddenError>();
    }

    [Theory]
    [InlineData(null, "12345", "channel.pin_shape")]
    [InlineData(null, "12345a", "channel.pin_shape")]
    [InlineData(133005, "123456", "channel.pin_wrong")]
    [InlineData(133006, "123456", "channel.number_unverified")]
    [InlineData(133008, "123456", "channel.pin_locked")]
    [InlineData(133015, "123456", "channel.just_deleted")]
    [InlineData(133016, "123456", "channel.registered_too_often")]
    public async Task APin_ThatIsRefused_SaysWhy(int? code, string pin, string error)
    {
        await using var world = await WorldAsync();
        var (tenant, channel) = await ConnectAsync(world);
        _whatsApp.RepairRefusal = code is { } refused ? new WhatsAppRefused(refused, "No", null, null, null) : null;

        var registered = await tenant.Get<ChannelCheckService>().RegisterAsync(channel.Id, pin, default);

        registered.ShouldBeInvalid()[ChannelCheckService.PinField].ShouldHaveSingleItem().Code.ShouldBe(error);
    }

    [Theory, OnEachEngine]
    public async Task ANumber_MayBeEnteredByMany_AndBelongsToTheOneWhoShowsAToken(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var (squatter, owner) = (await world.CreateTenantAsync("squatter"), await world.CreateTenantAsync("owner"));
        var guessed = new ChannelPatch { Name = "Mine", PhoneNumberId = Number.Id, BusinessAccountId = "1", AccessToken = "guessed" };
        _whatsApp.OnToken = access => access.AccessToken == "real"
            ? new TokenDescription(FakeWhatsApp.AppId, "App", true, null, TokenDescription.NeededScopes)
            : Expired;
        var waiting = await squatter.Get<ChannelService>().SaveAsync(null, guessed, default).OrThrowAsync();
        (await OfAsync(squatter, waiting.Id, ChannelCheckKind.Token)).ShouldBe(ChannelProblem.TokenRefused);

        var real = await owner.Get<ChannelService>().SaveAsync(null, guessed with { AccessToken = "real" }, default).OrThrowAsync();
        (await OfAsync(owner, real.Id, ChannelCheckKind.Number)).ShouldBe(ChannelProblem.None);

        // Who entered it and cannot show a token learns nothing; who can learns that another did before.
        (await OfAsync(squatter, waiting.Id, ChannelCheckKind.Number)).ShouldBe(ChannelProblem.None);
        await squatter.Get<ChannelService>().SaveAsync(waiting.Id, new ChannelPatch { AccessToken = "real" }, default).OrThrowAsync();
        (await OfAsync(squatter, waiting.Id, ChannelCheckKind.Number)).ShouldBe(ChannelProblem.NumberClaimed);
        (await squatter.Get<ChannelService>().GetAsync(real.Id, default)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task ARefusedToken_IsNotedUntilItIsGoodAgain(DatabaseProvider engine)
    {
        await using var world = await WorldAsync(engine);
        var (tenant, channel) = await ConnectAsync(world);

        _whatsApp.OnFind = _ => new WhatsAppRefused(131031, "Locked", null, null, null); // its token is as good as before
        await CheckAsync(tenant, channel.Id);
        (await tenant.Get<ChannelAlertQueries>().ListRefusedAsync(default)).ShouldBeEmpty();

        _whatsApp.OnToken = _ => Expired;
        await CheckAsync(tenant, channel.Id);
        (await tenant.Get<ChannelAlertQueries>().ListRefusedAsync(default)).ShouldHaveSingleItem().Id.ShouldBe(channel.Id);

        AllGood();
        await CheckAsync(tenant, channel.Id);
        (await tenant.Get<ChannelAlertQueries>().ListRefusedAsync(default)).ShouldBeEmpty();
    }

    private static PhoneNumberDescription Number { get; } = new("106540352242922", "+1 555-078-3881", "Shop", "GREEN")
    {
        Status = "CONNECTED",
        Platform = "CLOUD_API",
        NameStatus = "APPROVED",
        Throughput = "STANDARD",
        DailyLimit = 2_000,
        WebhookUrl = Callback.AbsoluteUri,
    };

    private void AllGood()
    {
        var good = new FakeWhatsApp();
        (_whatsApp.OnToken, _whatsApp.OnNumbers, _whatsApp.Apps, _whatsApp.Webhook) = (good.OnToken, null, good.Apps, good.Webhook);
        _whatsApp.OnFind = channel => Number with { Id = channel.PhoneNumberId };
    }

    private Task<TestWorld> WorldAsync(DatabaseProvider engine = DatabaseProvider.Sqlite)
    {
        AllGood();
        return TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IWhatsAppClient>(_whatsApp));
    }

    private static async Task<(TestTenant Tenant, ChannelDetails Channel)> ConnectAsync(TestWorld world)
    {
        var tenant = await world.CreateTenantAsync();
        return (tenant, await tenant.ConnectWhatsAppAsync());
    }

    private static Task<ChannelReport> CheckAsync(TestTenant tenant, long channelId) =>
        tenant.GetFresh<ChannelCheckService>().CheckAsync(channelId, Callback, default).OrThrowAsync();

    private static async Task<ChannelProblem> OfAsync(TestTenant tenant, long channelId, ChannelCheckKind kind) =>
        (await CheckAsync(tenant, channelId)).Checks.Single(check => check.Kind == kind).Problem;

    private static async Task ReceiveAsync(TestTenant tenant, long channelId)
    {
        await using var db = tenant.OpenDatabase();
        db.WebhookEvents.Add(new WebhookEvent
        {
            ChannelId = channelId,
            Key = "m:1",
            Field = "messages",
            Payload = "{}",
            ReceivedAt = DateTimeOffset.UnixEpoch,
        });
        await db.SaveChangesAsync();
    }
}
