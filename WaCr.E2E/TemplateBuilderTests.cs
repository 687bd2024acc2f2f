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

        await staff.ChooseAsync(staff.Page.Locator("#header-format"), "Text");
        await staff.Page.Locator("#header-text").FillAsync("Order {{1}}");
        await staff.Page.Locator("#header-example-1").FillAsync("4711");
        await staff.Page.Locator("#body-text").FillAsync("Hi {{1}}, you can pick up {{2}} at our shop today.");
        await staff.Page.Locator("#body-example-1").FillAsync("Asha");
        await staff.Page.Locator("#body-example-2").FillAsync("your kettle");
        await staff.Page.Locator("#footer-text").FillAsync("See you soon");
        await staff.Button("Add button").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Quick reply button" }).ClickAsync();
        await staff.Page.Locator("#button-0-text").FillAsync("On my way");
        await Expect(staff.Page.Locator(".template-bubble")).ToContainTextAsync("Order 4711");
        await Expect(staff.Page.Locator(".template-bubble")).ToContainTextAsync("Hi Asha, you can pick up your kettle");
        await Expect(staff.Page.Locator(".template-bubble")).ToContainTextAsync("On my way");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        // A reload loses nothing.
        await Expect(staff.Page.GetByText("Draft saved", new() { Exact = true })).ToBeVisibleAsync();
        await staff.GotoAsync(new Uri(staff.Page.Url).PathAndQuery);
        await Expect(staff.Page.Locator("#button-0-text")).ToHaveValueAsync("On my way");

        await staff.Button("Submit to WhatsApp").ClickAsync();
        await Expect(staff.Page.Locator(".template-card .chip").First).ToHaveTextAsync("Approved");

        await staff.Button("Send a test").ClickAsync();
        var test = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Send a test" });
        await test.GetByRole(AriaRole.Searchbox).FillAsync("an");
        await test.GetByRole(AriaRole.Listitem).First.GetByRole(AriaRole.Button).ClickAsync();
        var phone = await test.Locator(".test-to .quiet").InnerTextAsync();
        phone = string.Concat(phone.Where(letter => letter == '+' || char.IsAsciiDigit(letter)));
        await test.GetByLabel("Header text: {{1}}", new() { Exact = true }).FillAsync("4812");
        await test.GetByLabel("Text: {{1}}", new() { Exact = true }).FillAsync("Asha");
        await test.GetByLabel("Text: {{2}}", new() { Exact = true }).FillAsync("a blue kettle");
        await test.GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();
        await test.GetByRole(AriaRole.Link, new() { Name = "Open the conversation" }).ClickAsync();
        await Expect(staff.Page.Locator(".bubble.ours").Last).ToContainTextAsync("you can pick up a blue kettle at our shop today");

        await staff.GotoAsync("/sandbox?customer=" + Uri.EscapeDataString(phone));
        var bubble = staff.Page.GetByRole(AriaRole.Region, new() { Name = "The customer's phone" }).Locator(".bubble.theirs").Last;
        await Expect(bubble).ToContainTextAsync("Order 4812");
        await Expect(bubble).ToContainTextAsync("Hi Asha, you can pick up a blue kettle at our shop today");
        await Expect(bubble).ToContainTextAsync("See you soon");
        await Expect(staff.Page.GetByRole(AriaRole.Button, new() { Name = "On my way", Exact = true })).ToBeVisibleAsync();
    }
}
