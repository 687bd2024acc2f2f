using Bunit;
using WaCr.Web.Components.Layout;
using WaCr.Web.Components.Pages.Channels;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

public sealed class ChannelBannerTests : ComponentTest
{
    protected override void AddMore(IServiceCollection services) => services
        .AddSingleton<IWhatsAppClient>(new FakeWhatsApp())
        .Configure<WhatsAppOptions>(options => options.Version = "v20.0");

    [Fact]
    public async Task ARefusedToken_IsToldAtOnce_UntilItIsTakenAgain()
    {
        var channel = await ConnectAsync();
        var banner = Browser.Render<ChannelBanner>();
        banner.FindAll(".refused").ShouldBeEmpty();

        await Tenant.Get<ChannelDirectory>().RefuseAsync(channel, "The token has run out");
        banner.WaitForElement(".refused a[href='/settings/whatsapp']").TextContent.ShouldBe("Enter a new token");
        banner.Find(".refused").TextContent.ShouldContain("WhatsApp rejected the access token for Shop");

        await Tenant.Get<ChannelService>()
            .SaveAsync(channel, new ChannelPatch { AccessToken = "another" }, CancellationToken.None)
            .OrThrowAsync();
        banner.WaitForAssertion(() => banner.FindAll(".refused").ShouldBeEmpty());
    }

    [Fact]
    public async Task WhoeverMayNotManageChannels_IsToldWhoCan()
    {
        await Tenant.Get<ChannelDirectory>().RefuseAsync(await ConnectAsync(), "The token has run out");
        Become(Role.Agent);
        var banner = Browser.Render<ChannelBanner>();
        banner.WaitForElement(".refused").TextContent.ShouldContain("Tell an owner or admin");
        banner.FindAll("a").ShouldBeEmpty();
    }

    [Fact]
    public void AVersionThatEnds_IsToldToWhoeverMayManageNumbers()
    {
        Time.SetUtcNow(new DateTimeOffset(2026, 9, 24, 12, 0, 0, TimeSpan.Zero));
        Browser.Render<GraphVersionBanner>().Find(".version").TextContent.ShouldContain("v20.0 of WhatsApp's API ends on 24 Sep 2026");

        Become(Role.Agent);
        Browser.Render<GraphVersionBanner>().FindAll(".version").ShouldBeEmpty();
    }

    [Fact]
    public void Steps_BeforeAnything_OpenTheFirst()
    {
        var steps = Browser.Render<ChannelSteps>(set => set.Add(s => s.Channel, null));
        steps.Find("h2").TextContent.ShouldBe("Set-up: 0 of 5 steps done");
        steps.FindAll("details[open]").ShouldHaveSingleItem().TextContent.ShouldContain("Create a Meta app");
    }

    [Fact]
    public async Task Steps_OfAConnectedNumber_AskForTheTestNext()
    {
        var channel = await Tenant.Get<ChannelService>().GetAsync(await ConnectAsync(), CancellationToken.None).OrThrowAsync();
        var steps = Browser.Render<ChannelSteps>(set => set.Add(s => s.Channel, channel));
        steps.FindAll("li.done").Count.ShouldBe(3);
        steps.FindAll("details[open]").ShouldHaveSingleItem().TextContent.ShouldContain("Check the connection");
        var heard = Browser.Render<ChannelSteps>(set =>
            set.Add(s => s.Channel, channel with { DisplayPhoneNumber = "+1 555", HeardAt = DateTimeOffset.UnixEpoch }));
        heard.Find(".all-done").TextContent.ShouldContain("This number is set up");
    }

    private async Task<long> ConnectAsync() => (await Tenant.Get<ChannelService>().SaveAsync(
        null, new ChannelPatch
        {
            Name = "Shop",
            PhoneNumberId = "100200300",
            BusinessAccountId = "1",
            AccessToken = "token",
            AppSecret = "secret",
        }, CancellationToken.None).OrThrowAsync()).Id;
}
