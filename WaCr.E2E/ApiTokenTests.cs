using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ApiTokenTests(StaffApp app)
{
    [Fact]
    public async Task An_admin_makes_copies_and_revokes_a_token()
    {
        await using var staff = await app.SignInAsync("admin@demo.test");
        await staff.GotoAsync("/settings/tokens");
        await staff.Button("New token").ClickAsync();
        await staff.Button("Create token").ClickAsync();
        await Expect(staff.Page.GetByText("Enter a name first")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText("Choose at least one scope")).ToBeVisibleAsync();

        await staff.Page.GetByLabel("Name").FillAsync("Web shop");
        await staff.Button("Read only").ClickAsync();
        await staff.Page.GetByLabel("contacts:write").CheckAsync();
        await staff.Button("Create token").ClickAsync();
        var secret = await staff.Page.Locator("#new-token").InnerTextAsync();
        await staff.Button("Copy token").ClickAsync();
        await Expect(staff.Button("Copied")).ToBeVisibleAsync();
        (await staff.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(secret);
        (await staff.Page.Locator("#new-token-curl").InnerTextAsync()).ShouldContain(secret);
        await Expect(staff.Row("Web shop")).ToContainTextAsync(secret[..8]);

        await staff.Button("Done").ClickAsync();
        await Expect(staff.Page.Locator("#new-token")).ToHaveCountAsync(0);
        (await staff.Page.ContentAsync()).ShouldNotContain(secret);

        await staff.Button("Revoke Web shop").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Revoke “Web shop”?");
        await staff.Button("Revoke token").ClickAsync();
        await Expect(staff.Row("Web shop")).ToContainTextAsync("Revoked");
    }
}
