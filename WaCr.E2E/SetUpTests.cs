using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Features.Tenants;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class SetUpTests(FreshApp app) : IClassFixture<FreshApp>
{
    [Fact]
    public async Task Who_runs_a_fresh_installation_sets_it_up_and_signs_in()
    {
        await using var owner = await app.OpenAsync();
        await owner.Page.GotoAsync("/contacts");
        await Expect(owner.Heading).ToHaveTextAsync("Set up your workspace");
        (await owner.SeriousIssuesAsync()).ShouldBeEmpty();

        await FillAsync(owner, "AAAA-BBBB-CCCC");
        await Expect(owner.Page.GetByText("This doesn't match the code in the server's log")).ToBeVisibleAsync();
        string code;
        await using (var scope = app.CreateScope())
        {
            code = scope.ServiceProvider.GetRequiredService<SetUpCode>().Shown;
        }

        await FillAsync(owner, code);
        await Expect(owner.Heading).ToHaveTextAsync("Sign in");
        await owner.SignInAsync("owner@acme.test", "correct-horse");
        await Expect(owner.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Acme Ltd");
        await owner.GotoAsync("/contacts");
        await Expect(owner.Page.GetByText("Your contacts will be here")).ToBeVisibleAsync();
        (await owner.SeriousIssuesAsync()).ShouldBeEmpty();

        owner.ExpectedFailure = "404";
        (await owner.Page.GotoAsync("/setup"))!.Status.ShouldBe(404);
    }

    private static async Task FillAsync(StaffPage owner, string code)
    {
        await owner.Page.GetByLabel("One-time code").FillAsync(code);
        await owner.Page.GetByLabel("Workspace name").FillAsync("Acme Ltd");
        await owner.Page.GetByLabel("Short name").FillAsync("acme");
        await owner.Page.GetByLabel("Country").SelectOptionAsync(new SelectOptionValue { Label = "India" });
        await owner.Page.GetByLabel("Time zone").SelectOptionAsync(new SelectOptionValue { Label = "Asia/Kolkata" });
        await owner.Page.GetByLabel("Your name").FillAsync("Asha Patel");
        await owner.Page.GetByLabel("Your e-mail").FillAsync("owner@acme.test");
        await owner.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("correct-horse");
        await owner.Button("Create the workspace").ClickAsync();
    }
}
