using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Domain;
using WaCr.Web.Features.Lookups;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class WebhookTests(StaffApp app)
{
    private static readonly Uri Receiver = new("receivers/desk", UriKind.Relative);

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task An_admin_makes_a_webhook_sees_its_receiver_fail_and_sends_again_what_failed(int width, ColorScheme scheme)
    {
        using var controls = app.OpenSandbox();
        await using var staff = await app.SignInAsync("admin@other.test", width, 844, scheme);
        var page = staff.Page;
        await staff.GotoAsync("/settings/webhooks");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Create your first webhook|New webhook)$") }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Address").FillAsync($"{app.Address}/sandbox/receivers/desk");
        await dialog.GetByLabel("What it is for").FillAsync($"Desk {width}");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Groups", Exact = true }).CheckAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();

        // The secret is shown once; the receiver that has it says that what comes is signed.
        var secret = await page.Locator("#hook-secret").InnerTextAsync();
        secret.ShouldStartWith("whsec_");
        await SetAsync(controls, new { secret, status = 410, answer = "Nobody is here" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).ClickAsync();
        await Expect(page.Locator("#hook-secret")).ToHaveCountAsync(0);
        await page.Locator("tr", new() { HasText = $"Desk {width}" }).GetByRole(AriaRole.Link).ClickAsync();
        await staff.Button("Send a test").ClickAsync();
        await Expect(page.GetByText("Answer: 410 after")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nobody is here")).ToBeVisibleAsync();
        (await NewestAsync(controls))["signature_is_valid"]!.GetValue<bool>().ShouldBeTrue();

        await app.InWorkspaceAsync("other", services => services.GetRequiredService<LookupService<Group>>()
            .CreateAsync(new LookupPatch { Name = $"Told at {width}" }, CancellationToken.None));
        await ReloadUntilAsync(page, "Failed");
        await page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(page.GetByText("Disabled: the receiver is gone")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        await SetAsync(controls, new { status = 200, answer = "Thanks" });
        await staff.Button("Make active").ClickAsync();
        await Expect(page.Locator(".hook .chip")).ToHaveTextAsync("Active");
        await staff.Button("Resend all failed").ClickAsync();
        await Expect(page.GetByText("1 delivery is sent again").First).ToBeVisibleAsync();
        await ReloadUntilAsync(page, "Delivered");
        await staff.Button("Look at group.created").First.ClickAsync();
        await Expect(dialog).ToContainTextAsync("Answer: 410 after");
        await Expect(dialog).ToContainTextAsync("Thanks");
        await Expect(dialog).ToContainTextAsync($"\"name\": \"Told at {width}\"");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var first = (string)(await NewestAsync(controls))["webhook_id"]!;

        await staff.Button("Send again: group.created").First.ClickAsync();
        await Expect(page.GetByText("It is sent again").First).ToBeVisibleAsync();
        await ReloadUntilAsync(page, "Delivered");
        ((string)(await NewestAsync(controls))["webhook_id"]!).ShouldBe(first);
        await staff.Button("Delete").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete webhook" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/webhooks");
    }

    // As somebody does who waits for an answer: the list is read anew until the first row has this state.
    private static Task<IJSHandle> ReloadUntilAsync(IPage page, string state) => page.WaitForFunctionAsync(
        """
        state => {
            [...document.querySelectorAll('.deliveries-head button')].find(button => button.innerText.trim() === 'Reload')?.click();
            return document.querySelector('td[data-label="State"] .chip')?.innerText.trim() === state;
        }
        """,
        state, new() { PollingInterval = 500 });

    private static async Task SetAsync(HttpClient controls, object settings)
    {
        using var set = await controls.PatchAsJsonAsync(Receiver, settings);
        set.EnsureSuccessStatusCode();
    }

    private static async Task<JsonNode> NewestAsync(HttpClient controls) =>
        (await controls.GetFromJsonAsync<JsonNode>(Receiver))!["received"]![0]!;
}
