using Microsoft.AspNetCore.Http;
using WaCr.Web.Features.Notifications.Push;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Features.Notifications;

/// <summary>A browser over time: sessions that end or run out, people who follow one another, several workspaces and tabs.</summary>
public sealed class PushSubscriptionLifetimeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task SessionsThatEnd_TakeTheirBrowsersAlong_NotTheOneWhoseSessionRanOut(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var ranOut = new FakeBrowser(world.Service.Address, "ran-out");
        using var expired = new FakeBrowser(world.Service.Address, "expired");
        using var ends = new FakeBrowser(world.Service.Address, "ends");
        var me = await world.PersonAsync(Role.Agent);
        await world.SubscribeAsync(ranOut, await world.SessionAsync(me, TimeSpan.FromHours(1)));
        await world.SubscribeAsync(expired, await world.SessionAsync(me, TimeSpan.FromHours(2)));
        await world.SubscribeAsync(ends, await world.SessionAsync(me));
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));
        await world.Tenant.GetFresh<SessionSweeper>().SweepAsync(None);
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));

        await world.Tenant.GetFresh<SessionService>().EndAllAsync(me, except: null, None);

        (await HashesAsync(world.Tenant))
            .ShouldBe([PushSubscriptions.HashOf(ranOut.Endpoint), PushSubscriptions.HashOf(expired.Endpoint)], ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task AfterANewSignIn_TheBrowserGoesOnInAllWorkspaces(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var me = await world.PersonAsync(Role.Agent);
        var session = await world.SessionAsync(me, TimeSpan.FromHours(1));
        await world.SubscribeAsync(browser, session);
        var other = await world.JoinAnotherAsync(me);
        await other.GetFresh<PushSubscriptions>().SubscribeAsync(browser.Given, session, None).OrThrowAsync();
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));

        var next = await world.SessionAsync(me);
        (await world.Tenant.GetFresh<PushSubscriptions>().RenewAsync(browser.Endpoint, next, None).OrThrowAsync()).ShouldBeTrue();

        (await PushWorld.ListDevicesAsync(world.Tenant)).ShouldHaveSingleItem().IsSignedIn.ShouldBeTrue();
        (await PushWorld.ListDevicesAsync(other)).ShouldHaveSingleItem().IsSignedIn.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task WhoeverOpensThePageNow_EndsThePushesOfWhoUsedTheBrowserBefore(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var asha = await world.PersonAsync(Role.Agent);
        var session = await world.SessionAsync(asha);
        await world.SubscribeAsync(browser, session);
        var other = await world.JoinAnotherAsync(asha);
        await other.GetFresh<PushSubscriptions>().SubscribeAsync(browser.Given, session, None).OrThrowAsync();
        var ben = await world.PersonAsync(Role.Agent);

        (await world.Tenant.GetFresh<PushSubscriptions>().RenewAsync(browser.Endpoint, Guid.NewGuid(), None).OrThrowAsync())
            .ShouldBeFalse();
        (await HashesAsync(world.Tenant)).Count.ShouldBe(1, "Nobody is signed in by that session.");
        (await world.Tenant.GetFresh<PushSubscriptions>().RenewAsync(browser.Endpoint, await world.SessionAsync(ben), None).OrThrowAsync())
            .ShouldBeFalse();

        (await HashesAsync(world.Tenant)).ShouldBeEmpty();
        (await HashesAsync(other)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task ABrowserWhoseSessionRanOut_GetsNoWork(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var me = await world.PersonAsync(Role.Agent, NotificationKind.MessageUnassigned);
        await world.SubscribeAsync(browser, await world.SessionAsync(me, TimeSpan.FromHours(1)));
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));

        await world.Messaging.OpenConversationAsync();

        (await world.KeptAsync()).ShouldBe((1, 0));
    }

    [Theory, OnEachEngine]
    public async Task OnlyWhatIsDueNow_WakesTheLoop(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        var woken = 0;
        using var subscription = world.Tenant.Get<ChangeFeed>().Subscribe(ChangeKind.Pushes, _ => woken++);

        await world.Messaging.OpenConversationAsync();
        (woken, (await world.KeptAsync()).Messages).ShouldBe((0, 1));

        await world.Tenant.GetFresh<PushSubscriptions>().SendTestAsync(None).OrThrowAsync();
        woken.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task APushThatIsTriedAgain_SwallowsNoNewerOne(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        world.Service.Answer = response =>
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = "900";
        };
        await world.Messaging.OpenConversationAsync();
        await world.SendAsync();
        world.Service.Received.Clear();
        world.Service.Answer = response => response.StatusCode = StatusCodes.Status201Created;

        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.in.2", "447700900123", "Two", world.Messaging.Now));
        await world.SendAsync();

        world.Service.Received.ShouldHaveSingleItem();
    }

    [Theory, OnEachEngine]
    public async Task SeveralTabsAtOnce_SubscribeTheBrowserOnce(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var session = await world.SessionAsync(await world.PersonAsync(Role.Agent));

        var tabs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            world.Tenant.GetFresh<PushSubscriptions>().SubscribeAsync(browser.Given, session, None))));

        tabs.ShouldAllBe(tab => tab.Succeeded);
        (await world.KeptAsync()).Subscriptions.ShouldBe(1);
    }

    private static async Task<List<string>> HashesAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.PushSubscriptions.Select(s => s.EndpointHash).ToListAsync();
    }
}
