using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Templates;
using WaCr.Web.Components.Pages.Templates.Builder;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>What can be done with a template at WhatsApp.</summary>
public sealed class TemplateActionsTests : ComponentTest
{
    private readonly FakeWhatsApp _whatsApp = new();

    [Theory]
    [InlineData("APPROVED", "Edit", "Duplicate", "Archive", "Delete")]
    [InlineData("REJECTED", "Edit", "Duplicate", "Delete")]
    [InlineData("PAUSED", "Edit", "Duplicate", "Unpause", "Delete")]
    [InlineData("ARCHIVED", "Duplicate", "Take out of the archive", "Delete")]
    [InlineData("PENDING", "Duplicate", "Delete")]
    public async Task Menu_OffersWhatTheStateAllows(string status, params string[] entries)
    {
        await OpenAsync(await TemplateAsync(status));

        Popovers.FindAll(".mud-menu-item").Select(entry => entry.TextContent.Trim()).ShouldBe(entries);
    }

    [Theory]
    [InlineData("PAUSED", "Unpause", "unpause", "APPROVED")]
    [InlineData("APPROVED", "Archive", "archive", "ARCHIVED")]
    [InlineData("ARCHIVED", "Take out of the archive", "unarchive", "APPROVED")]
    public async Task State_IsChangedAtWhatsApp_AndHere(string status, string entry, string asked, string afterwards)
    {
        var calls = new List<string>();
        _whatsApp.OnTemplate = call =>
        {
            calls.Add(call);
            return default(Done);
        };
        var template = await TemplateAsync(status);
        await OpenAsync(template);

        await Popovers.FindAll(".mud-menu-item").Single(item => item.TextContent.Trim() == entry).ClickAsync(new());

        calls.ShouldBe([$"{asked} {template.WhatsAppId}"]);
        (await StatusAsync()).ShouldBe(afterwards);
    }

    [Fact]
    public async Task Change_ThatWhatsAppRefuses_ChangesNothing()
    {
        _whatsApp.OnTemplate = _ => new WhatsAppRefused(100, "No", "Not now", null, null);
        await OpenAsync(await TemplateAsync("PAUSED"));

        await Popovers.FindAll(".mud-menu-item").Single(item => item.TextContent.Trim() == "Unpause").ClickAsync(new());

        (await StatusAsync()).ShouldBe("PAUSED");
        Tenant.Get<WaCr.Web.Components.Shared.Toasts>().Shown.ShouldHaveSingleItem().IsError.ShouldBeTrue();
    }

    [Fact]
    public async Task Duplicate_BeginsWithTheSameUnderAnotherName()
    {
        var template = await TemplateAsync("APPROVED");
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(Urls.CopyTemplate(template.Id));

        var page = Browser.Render<TemplateBuilderPage>();

        page.WaitForElement("#template-name").GetAttribute("value").ShouldBe("all_well_copy");
        page.Find("#body-text").TextContent.ShouldBe("All is well.");
        page.Find("#template-name").HasAttribute("disabled").ShouldBeFalse();
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(_whatsApp);

    private async Task<TemplateDetails> TemplateAsync(string status)
    {
        await Tenant.ConnectWhatsAppAsync();
        await Tenant.SignInAsync(Role.Admin);
        await using var db = Tenant.OpenDatabase();
        var account = await db.Channels.Select(channel => channel.BusinessAccountId).SingleAsync();
        return TemplateDetails.Of(await Tenant.AddTemplateAsync(
            "all_well", components: """[{"type":"BODY","text":"All is well."}]""", status: status, body: "All is well.", account: account!));
    }

    private async Task OpenAsync(TemplateDetails template) => await Browser.Render<TemplateActions>(
        parameters => parameters.Add(actions => actions.Template, template)).Find("button").ClickAsync(new());

    private async Task<string> StatusAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Templates.Select(template => template.Status).SingleAsync();
    }
}
