using Bunit;
using WaCr.Web.Components.Pages.Dashboard;
using WaCr.Web.Components.Pages.Plan;
using WaCr.Web.Domain;

namespace WaCr.Web.Tests.Components;

public sealed class HomePageTests : ComponentTest
{
    [Fact]
    public void AnEmptyWorkspace_IsOfferedFirstSteps()
    {
        var home = Browser.Render<DashboardPage>();
        home.WaitForElement(".steps a[href='/contacts/new']");
        home.FindAll(".figures").ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_LeadToTheContactsTheyCount()
    {
        await Tenant.CreateContactAsync();
        var home = Browser.Render<DashboardPage>();
        home.WaitForElement($".bars a[href='/contacts?status_id={Tenant.StatusId}']").TextContent.ShouldContain("1");
        home.Find(".bars a[href='/contacts?type=lead']").TextContent.ShouldContain("Lead");
        home.Find(".activity").TextContent.ShouldContain("Asha Patel");
        home.Find(".attention").TextContent.ShouldContain("1 unassigned contact");
    }

    [Fact]
    public async Task AViewer_IsToldOfNothingToDo()
    {
        await Tenant.CreateContactAsync();
        Become(Role.Viewer);
        var home = Browser.Render<DashboardPage>();
        home.WaitForElement(".figures");
        home.FindAll(".attention, a[href='/contacts/new']").ShouldBeEmpty();
    }

    [Fact]
    public async Task ThePlanPage_ShowsEachLimit()
    {
        await Tenant.CreateContactAsync();
        var plan = Browser.Render<PlanPage>();
        plan.WaitForElement(".plan-head").TextContent.ShouldContain("Business plan");
        plan.FindAll(".tile").Count.ShouldBe(4);
        plan.Find(".tile").TextContent.ShouldContain("No limit");
    }
}
