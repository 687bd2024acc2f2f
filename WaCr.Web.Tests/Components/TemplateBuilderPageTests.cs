using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Templates.Builder;
using WaCr.Web.Components.Shared.Kit;
using WaCr.Web.Features.Templates.Authoring;
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
    public async Task EachKindOfTemplate_ShowsItsOwnParts()
    {
        var page = Browser.Render<TemplateBuilderPage>();
        page.WaitForElement("#body-text");
        var kind = page.FindComponents<SelectField>().Single(field => field.Instance.Id == "template-kind");

        await page.InvokeAsync(() => kind.Instance.ValueChanged.InvokeAsync(nameof(TemplateKind.Carousel)));
        page.WaitForElement("#cards-title");
        page.FindAll("#buttons-title").ShouldBeEmpty();
        await page.InvokeAsync(() => kind.Instance.ValueChanged.InvokeAsync(nameof(TemplateKind.LimitedTimeOffer)));
        page.WaitForElement("#offer-text");
        await page.InvokeAsync(() => kind.Instance.ValueChanged.InvokeAsync(nameof(TemplateKind.Authentication)));
        page.WaitForElement("#code-title");
        page.FindAll("#body-text").ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsTyped_IsOneDraft_WhichAReloadGoesOnWith_UntilItIsDiscarded()
    {
        await Tenant.SignInAsync(Role.Admin);
        var page = Browser.Render<TemplateBuilderPage>();
        await page.WaitForElement("#template-name").InputAsync("order_update");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Draft saved"));
        await page.Find("#body-text").InputAsync("Your order is ready.");
        await page.Find("#footer-text").InputAsync("See you soon");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Draft saved"));

        var draft = (await DraftsAsync()).ShouldHaveSingleItem();
        var address = Browser.Services.GetRequiredService<NavigationManager>().Uri;
        address.ShouldEndWith(Urls.TemplateDraft(draft.Id));
        var kept = (await Tenant.Get<UnsavedTemplates>().FindAsync(draft.Id, CancellationToken.None)).Value!;
        kept.Design.Languages[0].Footer.ShouldBe("See you soon");
        var reloaded = Browser.Render<TemplateBuilderPage>();
        reloaded.WaitForElement("#body-text").TextContent.ShouldBe("Your order is ready.");

        await reloaded.FindAll("button").Single(button => button.TextContent == "Discard draft").ClickAsync(new());
        reloaded.WaitForAssertion(() => Browser.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith(Urls.Templates));
        (await DraftsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void SomebodyWhoMayNotWriteTemplates_IsToldSo()
    {
        Become(Role.Agent);
        var page = Browser.Render<TemplateBuilderPage>();
        page.FindAll("#template-name").ShouldBeEmpty();
        page.Markup.ShouldContain("Your role doesn");
    }

    private async Task<IReadOnlyList<UnsavedTemplateItem>> DraftsAsync() =>
        (await Tenant.Get<UnsavedTemplates>().ListAsync(CancellationToken.None)).Value!;

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp());
}
