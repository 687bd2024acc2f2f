using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Sandbox;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.Components;

public sealed class SandboxPageTests : ComponentTest
{
    protected override void AddMore(IServiceCollection services) =>
        services.AddSandboxServices(new ConfigurationBuilder().Build()).AddSingleton<IWhatsAppClient>(new FakeWhatsApp());

    [Fact]
    public void AWorkspaceWithoutANumber_IsToldWhatToDo()
    {
        Browser.Render<SandboxPage>().WaitForElement(".notice a[href='/settings/whatsapp']");
    }

    [Fact]
    public async Task WhatIsWritten_StandsOnThePhone()
    {
        var page = await OpenAsync();
        await page.WaitForElement(".handset textarea")
            .TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = "Is the shop open?" });
        page.WaitForElement(".handset .bubble.mine").TextContent.ShouldContain("Is the shop open?");
        page.WaitForElement(".controls").TextContent.ShouldContain("Reply window closes in 24 h 0 min");
    }

    [Fact]
    public async Task WhatWasSent_IsEdited_AndDeletedForEveryone()
    {
        var page = await OpenAsync();
        await SendAsync(page, "Is the shop opne?");
        page.WaitForElement(".handset .bubble.mine");

        await ChooseAsync(page, "Edit");
        page.Find(".handset textarea").GetAttribute("value").ShouldBe("Is the shop opne?");
        await SendAsync(page, "Is the shop open?");
        page.WaitForAssertion(() => page.FindAll(".handset .bubble.mine").ShouldHaveSingleItem().TextContent.ShouldContain("Is the shop open?"));
        page.Find(".handset .bubble.mine footer").TextContent.ShouldContain("edited");
        page.FindAll(".handset .editing").ShouldBeEmpty();

        await ChooseAsync(page, "Delete for everyone");
        page.WaitForAssertion(() => page.Find(".handset .bubble.mine").TextContent.ShouldContain("You deleted this message"));
        page.FindAll(".handset .bubble.mine .mud-menu").ShouldBeEmpty();
    }

    [Fact]
    public async Task AnEditThatIsGivenUp_ChangesNothing()
    {
        var page = await OpenAsync();
        await SendAsync(page, "Is the shop open?");
        page.WaitForElement(".handset .bubble.mine");
        await ChooseAsync(page, "Edit");

        await page.Find(".handset .editing button").ClickAsync(new());

        page.Find(".handset textarea").GetAttribute("value").ShouldBeNullOrEmpty();
        await SendAsync(page, "Hello?");
        page.WaitForAssertion(() => page.FindAll(".handset .bubble.mine .message-text").Select(text => text.TextContent).ShouldBe(["Is the shop open?", "Hello?"]));
    }

    [Fact]
    public async Task AirplaneModeAndBlocking_StandOnThePhone()
    {
        var page = await OpenAsync();
        await page.WaitForElements(".switches input")[0].ChangeAsync(true);
        page.WaitForElement(".handset .state").TextContent.ShouldContain("Airplane mode");
        await page.FindAll(".switches input")[0].ChangeAsync(false);
        page.WaitForAssertion(() => page.FindAll(".handset .state").ShouldBeEmpty());
        await page.FindAll(".switches input")[1].ChangeAsync(true);
        page.WaitForElement(".handset .state").TextContent.ShouldContain("blocks you");
    }

    [Fact]
    public async Task AFault_IsListed_AndRepaired()
    {
        var page = await OpenAsync();
        await page.WaitForElements("form.row")[0].SubmitAsync();
        page.WaitForElement(".faults li").TextContent.ShouldContain("1 message left");
        await page.Find(".faults button").ClickAsync(new());
        page.WaitForAssertion(() => page.FindAll(".faults").ShouldBeEmpty());
    }

    [Fact]
    public async Task TheCustomersNumber_IsShownInItsInternationalForm()
    {
        var page = await OpenAsync("/sandbox?customer=%2B4915123456789");

        page.WaitForElement("#sandbox-customer").GetAttribute("value").ShouldBe("+49 1512 3456789");
        page.WaitForElement(".handset .owner").TextContent.ShouldBe("+49 1512 3456789");
    }

    [Fact]
    public async Task ANumberThatIsNone_IsNamed()
    {
        var page = await OpenAsync("/sandbox?customer=nobody");
        page.WaitForElement(".handset [role=alert]");
    }

    [Fact]
    public async Task AViewer_MayNotPlay()
    {
        await ConnectAsync();
        Become(Role.Viewer);
        Browser.Render<SandboxPage>().WaitForElement(".notice").TextContent.ShouldContain("Your role doesn't allow this");
    }

    private static Task SendAsync(IRenderedComponent<SandboxPage> page, string text) =>
        page.WaitForElement(".handset textarea").TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = text });

    private async Task ChooseAsync(IRenderedComponent<SandboxPage> page, string entry)
    {
        await page.WaitForElement(".handset .bubble.mine .mud-menu button").ClickAsync(new());
        await Popovers.FindAll(".mud-menu-item").Single(item => item.TextContent.Trim() == entry).ClickAsync(new());
    }

    private async Task<IRenderedComponent<SandboxPage>> OpenAsync(string address = "/sandbox")
    {
        await ConnectAsync();
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Browser.Render<SandboxPage>();
    }

    private async Task ConnectAsync()
    {
        var number = SandboxNumber.Shipped[0];
        await Tenant.Get<ChannelService>().SaveAsync(
            null, new ChannelPatch
            {
                Name = "Shop",
                PhoneNumberId = number.PhoneNumberId,
                BusinessAccountId = number.BusinessAccountId,
                AccessToken = number.AccessToken,
            },
            CancellationToken.None).OrThrowAsync();
    }
}
