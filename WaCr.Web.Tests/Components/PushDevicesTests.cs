using Bunit;
using WaCr.Web.Components.Pages.Notifications;
using WaCr.Web.Features.Notifications.Push;

namespace WaCr.Web.Tests.Components;

/// <summary>The card of this browser and the user's others, by what the browser says of itself.</summary>
public sealed class PushDevicesTests : ComponentTest
{
    [Theory]
    [InlineData("off", "This device gets none while the app is closed.", true)]
    [InlineData("denied", "The browser blocks notifications of this site.", false)]
    [InlineData("unsupported", "This browser can't get notifications while the app is closed.", false)]
    public async Task TheCard_SaysWhatTheBrowserAllows_AndOffersWhatCanBeDone(string state, string said, bool isOffered)
    {
        await Tenant.SignInAsync(Role.Agent);
        Answer(state, null);

        var card = Browser.Render<PushDevices>();

        card.WaitForElement("[data-push]").TextContent.ShouldStartWith(said);
        card.FindAll("[data-asks-notifications]").Count.ShouldBe(isOffered ? 1 : 0);
        card.FindAll("li").ShouldBeEmpty();
    }

    [Fact]
    public async Task Devices_AreListed_ThisOneByName_AndRemoved()
    {
        var me = await Tenant.SignInAsync(Role.Agent);
        await AddAsync(me, "https://push.example/one");
        await AddAsync(me, "https://push.example/two");
        Answer("off", "https://push.example/two");
        var card = Browser.Render<PushDevices>();

        card.WaitForElement("h3").TextContent.ShouldBe("Subscribed on 2 devices");
        card.Find("[data-push]").GetAttribute("data-push").ShouldBe("on");
        card.FindAll("li .quiet")[0].TextContent.ShouldBe("This device");
        await card.FindAll("button").Single(button => button.TextContent.Trim() == "Send a test").ClickAsync(new());
        await card.FindAll("li button")[1].ClickAsync(new());
        card.WaitForAssertion(() => card.Find("h3").TextContent.ShouldBe("Subscribed on 1 device"));
        Browser.JSInterop.VerifyNotInvoke("wacrPush.unsubscribe");
        await card.FindAll("button").Single(button => button.TextContent.Trim() == "Stop on this device").ClickAsync(new());
        card.WaitForAssertion(() => card.Find("[data-push]").GetAttribute("data-push").ShouldBe("off"));
        Browser.JSInterop.VerifyInvoke("wacrPush.unsubscribe");
    }

    /// <summary>The browser asks the user, who may think it over for longer than calls take otherwise.</summary>
    [Fact]
    public async Task Subscribing_WaitsForTheUsersAnswer_AsLongAsThePageIsOpen()
    {
        await Tenant.SignInAsync(Role.Agent);
        Answer("off", null);
        var card = Browser.Render<PushDevices>();

        await card.WaitForElement("[data-asks-notifications]").ClickAsync(new());

        var waits = Browser.JSInterop.VerifyInvoke("wacrPush.subscribe").CancellationToken.ShouldNotBeNull();
        waits.IsCancellationRequested.ShouldBeFalse();
        await Browser.DisposeComponentsAsync();
        waits.IsCancellationRequested.ShouldBeTrue();
    }

    /// <summary>One address of the browser serves all workspaces: it is kept until the last of them is stopped.</summary>
    [Fact]
    public async Task StoppedInOneWorkspace_TheBrowserGoesOnInTheOther()
    {
        const string Endpoint = "https://push.example/one";
        var me = await Tenant.SignInAsync(Role.Agent);
        await AddAsync(me, Endpoint);
        var other = await CreateAnotherAsync();
        await other.JoinAsync(me, Role.Agent);
        await AddAsync(me, Endpoint, other);
        Answer("off", Endpoint);
        var card = Browser.Render<PushDevices>();
        card.WaitForElement("[data-push=on]");

        await card.FindAll("button").Single(button => button.TextContent.Trim() == "Stop on this device").ClickAsync(new());

        card.WaitForAssertion(() => card.Find("[data-push]").GetAttribute("data-push").ShouldBe("off"));
        Browser.JSInterop.VerifyNotInvoke("wacrPush.unsubscribe");
        await using var db = other.OpenDatabase();
        (await db.PushSubscriptions.CountAsync()).ShouldBe(1);
    }

    private void Answer(string state, string? endpoint) =>
        Browser.JSInterop.Setup<PushBrowser?>("wacrPush.state").SetResult(new PushBrowser(state, endpoint));

    private async Task AddAsync(long userId, string endpoint, TestTenant? tenant = null)
    {
        await using var db = (tenant ?? Tenant).OpenDatabase();
        db.PushSubscriptions.Add(new PushSubscription
        {
            UserId = userId,
            Endpoint = endpoint,
            EndpointHash = PushSubscriptions.HashOf(endpoint),
            CreatedAt = Time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }
}
