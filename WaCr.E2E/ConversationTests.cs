using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ConversationTests(StaffApp app)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 60_000 };
    private static readonly LocatorAssertionsToContainTextOptions PatientlyText = new() { Timeout = 60_000 };

    [Fact]
    public async Task A_customer_writes_both_agents_see_it_live_one_answers_and_the_ticks_climb()
    {
        await using var first = await app.SignInAsync("agent@demo.test");
        await using var second = await app.SignInAsync("admin@demo.test");
        await first.GotoAsync("/conversations");
        await second.GotoAsync("/conversations");

        await WriteAsync("+12025550143", "Do you deliver on Sundays?");

        await Expect(first.Page.GetByText("Do you deliver on Sundays?")).ToBeVisibleAsync(Patiently);
        await Expect(second.Page.GetByText("Do you deliver on Sundays?")).ToBeVisibleAsync(Patiently);
        await first.Page.Locator(".inbox-row", new() { HasText = "Do you deliver on Sundays?" }).ClickAsync();
        await second.Page.Locator(".inbox-row", new() { HasText = "Do you deliver on Sundays?" }).ClickAsync();
        await Expect(second.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Do you deliver on Sundays?");
        await Expect(first.Page.Locator(".composer")).ToContainTextAsync("left to write freely");

        await first.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("Yes, *every* Sunday until six");
        await first.Page.Keyboard.PressAsync("Enter");

        await Expect(first.Page.Locator(".bubble.ours").Last).ToContainTextAsync("Yes, every Sunday until six", PatientlyText);
        await Expect(second.Page.Locator(".bubble.ours").Last).ToContainTextAsync("Yes, every Sunday until six", PatientlyText);
        await Expect(second.Page.Locator(".bubble.ours").Last.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("Delivered|Read") })).ToBeVisibleAsync(Patiently);
        await Expect(first.Page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("");
        (await first.SeriousIssuesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_being_written_survives_a_reload()
    {
        await WriteAsync("+12025550144", "Hello from a second customer");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/conversations");
        await staff.Page.Locator(".inbox-row", new() { HasText = "Hello from a second customer" }).ClickAsync(new() { Timeout = 60_000 });
        await staff.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("A long answer, not yet finished");
        await staff.Page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(staff.Page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("A long answer, not yet finished");
    }

    /// <summary>As the customer's phone, through the sandbox.</summary>
    private async Task WriteAsync(string phone, string text)
    {
        using var customer = new HttpClient();
        using var written = await customer.PostAsJsonAsync(new Uri($"{app.Address}/sandbox/control/customers/{phone}/text"), new { body = text });
        written.EnsureSuccessStatusCode();
    }
}
