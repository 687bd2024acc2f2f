using WaCr.Web.Downloads;
using WaCr.Web.Features.Notifications.Push;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Features.Notifications;

/// <summary>Whose a browser is, for how long, and which addresses are taken.</summary>
public sealed class PushSubscriptionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task ABrowser_IsOfWhoSubscribedItLast_AndNobodyElseSeesOrRemovesIt(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var asha = await world.PersonAsync(Role.Agent);
        await world.SubscribeAsync(browser, await world.SessionAsync(asha));
        var theirs = (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldHaveSingleItem();

        var ben = await world.PersonAsync(Role.Owner);
        (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldBeEmpty();
        await world.Tenant.Get<PushSubscriptions>().RemoveAsync(theirs.Id, None).OrThrowAsync();
        (await world.KeptAsync()).Subscriptions.ShouldBe(1);

        await world.SubscribeAsync(browser, await world.SessionAsync(ben));
        (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldHaveSingleItem();
        (await world.KeptAsync()).Subscriptions.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task BrowsersOfAPerson_SubscribedAtOnce_AreNoMoreThanTheLimit(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        var session = await world.SessionAsync(await world.PersonAsync(Role.Agent));
        var browsers = Enumerable.Range(0, PushSubscription.MaxPerUser + 10)
            .Select(n => new FakeBrowser(world.Service.Address, $"b{n}")).ToList();

        await Task.WhenAll(browsers.Select(browser => Task.Run(() => world.SubscribeAsync(browser, session))));

        (await world.KeptAsync()).Subscriptions.ShouldBe(PushSubscription.MaxPerUser);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Theory, OnEachEngine]
    public async Task InAnotherWorkspace_NobodySeesTheBrowser_OrSendsToIt(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser, await world.SessionAsync(await world.PersonAsync(Role.Agent)));
        var other = await world.Messaging.CreateTenantAsync("other");
        await other.SignInAsync(Role.Owner);

        (await other.Get<PushSubscriptions>().ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
        (await other.Get<PushSubscriptions>().SendTestAsync(None).OrThrowAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task WithTheSession_TheBrowserEnds_AndAfterOneThatRanOutItGoesOn(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var me = await world.PersonAsync(Role.Agent, NotificationKind.MessageUnassigned);
        await world.SubscribeAsync(browser, await world.SessionAsync(me, TimeSpan.FromHours(1)));
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));
        await world.Messaging.OpenConversationAsync();
        await world.SendAsync();
        world.Service.Received.ShouldBeEmpty("The session has run out.");
        (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldHaveSingleItem().IsSignedIn.ShouldBeFalse();

        var next = await world.SessionAsync(me);
        (await world.Tenant.Get<PushSubscriptions>().RenewAsync(browser.Endpoint, next, None).OrThrowAsync()).ShouldBeTrue();
        (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldHaveSingleItem().IsSignedIn.ShouldBeTrue();
        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.in.2", "447700900123", "Two", world.Messaging.Now));
        await world.SendAsync();
        world.Service.Received.Count.ShouldBe(1);

        await world.Tenant.GetFresh<SessionService>().EndAllAsync(me, except: null, None);
        (await world.KeptAsync()).ShouldBe((0, 0));
        var another = await world.SessionAsync(me);
        (await world.Tenant.Get<PushSubscriptions>().RenewAsync(browser.Endpoint, another, None).OrThrowAsync()).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task SigningOutElsewhere_LeavesTheBrowserThatStaysSignedIn(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var stays = new FakeBrowser(world.Service.Address, "stays");
        using var ends = new FakeBrowser(world.Service.Address, "ends");
        var me = await world.PersonAsync(Role.Agent);
        var session = await world.SessionAsync(me);
        await world.SubscribeAsync(stays, session);
        await world.SubscribeAsync(ends, await world.SessionAsync(me));

        await world.Tenant.GetFresh<SessionService>().EndAllAsync(me, except: session, None);

        (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldHaveSingleItem().EndpointHash
            .ShouldBe(PushSubscriptions.HashOf(stays.Endpoint));
    }

    [Theory, OnEachEngine]
    public async Task WhoIsDeactivated_LosesTheBrowsersOfThisWorkspace(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var agent = await world.PersonAsync(Role.Agent);
        await world.SubscribeAsync(browser, await world.SessionAsync(agent));
        await world.PersonAsync(Role.Owner);

        await world.Tenant.Get<MembershipService>().DeactivateAsync(agent, None).OrThrowAsync();

        (await world.KeptAsync()).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.5/push")]
    [InlineData("https://[::1]/push")]
    [InlineData("https://localhost/push")]
    [InlineData("http://93.184.216.34/push")]
    [InlineData("https://user:word@93.184.216.34/push")]
    [InlineData("file:///etc/passwd")]
    public async Task AnAddressThatIsNotPublicHttps_IsRefused(string endpoint)
    {
        await using var world = await PushWorld.CreateAsync(DatabaseProvider.Sqlite);
        using var browser = new FakeBrowser(world.Service.Address);
        var session = await world.SessionAsync(await world.PersonAsync(Role.Agent));

        var refused = await world.Tenant.Get<PushSubscriptions>().SubscribeAsync(browser.Given with { Endpoint = endpoint }, session, None);

        refused.ShouldBeInvalid()[PushSubscriptions.Field].ShouldBe([RemotePosts.NotPublic]);
    }

    [Theory]
    [InlineData("", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("BAAA", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not base64!", "AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task KeysThatAreNone_AreRefused(string p256dh, string auth)
    {
        await using var world = await PushWorld.CreateAsync(DatabaseProvider.Sqlite);
        using var browser = new FakeBrowser(world.Service.Address);
        var session = await world.SessionAsync(await world.PersonAsync(Role.Agent));

        (await world.Tenant.Get<PushSubscriptions>().SubscribeAsync(browser.Given with { P256dh = p256dh, Auth = auth }, session, None))
            .ShouldBeInvalid();
    }

    /// <summary>A name that was public when the browser was subscribed may lead into the own network later.</summary>
    [Fact]
    public async Task AnAddressThatLeadsInside_IsNotReachedOnSending()
    {
        await using var world = await PushWorld.CreateAsync(DatabaseProvider.Sqlite, isTrusted: false);
        using var browser = new FakeBrowser(world.NamedAddress);
        var me = await world.PersonAsync(Role.Agent);
        var session = await world.SessionAsync(me);
        await using (var db = world.Tenant.OpenDatabase())
        {
            db.PushSubscriptions.Add(new PushSubscription
            {
                UserId = me,
                SessionId = session,
                Endpoint = browser.Endpoint,
                EndpointHash = PushSubscriptions.HashOf(browser.Endpoint),
                P256dh = browser.Given.P256dh,
                Auth = browser.Given.Auth,
            });
            await db.SaveChangesAsync();
        }

        await world.Tenant.Get<PushSubscriptions>().SendTestAsync(None).OrThrowAsync();
        await world.SendAsync();

        world.Service.Received.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task ASessionOfSomebodyElse_SubscribesNothing(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var theirs = await world.SessionAsync(await world.PersonAsync(Role.Agent));
        await world.PersonAsync(Role.Agent);

        (await world.Tenant.Get<PushSubscriptions>().SubscribeAsync(browser.Given, theirs, None)).ShouldBeInvalid();
    }

    [Theory, OnEachEngine]
    public async Task TheServersKeys_AreMadeOnce_AndStoredEncrypted(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Tenant.GetFresh<PushKeys>().GetAsync(None))));

        keys.Distinct().ShouldHaveSingleItem();
        await using var db = world.Tenant.OpenDatabase();
        var kept = (await db.ServerSecrets.SingleAsync()).Value;
        kept.ShouldNotContain(keys[0].PrivateKey);
        kept.ShouldNotContain(keys[0].PublicKey);
    }

    [Theory, OnEachEngine]
    public async Task KeysThatCannotBeDecrypted_StopTheServer_AndStay_WithAllBrowsers(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        const string Foreign = "sealed by another certificate";
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.ServerSecrets.ExecuteUpdateAsync(set => set.SetProperty(secret => secret.Value, Foreign));
        }

        var refused = await Should.ThrowAsync<StartupException>(() => world.Tenant.GetFresh<PushKeys>().GetAsync(None));

        refused.Message.ShouldContain("DataProtection");
        (await world.KeptAsync()).Subscriptions.ShouldBe(1);
        await using var read = world.Tenant.OpenDatabase();
        (await read.ServerSecrets.SingleAsync()).Value.ShouldBe(Foreign);
    }
}
