using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class TemplateBuilderTests(StaffApp app)
{
    [Fact]
    public async Task A_template_is_built_with_header_variables_and_buttons_approved_and_sent_to_the_phone()
    {
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.GotoAsync("/templates");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "New template" }).ClickAsync();
        await staff.Page.Locator("#template-name").FillAsync("pickup_ready");

        await staff.Page.Locator("#body-text").FillAsync("Hi {{1}}, you can pick up {{2}} at our shop today.");
        await staff.Page.Locator("#body-example-1").FillAsync("Asha");
        await staff.Page.Locator("#body-example-2").FillAsync("your kettle");
        await staff.Page.Locator("#footer-text").FillAsync("See you soon");
        await staff.Button("Add button").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Quick reply button" }).ClickAsync();
        await staff.Page.Locator("#button-0-text").FillAsync("On my way");
        await Expect(staff.Page.Locator(".template-bubble")).ToContainTextAsync("you can pick up");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        await staff.Button("Submit to WhatsApp").ClickAsync();
        await Expect(staff.Page.Locator(".template-card .chip").First).ToHaveTextAsync("Approved", new() { Timeout = 20_000 });

        await staff.Button("Send a test").ClickAsync();
        var test = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Send a test" });
        await test.GetByRole(AriaRole.Searchbox).FillAsync("an");
        await test.GetByRole(AriaRole.Listitem).First.GetByRole(AriaRole.Button).ClickAsync();
        await test.GetByLabel("Text: {{1}}", new() { Exact = true }).FillAsync("Asha");
        await test.GetByLabel("Text: {{2}}", new() { Exact = true }).FillAsync("a blue kettle");
        await test.GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();
        await test.GetByRole(AriaRole.Link, new() { Name = "Open the conversation" }).ClickAsync();
        await Expect(staff.Page.Locator(".bubble.ours").Last).ToContainTextAsync("you can pick up a blue kettle at our shop today");
    }
}
