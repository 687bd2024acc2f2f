using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ConversationTests(StaffApp app)
{
    [Fact]
    public async Task A_customer_writes_both_agents_see_it_live_one_answers_and_the_ticks_climb()
    {
        await using var first = await app.SignInAsync("agent@demo.test");
        await using var second = await app.SignInAsync("admin@demo.test");
        await first.GotoAsync("/conversations");
        await second.GotoAsync("/conversations");

        await app.SayAsync("+12025550143", "Do you deliver on Sundays?");

        await Expect(first.Page.GetByText("Do you deliver on Sundays?")).ToBeVisibleAsync();
        await Expect(second.Page.GetByText("Do you deliver on Sundays?")).ToBeVisibleAsync();
        await first.Page.Locator(".inbox-row", new() { HasText = "Do you deliver on Sundays?" }).ClickAsync();
        await second.Page.Locator(".inbox-row", new() { HasText = "Do you deliver on Sundays?" }).ClickAsync();
        await Expect(second.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Do you deliver on Sundays?");
        await Expect(first.Page.Locator(".composer")).ToContainTextAsync("Reply window closes in");

        await first.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("Yes, *every* Sunday until six");
        await first.Page.Keyboard.PressAsync("Enter");

        await Expect(first.Page.Locator(".bubble.ours").Last).ToContainTextAsync("Yes, every Sunday until six");
        await Expect(second.Page.Locator(".bubble.ours").Last).ToContainTextAsync("Yes, every Sunday until six");
        await Expect(second.Page.Locator(".bubble.ours").Last.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("Delivered|Read") }))
            .ToBeVisibleAsync();
        await Expect(first.Page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("");
        (await first.SeriousIssuesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Waiting_customers_are_answered_by_keyboard_one_after_the_other()
    {
        await app.SayAsync("+12025550163", "Who is first?");
        await app.SayAsync("+12025550164", "Who is second?");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/conversations");
        await Expect(staff.Page.Locator(".inbox-row", new() { HasText = "Who is first?" })).ToBeVisibleAsync();
        await Expect(staff.Page.Locator(".inbox-row[data-next=unread]", new() { HasText = "Who is second?" })).ToBeVisibleAsync();

        // The page begins at its heading, from where the keys lead into the list.
        await Expect(staff.Heading).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("j");
        await Expect(staff.Page.Locator(".inbox-row").First).ToBeFocusedAsync();

        await staff.Page.Locator(".inbox-row", new() { HasText = "Who is first?" }).ClickAsync();
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await Expect(field).ToBeFocusedAsync();
        await Expect(staff.Page).ToHaveTitleAsync(new Regex(@"^\(\d+\+?\) Conversations"));

        await staff.Page.Keyboard.TypeAsync("You are");
        await staff.Page.Keyboard.PressAsync("Control+Enter");

        await Expect(staff.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Who is second?");
        await Expect(field).ToBeFocusedAsync();
        await Expect(staff.Page.Locator(".inbox-row", new() { HasText = "You are" }).Locator(".waits")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_comes_in_behind_another_tab_stays_unread_until_somebody_looks()
    {
        const string Behind = """
            isBehind => {
              Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => isBehind ? 'hidden' : 'visible' });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """;
        await app.SayAsync("+12025550173", "Does anybody look?");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/conversations");
        var row = staff.Page.Locator(".inbox-row", new() { HasText = "Does anybody look?" });
        await row.ClickAsync();
        await Expect(staff.Page.Locator(".inbox-row.open[data-next=unread]")).ToHaveCountAsync(0);
        await Expect(staff.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Does anybody look?");

        await staff.Page.EvaluateAsync(Behind, true);
        await app.SayAsync("+12025550173", "Nobody, then");
        await Expect(staff.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Nobody, then");
        await Expect(staff.Page.Locator(".inbox-row.open[data-next=unread]")).ToContainTextAsync("Nobody, then");

        await staff.Page.EvaluateAsync(Behind, false);
        await Expect(staff.Page.Locator(".inbox-row.open[data-next=unread]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_being_written_survives_a_reload()
    {
        await app.SayAsync("+12025550144", "Hello from a second customer");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.OpenConversationAsync("Hello from a second customer");
        await staff.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("A long answer, not yet finished");
        await staff.Page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(staff.Page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("A long answer, not yet finished");
    }

    /// <summary>All letters come before the server has answered the first Enter.</summary>
    [Fact]
    public async Task Who_types_on_after_sending_loses_no_letter()
    {
        await app.SayAsync("+12025550147", "Hello from a hasty customer");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.OpenConversationAsync("Hello from a hasty customer");
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await Expect(field).ToBeEditableAsync();
        await field.FocusAsync();
        await staff.Page.Keyboard.TypeAsync("We have it\nin blue\nand in gre");
        await Expect(staff.Page.Locator(".bubble.ours .text")).ToHaveTextAsync(["We have it", "in blue"]);
        await Expect(field).ToHaveValueAsync("and in gre");
        await staff.Page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(field).ToHaveValueAsync("and in gre");
    }

    [Fact]
    public async Task The_contact_is_changed_beside_the_thread_and_a_colleague_sees_it()
    {
        await app.SayAsync("+12025550148", "Hello from a third customer");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await using var colleague = await app.SignInAsync("admin@demo.test");
        await staff.OpenConversationAsync("Hello from a third customer");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Show the contact" }).ClickAsync();
        var panel = staff.Page.GetByRole(AriaRole.Complementary, new() { Name = "About this contact" });
        await panel.GetByRole(AriaRole.Combobox, new() { Name = "Add a group" }).FillAsync("Third customers");
        await panel.GetByRole(AriaRole.Combobox, new() { Name = "Add a group" }).PressAsync("Enter");
        await Expect(panel.Locator(".group-chip")).ToHaveTextAsync("Third customers");
        await colleague.GotoAsync(new Uri(staff.Page.Url).PathAndQuery);
        await Expect(colleague.Page.Locator(".contact-panel .group-chip")).ToHaveTextAsync("Third customers");

        await panel.GetByRole(AriaRole.Button, new() { Name = "Edit contact" }).ClickAsync();
        var drawer = staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Edit contact" });
        await drawer.GetByLabel("First name").FillAsync("Third");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(drawer).ToHaveCountAsync(0);
        await Expect(staff.Page.Locator(".thread-head .who strong")).ToContainTextAsync("Third");
        await Expect(colleague.Page.Locator(".thread-head .who strong")).ToContainTextAsync("Third");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Hide the contact" }).ClickAsync();
        await Expect(panel).ToHaveCountAsync(0);
    }
}
