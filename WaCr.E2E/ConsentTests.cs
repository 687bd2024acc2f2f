using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ConsentTests(StaffApp app)
{
    private const string Warning = "This contact wants no messages. Answer what they ask, and nothing else.";

    [Theory]
    [InlineData(1440, ColorScheme.Light, "+12025550161")]
    [InlineData(390, ColorScheme.Dark, "+12025550162")]
    public async Task Staff_allow_messages_again_to_somebody_who_said_stop_and_marketing_stays_off(
        int width, ColorScheme scheme, string phone)
    {
        await using var staff = await app.SignInAsync("agent@demo.test", width, 844, scheme);
        await app.SayAsync(phone, "STOP");
        await staff.OpenConversationAsync(phone[^4..]);
        // They may be answered, as long as the window is open, with a word of warning.
        await Expect(staff.Page.GetByText(Warning)).ToBeVisibleAsync();
        await staff.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("You get no more messages from us");
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(staff.Page.Locator(".bubble.ours").Last).ToContainTextAsync("You get no more messages from us");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Show the contact" }).ClickAsync();

        var panel = staff.Page.GetByRole(AriaRole.Complementary, new() { Name = "About this contact" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Change consent" }).ClickAsync();
        var dialog = staff.Page.GetByRole(AriaRole.Dialog);
        var save = dialog.GetByRole(AriaRole.Button, new() { Name = "Save consent" });
        await Expect(save).ToBeDisabledAsync();
        await staff.ChooseAsync(dialog.GetByLabel("Other messages: answers and notices").First, "Allowed");
        await Expect(save).ToBeDisabledAsync();
        await dialog.GetByLabel("How they said it").FillAsync("By phone");
        await dialog.GetByLabel("In their words").FillAsync("Do write to me, but no offers");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await save.ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(panel.GetByText("May be written to")).ToBeVisibleAsync();
        await Expect(panel.GetByText("Wants no marketing")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText(Warning)).ToHaveCountAsync(0);
        await Expect(staff.Page.GetByText("This contact wants no marketing. Answer them, but send no offers.")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Link, new() { Name = "Open full page" }).ClickAsync();
        var history = staff.Page.GetByRole(AriaRole.Region, new() { Name = "History" });
        await history.GetByRole(AriaRole.Button, new() { Name = "Consent" }).ClickAsync();
        await Expect(history.GetByText("Do write to me, but no offers")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_answers_a_broadcast_with_stop_gets_no_marketing_but_answers_until_they_agree_again()
    {
        const string phone = "+12025550197";
        await app.SayAsync(phone, "Tell me about your offers");
        await using var staff = await app.SignInAsync("owner@demo.test");
        var page = staff.Page;
        await staff.OpenConversationAsync("Tell me about your offers");
        await Expect(page.Locator(".bubble.theirs").Last).ToContainTextAsync("Tell me about your offers");
        var conversation = page.Url;
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the contact" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Complementary, new() { Name = "About this contact" });
        await panel.Locator("#panel-groups").FillAsync("Offers of the month");
        await page.Keyboard.PressAsync("Enter");
        await Expect(panel.Locator(".group-chip", new() { HasText = "Offers of the month" })).ToBeVisibleAsync();

        await staff.PlanBroadcastAsync("Offers of the month", "1 contact");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Offer of the month");
        await staff.Button("Send to 1 person").ClickAsync();
        await Expect(page.Locator(".page-head .chip")).ToHaveTextAsync("Finished");

        await app.SayAsync(phone, "STOP");
        await staff.GotoAsync(conversation);
        await Expect(page.GetByText("This contact wants no marketing. Answer them, but send no offers.")).ToBeVisibleAsync();
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync("Understood, no more offers");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".bubble.ours").Last).ToContainTextAsync("Understood, no more offers");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show the contact" }).ClickAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Change consent" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await staff.ChooseAsync(dialog.GetByLabel("Marketing: broadcasts and offers").First, "Agreed");
        await dialog.GetByLabel("How they said it").FillAsync("In the shop");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save consent" }).ClickAsync();
        await Expect(panel.GetByText("Agreed to marketing")).ToBeVisibleAsync();
        await Expect(page.GetByText("This contact wants no marketing. Answer them, but send no offers.")).ToHaveCountAsync(0);
    }
}
