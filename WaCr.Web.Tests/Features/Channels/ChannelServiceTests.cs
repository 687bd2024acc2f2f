using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Tests.Support;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Channels;

public sealed class ChannelServiceTests
{
    private const string Number =
        """{"id":"100","display_phone_number":"+1 555-078-3881","verified_name":"Shop","quality_rating":"GREEN"}""";

    private readonly ScriptedGraph _graph = new();

    [Theory, OnEachEngine]
    public async Task Secrets_AreKeptProtected_AndNeverComeBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();

        var channel = await tenant.ConnectWhatsAppAsync();

        (channel.HasAccessToken, channel.HasAppSecret).ShouldBe((true, true));
        channel.VerifyToken.Length.ShouldBeGreaterThan(20);
        await using var db = tenant.OpenDatabase();
        var row = await db.Channels.SingleAsync();
        row.AccessToken!.ShouldNotContain("token-of-the-shop");
        row.AppSecret!.ShouldNotContain("secret-of-the-app");
        tenant.Get<ChannelSecrets>().AccessTokenOf(row).ShouldBe("token-of-the-shop");
        (await tenant.AuditOfAsync("channel", channel.Id)).ShouldHaveSingleItem().Changes.ShouldNotContain("token");
    }

    [Theory, OnEachEngine]
    public async Task ASecretCopiedElsewhere_DoesNotOpen(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        await theirs.ConnectWhatsAppAsync();
        await using var db = theirs.OpenDatabase();
        var row = await db.Channels.SingleAsync();
        var secrets = mine.Get<ChannelSecrets>();

        secrets.Reveal(mine.Id, ChannelSecrets.AccessToken, row.AccessToken).ShouldBeNull();
        secrets.Reveal(theirs.Id, ChannelSecrets.AppSecret, row.AccessToken).ShouldBeNull();
        secrets.Reveal(theirs.Id, ChannelSecrets.AccessToken, row.AccessToken).ShouldBe("token-of-the-shop");
    }

    [Theory, OnEachEngine]
    public async Task ANumber_MayBeEnteredByMany_AndBelongsToTheOneWhoShowsAToken(DatabaseProvider engine)
    {
        var whatsApp = new FakeWhatsApp();
        await using var world = await TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IWhatsAppClient>(whatsApp));
        var (squatter, owner) = (await world.CreateTenantAsync("squatter"), await world.CreateTenantAsync("owner"));
        var guessed = new ChannelPatch { Name = "Mine", PhoneNumberId = "106540352242922", AccessToken = "guessed" };
        whatsApp.OnFind = access => access.AccessToken == "real"
            ? new PhoneNumberDescription("106540352242922", "+1 555", "Shop", "GREEN")
            : new WhatsAppRefused(190, "No", null, null, null);
        var waiting = await squatter.Get<ChannelService>().SaveAsync(null, guessed, default).OrThrowAsync();
        (await squatter.Get<ChannelService>().TestAsync(waiting.Id, default)).Error.ShouldBeOfType<WhatsAppRefused>();

        var real = await owner.Get<ChannelService>().SaveAsync(null, guessed with { AccessToken = "real" }, default).OrThrowAsync();
        await owner.Get<ChannelService>().TestAsync(real.Id, default).OrThrowAsync();

        // Who entered it and cannot show a token learns nothing; who can learns that another did before.
        (await squatter.Get<ChannelService>().TestAsync(waiting.Id, default)).Error.ShouldBeOfType<WhatsAppRefused>();
        await squatter.Get<ChannelService>().SaveAsync(waiting.Id, new ChannelPatch { AccessToken = "real" }, default).OrThrowAsync();
        (await squatter.Get<ChannelService>().TestAsync(waiting.Id, default)).Error.ShouldBeOfType<NumberClaimedError>();
        (await squatter.Get<ChannelService>().GetAsync(real.Id, default)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task ANumber_IsEnteredOnceInATenant(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync("mine");
        var channel = await tenant.ConnectWhatsAppAsync();

        var again = await tenant.Get<ChannelService>()
            .SaveAsync(null, new ChannelPatch { Name = "Mine", PhoneNumberId = channel.PhoneNumberId }, default);

        again.ShouldBeInvalid()[ChannelFields.PhoneNumberId].ShouldBe([ChannelErrors.PhoneNumberIdTaken]);
    }

    [Theory, OnEachEngine]
    public async Task WrongFields_AreNamedAtOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));

        var saved = await mine.Get<ChannelService>().SaveAsync(
            null,
            new ChannelPatch
            {
                Name = " ",
                PhoneNumberId = "12a",
                AccessToken = "with blank",
                DefaultStatusId = theirs.StatusId,
                DefaultSourceId = theirs.SourceId,
                DefaultAssignedId = 4711,
                MessagesPerSecond = 0,
            },
            default);

        saved.ShouldBeInvalid().Select(field => field.Key).ShouldBe(
            [
                ChannelFields.Name, ChannelFields.PhoneNumberId, ChannelFields.AccessToken, ChannelFields.DefaultStatusId,
                ChannelFields.DefaultSourceId,
                ChannelFields.DefaultAssignedId, ChannelFields.MessagesPerSecond,
            ],
            ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task ConnectionTest_KeepsWhatWhatsAppSays(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();
        var channel = await tenant.ConnectWhatsAppAsync();
        _graph.Answers(HttpStatusCode.OK, Number);

        var tested = await tenant.Get<ChannelService>().TestAsync(channel.Id, default).OrThrowAsync();

        tested.ShouldBe(new ChannelTest("+1 555-078-3881", "Shop", "GREEN"));
        _graph.Calls.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer token-of-the-shop");
        (await tenant.Get<ChannelService>().GetAsync(channel.Id, default).OrThrowAsync()).DisplayPhoneNumber.ShouldBe("+1 555-078-3881");
    }

    [Theory, OnEachEngine]
    public async Task ARefusedToken_IsNotedUntilItIsGoodAgain(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();
        var channel = await tenant.ConnectWhatsAppAsync();
        var service = tenant.Get<ChannelService>();

        _graph.Refuses(131031); // the account is locked, and its token as good as before
        await service.TestAsync(channel.Id, default);
        (await tenant.Get<ChannelDirectory>().ListRefusedAsync(default)).ShouldBeEmpty();

        _graph.Refuses(190, "Session has expired");
        (await service.TestAsync(channel.Id, default)).Error.ShouldBeOfType<WhatsAppRefused>();
        (await tenant.Get<ChannelDirectory>().ListRefusedAsync(default)).ShouldHaveSingleItem().Id.ShouldBe(channel.Id);

        _graph.Answers(HttpStatusCode.OK, Number);
        await service.TestAsync(channel.Id, default);
        (await tenant.Get<ChannelDirectory>().ListRefusedAsync(default)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task ANewToken_ClearsTheRefusal_AndOtherFieldsStay(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();
        var channel = await tenant.ConnectWhatsAppAsync();
        var service = tenant.Get<ChannelService>();
        _graph.Refuses(190);
        await service.TestAsync(channel.Id, default);

        var saved = await service.SaveAsync(channel.Id, new ChannelPatch { AccessToken = "another" }, default).OrThrowAsync();

        saved.ShouldBe(channel with { CredentialRefusedAt = null, Notices = saved.Notices });
        saved.Notices.ShouldBeEmpty();
        (await tenant.Get<ChannelDirectory>().OpenAsync(default).OrThrowAsync()).Access.AccessToken.ShouldBe("another");
    }

    [Theory, OnEachEngine]
    public async Task ADefaultStatusOrSource_CanStillBeDeleted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();
        var status = await tenant.CreateStatusAsync("Prospect");
        var channel = await tenant.ConnectWhatsAppAsync();
        await tenant.Get<ChannelService>().SaveAsync(channel.Id, new ChannelPatch { DefaultStatusId = status }, default).OrThrowAsync();

        await tenant.Get<LookupService<Status>>().DeleteAsync(status, default).OrThrowAsync();
        await tenant.Get<LookupService<Source>>().DeleteAsync(tenant.SourceId, default).OrThrowAsync();

        var left = await tenant.Get<ChannelService>().GetAsync(channel.Id, default).OrThrowAsync();
        (left.DefaultStatusId, left.DefaultSourceId).ShouldBe((null, null));
    }

    [Theory, OnEachEngine]
    public async Task AnAgent_MayNotManageChannels(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Agent);

        (await tenant.Get<ChannelService>().ListAsync(default)).Error.ShouldBeOfType<ForbiddenError>();
    }
}
