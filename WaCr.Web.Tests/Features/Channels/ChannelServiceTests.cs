using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Tests.Features.Channels;

public sealed class ChannelServiceTests
{
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
                AdSourceId = theirs.SourceId,
                DefaultAssignedId = 4711,
                MessagesPerSecond = 0,
            },
            default);

        saved.ShouldBeInvalid().Select(field => field.Key).ShouldBe(
            [
                ChannelFields.Name, ChannelFields.PhoneNumberId, ChannelFields.AccessToken, ChannelFields.DefaultStatusId,
                ChannelFields.DefaultSourceId, ChannelFields.AdSourceId,
                ChannelFields.DefaultAssignedId, ChannelFields.MessagesPerSecond,
            ],
            ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task ANewToken_ClearsTheRefusal_AndOtherFieldsStay(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph);
        var tenant = await world.CreateTenantAsync();
        var channel = await tenant.ConnectWhatsAppAsync();
        var service = tenant.Get<ChannelService>();
        await tenant.Get<ChannelDirectory>().RefuseAsync(channel.Id, "Session has expired");

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
        await tenant.Get<ChannelService>()
            .SaveAsync(channel.Id, new ChannelPatch { DefaultStatusId = status, AdSourceId = tenant.SourceId }, default).OrThrowAsync();

        await tenant.Get<LookupService<Status>>().DeleteAsync(status, default).OrThrowAsync();
        await tenant.Get<LookupService<Source>>().DeleteAsync(tenant.SourceId, default).OrThrowAsync();

        var left = await tenant.Get<ChannelService>().GetAsync(channel.Id, default).OrThrowAsync();
        (left.DefaultStatusId, left.DefaultSourceId, left.AdSourceId).ShouldBe((null, null, null));
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
