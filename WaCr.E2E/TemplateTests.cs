using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class TemplateTests(StaffApp app)
{
    [Fact]
    public async Task A_template_is_found_in_the_table_and_tried_on_a_contact_whose_thread_then_has_it()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/templates");
        await staff.Button("Table").ClickAsync();
        await Expect(staff.Page).ToHaveURLAsync(new Regex("[?&]view=table"));
        await staff.ChooseAsync(staff.Page.GetByRole(AriaRole.Combobox, new() { Name = "Header" }), "Text");
        await Expect(staff.Page.GetByRole(AriaRole.Cell, new() { Name = "No header" })).ToHaveCountAsync(0);
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "order_update" }).ClickAsync();

        await staff.Button("Send a test").ClickAsync();
        var test = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Send a test" });
        await test.GetByRole(AriaRole.Searchbox).FillAsync("an");
        await test.GetByRole(AriaRole.Listitem).First.GetByRole(AriaRole.Button).ClickAsync();
        await test.GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();
        await Expect(test.GetByText("Enter a value").First).ToBeVisibleAsync();
        await test.GetByLabel("Header text: {{1}}", new() { Exact = true }).FillAsync("4711");
        await test.GetByLabel("Text: {{2}}", new() { Exact = true }).FillAsync("a blue kettle");
        await test.GetByLabel("link ending", new() { Exact = false }).First.FillAsync("4711");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await test.GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();
        await test.GetByRole(AriaRole.Link, new() { Name = "Open the conversation" }).ClickAsync();
        await Expect(staff.Page.Locator(".bubble.ours").Last).ToContainTextAsync("your order of a blue kettle is on its way");
    }
}
