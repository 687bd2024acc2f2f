using System.Globalization;
using Bunit;
using Bunit.TestDoubles;
using WaCr.Web.Components.Layout;

namespace WaCr.Web.Tests.Components;

public sealed class RoleWatchTests : ComponentTest
{
    [Fact]
    public async Task OpenPage_WhoseUserGetsAnotherRole_SaysSo_AndIsLoadedAnewWithTheNextPage_UntilItIsLeft()
    {
        Become(Role.Admin);
        var address = Browser.Services.GetRequiredService<BunitNavigationManager>();
        address.NavigateTo("/settings/audit");
        var watch = Browser.Render<RoleWatch>();

        Become(Role.Admin);
        address.NavigateTo("/contacts");
        watch.FindAll("[role=status]").ShouldBeEmpty();
        IsForced().ShouldBeFalse();

        Become(Role.Agent);
        watch.WaitForElement("[role=status]").TextContent.ShouldContain("Your role was changed.");
        address.NavigateTo("/contacts?page=2");
        IsForced().ShouldBeFalse("it is the same page, with what was begun on it");
        address.NavigateTo("/conversations");
        IsForced().ShouldBeTrue();
        address.Uri.ShouldEndWith("/conversations");

        await Browser.DisposeComponentsAsync();
        address.NavigateTo("/contacts");
        Become(Role.Viewer);
        IsForced().ShouldBeFalse();

        bool IsForced() => address.History.First().Options.ForceLoad;
    }

    [Fact]
    public async Task RoleChange_IsLoadedAtOnceIfAskedFor_AndForgottenOnceItIsTakenBack()
    {
        Become(Role.Agent);
        var address = Browser.Services.GetRequiredService<BunitNavigationManager>();
        address.NavigateTo("/contacts");
        var watch = Browser.Render<RoleWatch>();

        Become(Role.Admin);
        watch.WaitForElement("[role=status]");
        Become(Role.Agent);
        watch.WaitForAssertion(() => watch.FindAll("[role=status]").ShouldBeEmpty());

        Become(Role.Viewer);
        await watch.WaitForElement("[role=status] button").ClickAsync(new());
        address.History.First().Options.ForceLoad.ShouldBeTrue();
    }

    [Fact]
    public void RoleChange_IsToldInTheLanguageOfThePage_NotOfWhoCausedIt()
    {
        Become(Role.Agent);
        var theirs = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pt");
        var watch = Browser.Render<RoleWatch>();
        CultureInfo.CurrentUICulture = theirs;

        Become(Role.Admin);

        watch.WaitForElement("[role=status]").TextContent.ShouldContain("Sua função foi alterada.");
    }
}
