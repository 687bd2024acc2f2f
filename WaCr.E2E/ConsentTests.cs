using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ConsentTests(StaffApp app)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 60_000 };

    [Theory]
    [InlineData(1440, ColorScheme.Light, "+12025550161")]
    [InlineData(390, ColorScheme.Dark, "+12025550162")]
    public async Task Staff_opt_somebody_in_again_who_said_stop(int width, ColorScheme scheme, string phone)
    {
        await using var staff = await app.SignInAsync("agent@demo.test", width, 844, scheme);
        using var customer = app.OpenSandbox();
        using var said = await customer.PostAsJsonAsync(new Uri($"customers/{phone}/text", UriKind.Relative), new { body = "STOP" });
        said.EnsureSuccessStatusCode();
        await staff.GotoAsync("/conversations");
        await staff.Page.Locator(".inbox-row", new() { HasText = phone[^4..] }).First.ClickAsync(new() { Timeout = 60_000 });
        await Expect(staff.Page.GetByText("This contact has opted out.")).ToBeVisibleAsync(Patiently);
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Show the contact" }).ClickAsync();

        var panel = staff.Page.GetByRole(AriaRole.Complementary, new() { Name = "About this contact" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Opt in again" }).ClickAsync();
        var dialog = staff.Page.GetByRole(AriaRole.Dialog);
        var sure = dialog.GetByRole(AriaRole.Button, new() { Name = "Opt in again" });
        await Expect(sure).ToBeDisabledAsync();
        await dialog.GetByLabel("How they agreed").FillAsync("By phone");
        await dialog.GetByLabel("In their words").FillAsync("I would like the offers again");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await sure.ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(panel.GetByText("Opted out of messages")).ToHaveCountAsync(0);
        await Expect(staff.Page.GetByText("This contact has opted out.")).ToHaveCountAsync(0);
        await panel.GetByRole(AriaRole.Link, new() { Name = "Open full page" }).ClickAsync();
        var history = staff.Page.GetByRole(AriaRole.Region, new() { Name = "History" });
        await history.GetByRole(AriaRole.Button, new() { Name = "Consent" }).ClickAsync();
        await Expect(history.GetByText("I would like the offers again")).ToBeVisibleAsync(Patiently);
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await Expect(staff.Button("Opt in again")).ToHaveCountAsync(0);
    }
}
