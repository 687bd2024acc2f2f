using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class SignInTests(StaffApp app)
{
    [Fact]
    public async Task Staff_sign_in_and_out()
    {
        await using var staff = await app.OpenAsync(); // with a session of its own, since it ends
        await staff.SignInAsync("owner@demo.test", StaffApp.Password);
        await Expect(staff.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Riverside Trading");
        await staff.SignOutAsync();
        await staff.Page.GotoAsync("/contacts");
        await Expect(staff.Heading).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Sign_in_leads_back_to_the_page_that_was_asked_for()
    {
        await using var staff = await app.OpenAsync();
        await staff.Page.GotoAsync("/contacts?search=maria");
        await staff.Page.GetByLabel("E-mail").FillAsync("agent@demo.test");
        await staff.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(StaffApp.Password);
        await staff.Button("Sign in").ClickAsync();
        await staff.Page.WaitForURLAsync("**/contacts?search=maria");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_password_can_be_looked_at_and_who_forgot_it_is_told_the_way_back(ColorScheme scheme, int width)
    {
        await using var staff = await app.OpenAsync(width, 900, scheme);
        await staff.Page.GotoAsync("/account/sign-in");
        await Expect(staff.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("WaCr");
        var password = staff.Page.GetByLabel("Password", new() { Exact = true });
        await password.FillAsync("what-I-typed");
        await staff.Button("Show password").ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "text");
        await Expect(staff.Button("Show password")).ToHaveAttributeAsync("aria-pressed", "true");
        await staff.Button("Show password").ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "password");

        await staff.Page.GetByText("Forgot your password?").ClickAsync();
        await Expect(staff.Page.GetByText("Ask an owner or admin of your workspace")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Sign_in_never_leads_to_another_site(string returnUrl)
    {
        await using var staff = await app.OpenAsync();
        await staff.Page.GotoAsync("/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await staff.Page.GetByLabel("E-mail").FillAsync("agent@demo.test");
        await staff.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(StaffApp.Password);
        await staff.Button("Sign in").ClickAsync();
        await staff.Page.WaitForURLAsync(app.Address + "/");
    }

    [Fact]
    public async Task Wrong_passwords_lock_an_account_and_tell_nobody_whether_it_exists()
    {
        const string toStrangers = "Wrong e-mail or password. After five failed attempts an account is locked for 15 minutes.";
        await using var staff = await app.OpenAsync();
        var answer = staff.Page.GetByRole(AriaRole.Alert);
        await staff.SignInAsync("nobody@demo.test", "wrong-password");
        await Expect(answer).ToHaveTextAsync(toStrangers);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await staff.SignInAsync("admin@other.test", "wrong-password");
            await Expect(answer).ToHaveTextAsync(toStrangers);
        }

        await staff.SignInAsync("admin@other.test", StaffApp.Password);
        await Expect(answer).ToHaveTextAsync(toStrangers);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        var cookie = (await staff.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "wacr.session");
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteAttribute.Lax);
    }

    [Fact]
    public async Task People_of_several_workspaces_choose_one()
    {
        foreach (var tenant in new[] { "demo", "other" })
        {
            await using var scope = app.CreateScope();
            await scope.ServiceProvider.GetRequiredService<TenantService>().EnterAsync(tenant, ChangeOrigin.System, CancellationToken.None);
            var both = new CreateUser("both@demo.test", "Bo Both", Role.Agent, StaffApp.Password);
            (await scope.ServiceProvider.GetRequiredService<UserService>().CreateAsync(both, CancellationToken.None)).OrThrow();
        }

        await using var staff = await app.OpenAsync();
        await staff.SignInAsync("both@demo.test", StaffApp.Password);
        await Expect(staff.Heading).ToHaveTextAsync("Choose a workspace");
        await staff.Page.GotoAsync("/contacts");
        await Expect(staff.Heading).ToHaveTextAsync("Choose a workspace");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Café Aurora" }).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Café Aurora");

        await staff.OpenAccountMenuAsync();
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Switch workspace" }).ClickAsync();
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Riverside Trading" }).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Riverside Trading");
    }

    [Fact]
    public async Task A_person_who_left_the_workspace_is_out_at_the_next_page()
    {
        await using var scope = app.CreateScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>().EnterAsync("demo", ChangeOrigin.System, CancellationToken.None);
        var leaver = new CreateUser("leaver@demo.test", "Lee Leaver", Role.Agent, StaffApp.Password);
        var id = (await scope.ServiceProvider.GetRequiredService<UserService>().CreateAsync(leaver, CancellationToken.None)).OrThrow();
        await using var staff = await app.SignInAsync("leaver@demo.test");
        await staff.GotoAsync("/");
        await staff.Page.GotoAsync("about:blank"); // an open page would be told, and lead to the sign-in page itself

        (await scope.ServiceProvider.GetRequiredService<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                (await db.Memberships.SingleAsync(membership => membership.UserId == id)).IsActive = false;
                await db.SaveChangesAsync();
                return default(Done);
            },
            CancellationToken.None)).OrThrow();

        await staff.Page.GotoAsync("/contacts");
        await Expect(staff.Heading).ToHaveTextAsync("Sign in");
        await Expect(staff.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your session has ended");
        (await staff.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "wacr.session");
    }

    [Fact]
    public async Task The_set_up_page_is_gone_once_there_is_a_workspace()
    {
        await using var staff = await app.OpenAsync();
        staff.ExpectedFailure = "404";
        var answer = await staff.Page.GotoAsync("/setup");
        answer!.Status.ShouldBe(404);
        await Expect(staff.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
    }
}
