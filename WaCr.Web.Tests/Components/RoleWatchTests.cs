using Bunit;
using Bunit.TestDoubles;
using WaCr.Web.Components.Layout;

namespace WaCr.Web.Tests.Components;

public sealed class RoleWatchTests : ComponentTest
{
    [Fact]
    public async Task OpenPage_WhoseUserGetsAnotherRole_IsLoadedAnew_UntilItIsLeft()
    {
        Become(Role.Admin);
        var address = Browser.Services.GetRequiredService<BunitNavigationManager>();
        Browser.Render<RoleWatch>();

        address.NavigateTo("/settings/audit");
        Become(Role.Admin);
        address.History.First().Options.ForceLoad.ShouldBeFalse();

        Become(Role.Agent);
        address.History.First().Options.ForceLoad.ShouldBeTrue();
        address.Uri.ShouldEndWith("/settings/audit");

        await Browser.DisposeComponentsAsync();
        address.NavigateTo("/contacts");
        Become(Role.Viewer);
        address.History.First().Options.ForceLoad.ShouldBeFalse();
    }
}
