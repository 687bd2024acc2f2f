using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Components.Pages.Templates.Builder;
using WaCr.Web.Domain;
using WaCr.Web.Tests.Support;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

public sealed class TemplateBuilderPageTests : ComponentTest
{
    [Fact]
    public async Task ARuleThatIsBroken_IsToldAtItsField_WhileTyping()
    {
        var page = Browser.Render<TemplateBuilderPage>();
        await page.WaitForElement("#template-name").InputAsync("Order Update");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Use a to z, 0 to 9 and underscores"));

        await page.Find("#template-name").InputAsync("order_update");
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Use a to z, 0 to 9 and underscores"));
        await page.Find("#body-text").InputAsync("{{1}} is ready for you");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Put some words before the first and after the last variable"));
        page.Find("#body-example-1").ShouldNotBeNull();
        page.Markup.ShouldNotContain("Give an example for each variable"); // told when it is submitted, not before it could be typed
    }

    [Fact]
    public async Task ASubmissionThatLacksSomething_SaysSo_AndSendsNothing()
    {
        var page = Browser.Render<TemplateBuilderPage>();
        await page.WaitForElement("[data-save]").ClickAsync(new());

        page.WaitForAssertion(() => page.Markup.ShouldContain("Type the text of the message"));
        page.Markup.ShouldContain("Enter a name first");
    }

    [Fact]
    public void SomebodyWhoMayNotWriteTemplates_IsToldSo()
    {
        Become(Role.Agent);
        var page = Browser.Render<TemplateBuilderPage>();
        page.FindAll("#template-name").ShouldBeEmpty();
        page.Markup.ShouldContain("Your role doesn");
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp());
}
