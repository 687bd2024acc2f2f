using Microsoft.Playwright;

namespace WaCr.E2E;

/// <summary>Pictures of every page in both themes and widths, for a look at them: <c>bench/screenshots.sh</c>.</summary>
[Collection(StaffApp.Collection)]
public sealed class Screenshots(StaffApp app)
{
    [ScreenshotsFact]
    public async Task Take()
    {
        var folder = Environment.GetEnvironmentVariable(ScreenshotsFactAttribute.Variable)!;
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                var suffix = $"{width}-{scheme}".ToLowerInvariant();
                var stranger = await app.OpenAsync(width, height, scheme);
                await stranger.SignInAsync("nobody@demo.test", "wrong-password");
                await stranger.Page.GetByText("Wrong e-mail or password.").WaitForAsync();
                await stranger.Page.WaitForLoadStateAsync();
                await SaveAsync(stranger, "sign-in");

                var staff = await app.SignInAsync("owner@demo.test", width, height, scheme);
                foreach (var look in AppRoutes.Staff)
                {
                    await staff.GotoAsync(look.Path);
                    await SaveAsync(staff, look.Name);
                }

                foreach (var look in AppRoutes.Account)
                {
                    await staff.Page.GotoAsync(look.Path);
                    await SaveAsync(staff, look.Name);
                }

                var arabic = await app.SignInAsync("owner@demo.test", width, height, scheme, StaffApp.Arabic);
                foreach (var look in AppRoutes.Staff)
                {
                    await arabic.GotoAsync(look.Path);
                    await SaveAsync(arabic, look.Name + "-ar");
                }

                foreach (var look in AppRoutes.Account)
                {
                    await arabic.Page.GotoAsync(look.Path);
                    await SaveAsync(arabic, look.Name + "-ar");
                }

                await staff.GotoAsync("/");
                await staff.Button("Search").ClickAsync();
                await staff.Page.Locator("#global-search a").First.WaitForAsync();
                await SaveAsync(staff, "search");
                await staff.Page.Keyboard.PressAsync("Escape");

                await staff.GotoAsync("/contacts/2");
                await staff.Page.GetByLabel("First name").FillAsync("");
                await staff.Page.GetByLabel("E-mail").FillAsync("no address");
                await staff.Button("Save").ClickAsync();
                await staff.Page.GetByText("First name is required").WaitForAsync();
                await SaveAsync(staff, "contact-errors");
                await staff.Button("Discard").ClickAsync();
                await staff.OpenAccountMenuAsync();
                await SaveAsync(staff, "account-menu");

                await staff.GotoAsync("/settings/tokens");
                await staff.Button("New token").ClickAsync();
                await staff.Page.GetByLabel("Name").FillAsync("Screenshots");
                await staff.Button("Everything").ClickAsync();
                await SaveAsync(staff, "token-new");
                await staff.Button("Create token").ClickAsync();
                await staff.Page.Locator("#new-token").WaitForAsync();
                await SaveAsync(staff, "token-made");
                await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke Screenshots" }).First.ClickAsync();
                await staff.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
                await SaveAsync(staff, "token-revoke");
                await staff.Button("Revoke token").ClickAsync();

                Task SaveAsync(StaffPage page, string name) =>
                    page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{suffix}.png") });
            }
        }
    }
}

/// <summary>Skipped unless a folder for the pictures is named.</summary>
public sealed class ScreenshotsFactAttribute : FactAttribute
{
    public const string Variable = "WACR_SCREENSHOTS";

    public ScreenshotsFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Skip = $"Set {Variable} to a folder to take pictures";
        }
    }
}
