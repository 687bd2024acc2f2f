using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class CostTests(StaffApp app)
{
    /// <summary>The number's limit of people a day, and what a broadcast costs: before, after, and in the month.</summary>
    [Fact]
    public async Task An_owner_sees_the_limit_and_the_cost_before_a_broadcast_and_what_it_cost_afterwards()
    {
        await app.SayAsync("+12025550183", "Do tell me when it is sent");
        await using var staff = await app.SignInAsync("owner@demo.test");
        var page = staff.Page;
        await staff.GotoAsync("/settings/whatsapp");
        await Expect(page.Locator("section.checks[aria-busy=false]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Check (now|again)$") }).ClickAsync();
        await Expect(page.Locator("[data-fact=limit] dd")).ToContainTextAsync(new Regex("left of 2,000|left of 10,000"));

        await staff.OpenConversationAsync("Do tell me when it is sent");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the contact" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Complementary, new() { Name = "About this contact" });
        await panel.Locator("#panel-groups").FillAsync("Told when it is sent");
        await page.Keyboard.PressAsync("Enter");
        await Expect(panel.Locator(".group-chip", new() { HasText = "Told when it is sent" })).ToBeVisibleAsync();

        await staff.PlanBroadcastAsync("Told when it is sent", "1 contact");
        await Expect(page.Locator("[data-test=cost]")).ToContainTextAsync(new Regex("About EUR\\s0[.]0[0-9]+ if every message is delivered"));
        await Expect(page.GetByText(new Regex("Your WhatsApp limit is [0-9,]+ people a day; [0-9,]+ are left."))).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("It is sent");
        await staff.Button("Send to 1 person").ClickAsync();
        await Expect(page.Locator(".page-head .chip")).ToHaveTextAsync("Finished");
        await Expect(page.Locator(".about div", new() { HasText = "Cost so far" })).ToContainTextAsync("1 delivered");

        await staff.GotoAsync("/settings/plan");
        await Expect(CostBy("Number")).ToContainTextAsync("Riverside Trading");
        await Expect(CostBy("Category")).ToContainTextAsync("Utility");
        await Expect(CostBy("Day").Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("^Prices: \u2068Meta's EUR rate card"))).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        ILocator CostBy(string name) => page.GetByRole(AriaRole.Region, new() { Name = "Cost by " + name });
    }
}
