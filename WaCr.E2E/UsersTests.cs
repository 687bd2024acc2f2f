using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Domain;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class UsersTests(StaffApp app)
{
    [Fact]
    public async Task An_owner_invites_a_colleague_who_signs_in_with_limited_rights()
    {
        await using var owner = await app.SignInAsync("owner@demo.test");
        await owner.GotoAsync("/settings/people");
        await owner.Button("Invite").ClickAsync();
        await owner.Button("Create invite link").ClickAsync();
        await Expect(owner.Page.GetByText("Enter a valid e-mail address")).ToBeVisibleAsync();
        await owner.Page.GetByLabel("E-mail").FillAsync("nina@demo.test");
        await owner.Page.GetByLabel("Viewer").CheckAsync();
        await owner.Button("Create invite link").ClickAsync();
        var link = await owner.Page.Locator("#new-link").InnerTextAsync();
        await owner.Button("Copy link").ClickAsync();
        (await owner.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(link);
        await Expect(owner.Row("nina@demo.test")).ToBeVisibleAsync();
        await owner.Button("Done").ClickAsync();
        await Expect(owner.Page.Locator("#new-link")).ToHaveCountAsync(0);

        await using var colleague = await app.OpenAsync();
        await colleague.Page.GotoAsync(link);
        (await colleague.SeriousIssuesAsync()).ShouldBeEmpty();
        await colleague.Page.GetByLabel("Your name").FillAsync("Nina Novak");
        await colleague.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("she-has-a-password");
        await colleague.Button("Join").ClickAsync();
        await colleague.Page.WaitForURLAsync(app.Address + "/");
        await colleague.LiveAsync();

        // She sees, and changes nothing.
        await Expect(colleague.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "People" })).ToHaveCountAsync(0);
        await colleague.GotoAsync("/contacts");
        await Expect(colleague.Rows.First).ToBeVisibleAsync();
        await Expect(colleague.Page.GetByRole(AriaRole.Link, new() { Name = "New contact" })).ToHaveCountAsync(0);
        await colleague.OpenFirstContactAsync();
        await Expect(colleague.Page.GetByText("First name", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(colleague.Page.GetByLabel("First name")).ToHaveCountAsync(0); // words, no field
        await Expect(colleague.Button("Save")).ToHaveCountAsync(0);
        foreach (var closed in new[] { "/settings/people", "/settings/tokens", "/contacts/new" })
        {
            await colleague.GotoAsync(closed);
            await Expect(colleague.Page.GetByText("Your role doesn't allow this")).ToBeVisibleAsync();
        }

        // The owner sees her, and gives her more.
        await owner.GotoAsync("/settings/people");
        await owner.ChooseAsync(owner.Page.GetByLabel("Role of Nina Novak"), "Agent");
        await Expect(owner.Page.GetByText("Nina Novak is now Agent")).ToBeVisibleAsync();
        await colleague.GotoAsync("/contacts/new");
        await Expect(colleague.Page.GetByLabel("First name")).ToBeEditableAsync();
    }

    /// <summary>Services go by the new role at once; what the page holds is its user's.</summary>
    [Fact]
    public async Task A_page_keeps_what_was_begun_when_its_persons_role_changes_and_is_loaded_anew_with_the_next_one()
    {
        await AddAsync("turns@demo.test", "Tess Turns");
        await app.SayAsync("+12025550186", "Who are you?");
        await using var staff = await app.SignInAsync("turns@demo.test", height: 600);
        await staff.OpenConversationAsync("Who are you?");
        await staff.Page.Locator(".composer textarea").FillAsync("Begun");
        await staff.Page.EvaluateAsync("window.isSamePage = true");

        await using var admin = await app.SignInAsync("admin@demo.test");
        await admin.GotoAsync("/settings/people");
        await admin.ChooseAsync(admin.Page.GetByLabel("Role of Tess Turns"), "Admin");

        await Expect(staff.Page.GetByText("Your role was changed.")).ToBeVisibleAsync();
        await Expect(staff.Page.Locator(".composer textarea")).ToHaveValueAsync("Begun");
        await Expect(staff.Page.Locator(".composer")).ToBeInViewportAsync(new() { Ratio = 1 });
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        (await staff.Page.EvaluateAsync<bool>("window.isSamePage === true")).ShouldBeTrue();

        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Home" }).First.ClickAsync();
        await Expect(staff.Heading).ToHaveTextAsync("Hello, Tess");
        await Expect(staff.Page.GetByText("Your role was changed.")).ToHaveCountAsync(0);
        await staff.Page.WaitForFunctionAsync("() => !window.isSamePage");
        await staff.LiveAsync();
        await admin.ChooseAsync(admin.Page.GetByLabel("Role of Tess Turns"), "Viewer");
        await Expect(staff.Page.GetByText("Your role was changed.")).ToBeVisibleAsync();
        await staff.Button("Reload").ClickAsync();
        await Expect(staff.Page.GetByText("Your role was changed.")).ToHaveCountAsync(0);
        await Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "New contact" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_deactivated_person_has_nothing_of_an_open_page_though_the_browser_will_not_leave_it()
    {
        await AddAsync("goes@demo.test", "Gus Goes");
        await using var staff = await app.SignInAsync("goes@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.Page.RouteAsync("**/account/**", route => route.AbortAsync("aborted"));

        await using var admin = await app.SignInAsync("admin@demo.test");
        await admin.GotoAsync("/settings/people");
        await admin.Button("Deactivate Gus Goes").ClickAsync();
        await admin.Button("Deactivate").ClickAsync();
        await Expect(admin.Row("Gus Goes")).ToContainTextAsync("Deactivated");

        await Expect(staff.Page.Locator(".shell")).ToHaveCountAsync(0);
        await Expect(staff.Page.Locator("body")).Not.ToContainTextAsync("Sophia");
        await staff.Page.UnrouteAllAsync();
        await staff.Page.GotoAsync("/contacts");
        await Expect(staff.Heading).ToHaveTextAsync("Sign in");
        await admin.Button("Reactivate Gus Goes").ClickAsync();
        await Expect(admin.Button("Deactivate Gus Goes")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_admin_has_no_power_over_owners()
    {
        await using var admin = await app.SignInAsync("admin@demo.test");
        await admin.GotoAsync("/settings/people");
        await Expect(admin.Row("Devika Rao")).ToContainTextAsync("Owner");
        await Expect(admin.Row("Devika Rao").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(admin.Row("Devika Rao").GetByRole(AriaRole.Combobox)).ToHaveCountAsync(0);
        await admin.Button("Invite").ClickAsync();
        await Expect(admin.Page.GetByLabel("Agent")).ToBeVisibleAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^Owner") })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_passkey_is_made_named_used_and_removed()
    {
        await AddAsync("keys@demo.test", "Kai Keys");
        await using var staff = await app.OpenAsync();
        var cdp = await staff.Page.Context.NewCDPSessionAsync(staff.Page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });

        // A passkey belongs to a name, never to an IP address.
        var site = app.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await staff.Page.GotoAsync(site + "/account/sign-in");
        await staff.Page.GetByLabel("E-mail").FillAsync("keys@demo.test");
        await staff.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(StaffApp.Password);
        await staff.Button("Sign in").ClickAsync();
        await staff.Page.WaitForURLAsync(site + "/");
        await staff.Page.GotoAsync(site + "/account/passkeys");
        await Expect(staff.Heading).ToHaveTextAsync("Confirm that it is you");
        await staff.Page.GetByLabel("Your password", new() { Exact = true }).FillAsync(StaffApp.Password);
        await staff.Button("Continue").ClickAsync();
        await staff.Page.GetByLabel("Name of the new passkey").FillAsync("My phone");
        await staff.Button("Add a passkey").ClickAsync();
        await staff.Button("Rename My phone").WaitForAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Old phone");
        await staff.Button("Rename My phone").ClickAsync();
        await staff.Button("Remove Old phone").WaitForAsync();

        await SignOutAsync();
        await staff.Button("Use a passkey").ClickAsync();
        await staff.Page.WaitForURLAsync(site + "/");
        await Expect(staff.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Riverside Trading");

        await staff.Page.GotoAsync(site + "/account/passkeys");
        await staff.Button("Use a passkey").ClickAsync(); // in place of the password
        await staff.Button("Remove Old phone").ClickAsync();
        await Expect(staff.Button("Remove Old phone")).ToHaveCountAsync(0);
        await SignOutAsync();
        await staff.Button("Use a passkey").ClickAsync();
        await Expect(staff.Page.GetByText("That passkey doesn't open an account here.")).ToBeVisibleAsync();

        async Task SignOutAsync()
        {
            await staff.Page.GotoAsync(site + "/");
            await staff.SignOutAsync();
        }
    }

    [Fact]
    public async Task Times_are_shown_in_the_zone_that_the_person_chose()
    {
        await AddAsync("zone@demo.test", "Zoe Zone");
        await using var staff = await app.SignInAsync("zone@demo.test");
        await staff.GotoAsync("/contacts/1");
        await Expect(staff.Page.Locator("time").First).ToHaveAttributeAsync("title", new Regex(@"\(Asia/Kolkata\)$"));
        await staff.OpenAccountMenuAsync();
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Your profile" }).ClickAsync();
        await staff.Page.GetByLabel("Time zone").SelectOptionAsync("Pacific/Kiritimati");
        await staff.Button("Save").ClickAsync();
        await Expect(staff.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await staff.GotoAsync("/contacts/1");
        await Expect(staff.Page.Locator("time").First).ToHaveAttributeAsync("title", new Regex(@"\(Pacific/Kiritimati\)$"));
    }

    private async Task AddAsync(string email, string name)
    {
        await using var scope = app.CreateScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>().EnterAsync("demo", ChangeOrigin.System, CancellationToken.None);
        (await scope.ServiceProvider.GetRequiredService<UserService>().CreateAsync(
            new CreateUser(email, name, Role.Agent, StaffApp.Password), CancellationToken.None)).OrThrow();
    }
}
