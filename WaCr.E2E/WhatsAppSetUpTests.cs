using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class WhatsAppSetUpTests(StaffApp app)
{
    private const string Number = "106540352242922";

    [Fact]
    public async Task An_admin_puts_a_broken_connection_right_step_by_step()
    {
        using var sandbox = app.OpenSandbox();
        await using var staff = await app.SignInAsync("admin@demo.test", width: 390, height: 844);
        try
        {
            await SetAsync(sandbox, new { is_registered = false, pin = "123456", is_subscribed = false, fields = new[] { "messages" } });
            await staff.GotoAsync("/settings/whatsapp");
            await CheckAsync(staff);

            await Expect(Row(staff, "Registration", "Failed")).ToBeVisibleAsync();
            await staff.Page.GetByLabel("Six-digit PIN").FillAsync("654321");
            await staff.Button("Register the number").ClickAsync();
            await Expect(staff.Page.GetByText("This is not the number's PIN.")).ToBeVisibleAsync();
            await staff.Page.GetByLabel("Six-digit PIN").FillAsync("123456");
            await staff.Button("Register the number").ClickAsync();
            await Expect(Row(staff, "Registration", "Good")).ToBeVisibleAsync();

            await staff.Button("Subscribe the app").ClickAsync();
            await Expect(Row(staff, "Subscription", "Good")).ToBeVisibleAsync();
            await Expect(Row(staff, "Fields", "Warning")).ToContainTextAsync("account_update");
            await staff.Button("Subscribe to all of them").ClickAsync();
            await Expect(Row(staff, "Fields", "Good")).ToBeVisibleAsync();

            await sandbox.PostAsJsonAsync("customers/+12025550177/text", new { body = "Is anybody there?", phone_number_id = Number });
            await staff.GotoAsync("/conversations");
            await Expect(staff.Page.GetByText("Is anybody there?").First).ToBeVisibleAsync();
            await staff.GotoAsync("/settings/whatsapp");
            await CheckAsync(staff);
            await Expect(staff.Page.GetByText("Everything works.")).ToBeVisibleAsync();
            (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        }
        finally
        {
            await SetAsync(sandbox, new { is_registered = true, is_subscribed = true });
        }
    }

    [Fact]
    public async Task Trouble_with_a_number_is_told_at_once_and_ends()
    {
        using var sandbox = app.OpenSandbox();
        await using var admin = await app.SignInAsync("admin@demo.test");
        await using var desk = await app.SignInAsync("owner@demo.test");
        await desk.GotoAsync("/settings/whatsapp");
        await admin.GotoAsync("/sandbox");
        var banner = desk.Page.Locator(".banner", new() { HasText = "WhatsApp restricts what" });
        try
        {
            await HappensAsync("The account is restricted for a week");
            await Expect(banner).ToBeVisibleAsync();
            await Expect(banner).ToContainTextAsync("Until");
            await desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("notification", RegexOptions.IgnoreCase) }).First.ClickAsync();
            await Expect(desk.Page.Locator(".bell-list a", new() { HasText = "WhatsApp restricts what" }).First).ToBeVisibleAsync();
        }
        finally
        {
            await HappensAsync("The account is reinstated"); // other tests send from this number
        }

        await Expect(banner).ToHaveCountAsync(0);
        (await admin.SeriousIssuesAsync()).ShouldBeEmpty();

        async Task HappensAsync(string what)
        {
            await admin.ChooseAsync(admin.Page.GetByLabel("What happens at WhatsApp"), what);
            await admin.Button("Let it happen").ClickAsync();
        }
    }

    private static async Task CheckAsync(StaffPage staff)
    {
        await Expect(staff.Page.Locator("section.checks[aria-busy=false]")).ToBeVisibleAsync();
        await staff.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Check (now|again)$") }).ClickAsync();
        await Expect(staff.Page.Locator("section.checks[aria-busy=false] .check").First).ToBeVisibleAsync();
    }

    private static ILocator Row(StaffPage staff, string check, string state) => staff.Page.Locator($"[data-check={check}][data-state={state}]");

    private static async Task SetAsync(HttpClient sandbox, object state) =>
        (await sandbox.PostAsJsonAsync($"numbers/{Number}/state", state)).EnsureSuccessStatusCode();
}
