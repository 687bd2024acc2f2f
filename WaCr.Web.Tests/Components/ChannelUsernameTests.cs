using AngleSharp.Dom;
using Bunit;
using WaCr.Web.Components.Pages.Channels;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>The username of a number on its page.</summary>
public sealed class ChannelUsernameTests : ComponentTest
{
    private readonly FakeWhatsApp _whatsApp = new();

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(_whatsApp);

    [Fact]
    public async Task AName_IsSuggested_Claimed_Shown_AndGivenUp()
    {
        var panel = await RenderAsync();
        panel.WaitForElement("[role=group]");
        await panel.FindButton("@shop.chat").ClickAsync(new());
        await panel.Find("form").SubmitAsync();

        panel.WaitForAssertion(() => panel.Find("[data-username]").TextContent.ShouldBe("@shop.chat Reserved, not visible yet"));
        panel.FindAll("[role=group]").ShouldBeEmpty();

        _ = panel.FindButton("Give up username").ClickAsync(new());
        await Dialogs.WaitForElement(".mud-dialog .mud-button-filled").ClickAsync(new());
        panel.WaitForElement("[role=group]");
        _whatsApp.Repairs.ShouldBe(["username shop.chat", "no username"]);
    }

    [Fact]
    public async Task AnotherName_IsClaimedAfterAQuestionAlone()
    {
        _whatsApp.Username = new BusinessUsername("shop", "approved");
        var panel = await RenderAsync();
        await panel.WaitForElement("#username").InputAsync("no");
        await panel.Find("form").SubmitAsync();
        panel.WaitForAssertion(() => panel.Find(".mud-input-error").ShouldNotBeNull()); // no question about what cannot be
        await panel.Find("#username").InputAsync("@Shop.Two");
        _ = panel.Find("form").SubmitAsync();
        Dialogs.WaitForElement(".mud-dialog").TextContent.ShouldContain("You give up @shop for @shop.two");
        panel.FindButton("Claim username").HasAttribute("disabled").ShouldBeFalse(); // it has the focus again afterwards
        await Dialogs.FindButton("Keep it").ClickAsync(new());
        Dialogs.WaitForAssertion(() => Dialogs.FindAll(".mud-dialog").ShouldBeEmpty());
        _whatsApp.Repairs.ShouldBeEmpty();

        _ = panel.Find("form").SubmitAsync();
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.FindButton("Replace username").ClickAsync(new());

        panel.WaitForAssertion(() => panel.Find("[data-username]").TextContent.ShouldStartWith("@shop.two"));
        _whatsApp.Repairs.ShouldBe(["username shop.two"]);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("12345")]
    [InlineData(".shop")]
    [InlineData("shop.")]
    [InlineData("my..shop")]
    [InlineData("www.shop")]
    [InlineData("shop.com")]
    [InlineData("my shop")]
    [InlineData("café")]
    public async Task ANameThatMetaWouldRefuse_IsRefusedHere(string name)
    {
        var panel = await RenderAsync();
        await panel.WaitForElement("#username").InputAsync(name);
        await panel.Find("form").SubmitAsync();

        panel.WaitForAssertion(() => panel.Find(".mud-input-error").ShouldNotBeNull());
        panel.Markup.ShouldContain("Use 3 to 35 characters");
        _whatsApp.Repairs.ShouldBeEmpty();
    }

    [Fact]
    public async Task ARefusal_IsSaidAtTheField_AndKeepsWhatWasTyped()
    {
        _whatsApp.RepairRefusal = new WhatsAppRefused(100, "(#100) Invalid parameter", "This username is taken.", null, null);
        var panel = await RenderAsync();
        await panel.WaitForElement("#username").InputAsync("@Shop");
        await panel.Find("form").SubmitAsync();

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("This username is taken."));
        panel.Find("#username").GetAttribute("value").ShouldBe("@Shop");
        _whatsApp.Repairs.ShouldBe(["username shop"]);
        await panel.Find("#username").InputAsync("shop2");
        panel.FindAll(".mud-input-error").ShouldBeEmpty();
    }

    [Fact]
    public async Task WithoutUsernames_TheNumberIsToldToHaveNone()
    {
        _whatsApp.Username = new WhatsAppRefused(2500, "Unknown path components", null, null, null);

        var panel = await RenderAsync();

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("WhatsApp offers no usernames for this number yet."));
        panel.FindAll("form").ShouldBeEmpty();
    }

    [Fact]
    public async Task WhileWhatsAppIsAway_TheSameIsAskedAgain()
    {
        _whatsApp.Username = new WhatsAppUnavailable();
        var panel = await RenderAsync();
        panel.WaitForElement(".notice");
        _whatsApp.Username = new BusinessUsername("shop", "approved");

        await panel.Find(".notice button").ClickAsync(new());

        panel.WaitForAssertion(() => panel.Find("[data-username]").TextContent.ShouldBe("@shop Visible to customers"));
    }

    private async Task<IRenderedComponent<ChannelUsernamePanel>> RenderAsync()
    {
        var saved = await Tenant.GetFresh<ChannelService>().SaveAsync(
            null,
            new ChannelPatch
            {
                Name = "Shop",
                PhoneNumberId = "100200300",
                BusinessAccountId = "1",
                AccessToken = "token",
                AppSecret = "secret",
            },
            default).OrThrowAsync();
        return Browser.Render<ChannelUsernamePanel>(set => set.Add(panel => panel.ChannelId, saved.Id));
    }
}
