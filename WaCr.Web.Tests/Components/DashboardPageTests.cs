using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Dashboard;
using WaCr.Web.Components.Pages.Plan;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Tests.Components;

public sealed class DashboardPageTests : ComponentTest
{
    protected override void AddMore(IServiceCollection services) => services.AddSingleton(PriceFile.Read(
        "F", "source,A card\ndate,2020-01-01\ncurrency,EUR\ncountries,category,from,price\nGB,utility,2020-01-01,0.0182\n"));

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
    public async Task WhoWaits_StandsFirst_AndLimitsOnlyWhereTheyAreNear()
    {
        var contact = await Tenant.CreateContactAsync();
        await Tenant.AddConversationAsync(contact.Id, Time.GetUtcNow().AddHours(-3), waiting: true);
        var home = Browser.Render<DashboardPage>();
        home.WaitForElement(".attention li").TextContent.ShouldContain("1 customer waits for a reply");
        home.Find(".attention li").TextContent.ShouldContain("Longest: 3 h");
        home.Find(".attention li a").GetAttribute("href").ShouldBe("/conversations?box=waiting");
        home.Markup.ShouldNotContain("No limit");
        home.Find(".page-head .mud-button-filled-primary").GetAttribute("href").ShouldBe("/conversations");
    }

    [Fact]
    public async Task ALimitThatIsReached_IsToldOnce()
    {
        await Tenant.CreateContactAsync();
        await using (var db = Tenant.OpenDatabase())
        {
            await db.Plans.ExecuteUpdateAsync(set => set.SetProperty(plan => plan.ContactLimit, 1));
        }

        var home = Browser.Render<DashboardPage>();
        home.WaitForElement($"a[href='{Urls.Plan}']").TextContent.ShouldContain("Contacts");
        home.FindAll($"a[href='{Urls.Plan}']").Count.ShouldBe(1);
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
        plan.WaitForElement(".cost-head + .panel").TextContent.ShouldContain("No delivered messages in this month.");
    }

    [Fact]
    public async Task ThePlanPage_ShowsWhatMessagesCost_MonthByMonth()
    {
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-2);
        await using (var db = Tenant.OpenDatabase())
        {
            db.PricedMessages.Add(Priced(month, "utility", 100));
            db.PricedMessages.Add(Priced(month, "sky_writing", 2));
            db.PricedMessages.Add(Priced(month.AddDays(1), "service", 5, isBillable: false));
            await db.SaveChangesAsync();
        }

        var panel = Browser.Render<CostPanel>(set => set.Add(p => p.Month, month));

        panel.WaitForElement(".total").TextContent.Replace('\u00A0', ' ').ShouldContain("EUR 1.82");
        panel.Markup.ShouldContain("107 delivered messages, 5 of them free");
        panel.Markup.ShouldContain("2 messages are not in the sum");
        panel.FindAll("tbody tr")
            .Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Replace('\u00A0', ' '))))
            .ShouldBe(
            [
                "Disconnected number|107|5|EUR 1.82",
                "Utility|100|0|EUR 1.82", "Service|5|5|EUR 0.00", "sky_writing|2|0|No price",
                $"{month:ddd d MMM}|102|0|EUR 1.82", $"{month.AddDays(1):ddd d MMM}|5|5|EUR 0.00",
            ]);
        panel.FindAll(".months a").Select(link => link.GetAttribute("href")).ShouldBe(
            [$"/settings/plan?month={month.AddMonths(-1):yyyy-MM}", $"/settings/plan?month={month.AddMonths(1):yyyy-MM}"]);
    }

    [Fact]
    public async Task ThePlanPage_WithoutAnyPrice_DoesNotSayThatItCostsNothing()
    {
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-2);
        await using (var db = Tenant.OpenDatabase())
        {
            db.PricedMessages.Add(Priced(month, "sky_writing", 2));
            db.PricedMessages.Add(Priced(month, "service", 1, isBillable: false));
            await db.SaveChangesAsync();
        }

        var panel = Browser.Render<CostPanel>(set => set.Add(p => p.Month, month));

        panel.WaitForElement(".total strong").TextContent.ShouldBe("No price");
        panel.FindAll("tbody tr")[0].TextContent.ShouldContain("No price");
    }

    [Theory]
    [InlineData("0001-01")]
    [InlineData("0001-02")]
    [InlineData("9999-12")]
    [InlineData("2026-13")]
    public void ThePlanPage_AskedForAMonthThatHasNoCosts_ShowsTheCurrentOne(string month)
    {
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo($"/settings/plan?month={month}");

        var plan = Browser.Render<PlanPage>();

        plan.WaitForElement(".months strong").TextContent
            .ShouldBe(Tenant.Get<TimeProvider>().GetUtcNow().ToString("Y", CultureInfo.CurrentCulture));
    }

    [Fact]
    public void CostsOfTheFirstMonth_HaveNoneBefore()
    {
        var panel = Browser.Render<CostPanel>(set => set.Add(p => p.Month, CostQueries.Earliest));

        panel.WaitForElement(".months a").GetAttribute("href").ShouldBe(Urls.PlanOf(CostQueries.Earliest.AddMonths(1)));
    }

    private static PricedMessages Priced(DateOnly day, string category, int count, bool isBillable = true) =>
        new() { Day = day, ChannelId = 7, Category = category, Country = "GB", IsBillable = isBillable, Count = count };
}
