using System.Text.RegularExpressions;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Components;

/// <summary>The pages about an account, as plain requests: signing in with a code, joining, a new password, the profile.</summary>
public sealed partial class AccountPagesTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Invitation_OpenedByANewPerson_LeadsIntoTheWorkspaceWithItsRightsAlone()
    {
        var tenant = await app.CreateTenantAsync();
        var invited = await tenant.GetFresh<InvitationService>()
            .CreateAsync(new InviteUser("viewer@new.example", Role.Viewer), None)
            .OrThrowAsync();
        using var staff = new StaffClient(app);
        var link = $"/account/join?code={invited.Secret}";

        (await staff.GetAsync(link)).Text.ShouldContain("You were invited as Viewer");
        var refused = await staff.PostAsync(link, "join-new", ("Input.Name", ""), ("Input.Password", "short"));
        var home = await staff.PostAsync(link, "join-new", ("Input.Name", "Vera"), ("Input.Password", StaffClient.Password));

        refused.Text.ShouldContain("Name is required");
        refused.Text.ShouldContain("At least 12 characters");
        home.Path.ShouldBe("/");
        (await staff.GetAsync("/contacts")).Text.ShouldNotContain("New contact");
        (await staff.GetAsync("/settings/people")).Text.ShouldContain("Your role doesn't allow this");
        (await staff.GetAsync(link)).Text.ShouldContain("This link no longer works");
    }

    [Fact]
    public async Task Invitation_OpenedByAMemberOfAnotherWorkspace_AddsThisOne()
    {
        var (first, second) = (await app.CreateTenantAsync(), await app.CreateTenantAsync());
        await AddAsync(first, "both@example.com");
        var invited = await second.GetFresh<InvitationService>()
            .CreateAsync(new InviteUser("both@example.com", Role.Agent), None)
            .OrThrowAsync();
        var link = $"/account/join?code={invited.Secret}";
        using var other = await StaffClient.SignInAsync(app, first, Role.Agent);
        using var staff = new StaffClient(app);

        (await other.GetAsync(link)).Text.ShouldContain("Sign out first");
        (await staff.GetAsync(link)).Text.ShouldContain("You already have an account");
        await staff.SignInAsync("both@example.com", StaffClient.Password);
        var home = await staff.PostAsync(link, "join");

        home.Path.ShouldBe("/");
        home.Html.ShouldContain(await NameOfAsync(second));
    }

    [Fact]
    public async Task TwoFactor_OnceOn_AsksForACode_ThatWorksOnce()
    {
        var tenant = await app.CreateTenantAsync();
        await AddAsync(tenant, "careful@example.com");
        using var staff = new StaffClient(app);
        await staff.SignInAsync("careful@example.com", StaffClient.Password);
        var key = await BeginAsync(staff);
        (await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", "000000"))).Text.ShouldContain("Wrong code");
        var used = AuthenticatorApp.CodeOf(key, 0);
        var on = await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", used));
        var codes = RecoveryCode().Matches(on.Text).Select(code => code.Value).ToList();
        codes.Count.ShouldBe(10);
        (await staff.GetAsync("/contacts")).Path.ShouldBe("/contacts"); // the session that turned it on goes on

        using var next = new StaffClient(app);
        var half = await next.SignInAsync("careful@example.com", StaffClient.Password);
        half.Path.ShouldStartWith("/account/code");
        (await next.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");
        (await next.PostAsync("/account/code", "code", ("Code", used))).Text.ShouldContain("That code is wrong");
        (await next.PostAsync("/account/code", "code", ("Code", AuthenticatorApp.CodeOf(key, 1)))).Path.ShouldBe("/");

        using var lost = new StaffClient(app);
        await lost.SignInAsync("careful@example.com", StaffClient.Password);
        (await lost.PostAsync("/account/code", "code", ("Code", codes[0].ToLowerInvariant()))).Path.ShouldBe("/");
        using var again = new StaffClient(app);
        await again.SignInAsync("careful@example.com", StaffClient.Password);
        (await again.PostAsync("/account/code", "code", ("Code", codes[0]))).Text.ShouldContain("That code is wrong");
    }

    [Fact]
    public async Task TwoFactor_OnlyBegun_EndsNoOtherSession()
    {
        var tenant = await app.CreateTenantAsync();
        await AddAsync(tenant, "curious@example.com");
        using var staff = new StaffClient(app);
        await staff.SignInAsync("curious@example.com", StaffClient.Password);
        using var other = new StaffClient(app);
        await other.SignInAsync("curious@example.com", StaffClient.Password);

        var key = await BeginAsync(staff);
        (await other.GetAsync("/contacts")).Path.ShouldBe("/contacts");

        await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", AuthenticatorApp.CodeOf(key, 0)));
        (await other.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task TwoFactor_WrongCodes_LockTheAccount()
    {
        var tenant = await app.CreateTenantAsync();
        await AddAsync(tenant, "locked@example.com");
        using var staff = new StaffClient(app);
        await staff.SignInAsync("locked@example.com", StaffClient.Password);
        var key = await BeginAsync(staff);
        await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", AuthenticatorApp.CodeOf(key, 0)));

        using var thief = new StaffClient(app);
        await thief.SignInAsync("locked@example.com", StaffClient.Password);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await thief.PostAsync("/account/code", "code", ("Code", "000000"));
        }

        (await thief.PostAsync("/account/code", "code", ("Code", AuthenticatorApp.CodeOf(key, 1))))
            .Text.ShouldContain("That code is wrong");
    }

    [Fact]
    public async Task TwoFactor_TurnedOff_AsksForThePassword()
    {
        var tenant = await app.CreateTenantAsync();
        await AddAsync(tenant, "off@example.com");
        using var staff = new StaffClient(app);
        await staff.SignInAsync("off@example.com", StaffClient.Password);
        await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", AuthenticatorApp.CodeOf(await BeginAsync(staff), 0)));

        app.Time.Advance(UserSession.ConfirmationLifetime);
        var refused = await staff.PostAsync("/account/two-factor", "change", ("Input.Off", "true"));
        var wrong = await staff.ConfirmAsync("not-my-password");
        await staff.ConfirmAsync();
        var off = await staff.PostAsync("/account/two-factor", "change", ("Input.Off", "true"));

        refused.Path.ShouldStartWith("/account/confirm");
        wrong.Text.ShouldContain("Wrong password");
        off.Text.ShouldContain("Set it up");
        using var next = new StaffClient(app);
        (await next.SignInAsync("off@example.com", StaffClient.Password)).Path.ShouldBe("/");
    }

    [Fact]
    public async Task TwoFactor_AskedOfEverybody_LeadsThereUntilItIsOn()
    {
        var tenant = await app.CreateTenantAsync();
        using var staff = await StaffClient.SignInAsync(app, tenant, Role.Agent);
        await tenant.GetFresh<MembershipService>().RequireTwoFactorAsync(true, None).OrThrowAsync();

        var led = await staff.GetAsync("/contacts");
        led.Path.ShouldBe("/account/confirm?returnUrl=%2Faccount%2Ftwo-factor%3Frequired%3Dtrue");
        await staff.ConfirmAsync();
        (await staff.GetAsync("/account/two-factor?required=true")).Text.ShouldContain("This workspace requires two-factor sign-in");
        await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", AuthenticatorApp.CodeOf(await BeginAsync(staff), 0)));

        (await staff.GetAsync("/contacts")).Path.ShouldBe("/contacts");
    }

    [Fact]
    public async Task Member_Deactivated_IsOutAtTheNextRequest_AndInAgainWhenReactivated()
    {
        var tenant = await app.CreateTenantAsync();
        var id = await AddAsync(tenant, "leaver@example.com");
        using var staff = new StaffClient(app);
        await staff.SignInAsync("leaver@example.com", StaffClient.Password);

        await tenant.GetFresh<MembershipService>().DeactivateAsync(id, None).OrThrowAsync();
        (await staff.GetAsync("/contacts")).Text.ShouldContain("Your session has ended");
        (await staff.SignInAsync("leaver@example.com", StaffClient.Password)).Text.ShouldContain("You don't belong to an active workspace");
        await tenant.GetFresh<MembershipService>().ReactivateAsync(id, None).OrThrowAsync();

        (await staff.SignInAsync("leaver@example.com", StaffClient.Password)).Path.ShouldBe("/");
    }

    [Fact]
    public async Task Password_Changed_EndsTheOtherSessionsAndKeepsThisOne()
    {
        var tenant = await app.CreateTenantAsync();
        await AddAsync(tenant, "changer@example.com");
        using var here = new StaffClient(app);
        using var elsewhere = new StaffClient(app);
        await here.SignInAsync("changer@example.com", StaffClient.Password);
        await elsewhere.SignInAsync("changer@example.com", StaffClient.Password);

        var refused = await here.PostAsync(
            "/account/profile", "password", ("Change.Current", "wrong-password"), ("Change.Password", "another-password"));
        var unchanged = await here.PostAsync(
            "/account/profile", "password", ("Change.Current", StaffClient.Password), ("Change.Password", StaffClient.Password));
        var changed = await here.PostAsync(
            "/account/profile", "password", ("Change.Current", StaffClient.Password), ("Change.Password", "another-password"));

        refused.Text.ShouldContain("Wrong password");
        unchanged.Text.ShouldContain("Choose a password you haven't used before");
        changed.Text.ShouldContain("Your password is changed");
        (await here.GetAsync("/contacts")).Path.ShouldBe("/contacts");
        var ended = await elsewhere.GetAsync("/contacts");
        ended.Status.ShouldBe(HttpStatusCode.OK);
        ended.Path.ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task PasswordLink_SetsANewPassword_AndTheSecondStepStays()
    {
        var tenant = await app.CreateTenantAsync();
        var id = await AddAsync(tenant, "forgot@example.com");
        using var before = new StaffClient(app);
        await before.SignInAsync("forgot@example.com", StaffClient.Password);
        await before.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", AuthenticatorApp.CodeOf(await BeginAsync(before), 0)));
        var link = $"/account/reset?code={(await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(id, None)).OrThrow()}";

        using var staff = new StaffClient(app);
        var saved = await staff.PostAsync(link, "reset", ("Input.Password", "another-password"));

        saved.Text.ShouldContain("Your new password is saved");
        (await staff.GetAsync(link)).Text.ShouldContain("This link no longer works");
        (await staff.SignInAsync("forgot@example.com", "another-password")).Path.ShouldStartWith("/account/code");
    }

    [Fact]
    public async Task Profile_Saved_IsKept_AndSpeaksTheLanguage()
    {
        var tenant = await app.CreateTenantAsync();
        using var staff = await StaffClient.SignInAsync(app, tenant, Role.Agent);

        var refused = await staff.PostAsync(
            "/account/profile", "profile", ("Input.Name", " "), ("Input.TimeZone", "Mars/Olympus"), ("Input.Language", ""));
        var saved = await staff.PostAsync(
            "/account/profile", "profile", ("Input.Name", "Rávi"), ("Input.TimeZone", "Pacific/Kiritimati"), ("Input.Language", "pt"));

        refused.Text.ShouldContain("Name is required");
        refused.Text.ShouldContain("Unknown time zone");
        saved.Text.ShouldContain("Salvo.");
        saved.Html.ShouldContain("value=\"R&#xE1;vi\"");
        (await tenant.GetFresh<MembershipService>().GetAsync(None)).OrThrow().Members.ShouldContain(member => member.Name == "Rávi");
    }

    [Fact]
    public async Task PasskeyOptions_AreGivenToFormsOfOurs_AndToNobodyElse()
    {
        using var stranger = new HttpClient { BaseAddress = app.Address };
        using var nothing = new FormUrlEncodedContent([]);

        (await stranger.PostAsync(new Uri("/account/sign-in/passkey", UriKind.Relative), nothing))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var staff = await StaffClient.SignInAsync(app, await app.CreateTenantAsync(), Role.Agent);
        (await staff.PostAsync("/account/passkeys", "add", ("Name", "Phone"), ("Credential", "{}")))
            .Path.ShouldStartWith("/account/confirm");
        await staff.ConfirmAsync();
        (await staff.PostAsync("/account/passkeys", "add", ("Name", "Phone"), ("Credential", "{}")))
            .Text.ShouldContain("This passkey could not be added");
        (await staff.PostAsync("/account/passkeys", "add", ("Name", "Phone"), ("Credential", "no json")))
            .Text.ShouldContain("This passkey could not be added");
    }

    private static async Task<long> AddAsync(TestTenant tenant, string email) =>
        await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, StaffClient.Password), None)
            .OrThrowAsync();

    private static async Task<string> NameOfAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return (await db.Tenants.FindAsync(tenant.Id))!.DisplayName;
    }

    private static async Task<string> BeginAsync(StaffClient staff)
    {
        await staff.ConfirmAsync();
        return Key().Match(
            (await staff.PostAsync("/account/two-factor", "begin")).Html).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
    }

    [GeneratedRegex("<code id=\"key\"[^>]*>(?<key>[A-Z2-7 ]+)</code>")]
    private static partial Regex Key();

    [GeneratedRegex("\\b[0-9A-Z]{5}-[0-9A-Z]{5}\\b")]
    private static partial Regex RecoveryCode();
}
