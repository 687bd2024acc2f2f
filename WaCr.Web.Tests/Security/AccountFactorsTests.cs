using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Security;

/// <summary>What opens an account: added by its owner alone, and gone when it should be.</summary>
public sealed partial class AccountFactorsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Password = StaffClient.Password;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task SessionAlone_TurnsNoSecondFactorOnOrOff()
    {
        var (_, email) = await PersonAsync();
        using var staff = await InAsync(email);

        (await staff.PostAsync("/account/two-factor", "begin")).Path.ShouldStartWith("/account/confirm");
        await staff.ConfirmAsync("wrong-password");
        (await staff.PostAsync("/account/two-factor", "begin")).Path.ShouldStartWith("/account/confirm");
        await staff.ConfirmAsync();
        Key().IsMatch((await staff.PostAsync("/account/two-factor", "begin")).Html).ShouldBeTrue();

        app.Time.Advance(UserSession.ConfirmationLifetime);
        (await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", "000000"))).Path.ShouldStartWith("/account/confirm");
    }

    [Fact]
    public async Task SecondFactorThatIsTurnedOnWhileTheAccountChanges_IsOnWithItsCodes_OrNotAtAll()
    {
        for (var round = 0; round < 4; round++)
        {
            var (id, email) = await PersonAsync();
            using var staff = await InAsync(email);
            await staff.ConfirmAsync();
            var key = Key().Match((await staff.PostAsync("/account/two-factor", "begin")).Html).Groups["key"].Value;
            var code = AuthenticatorApp.CodeOf(key.Replace(" ", "", StringComparison.Ordinal), 0);
            using var done = new CancellationTokenSource();
            var changing = Enumerable.Range(0, 3).Select(_ => Task.Run(() => SaveUntilAsync(id, done.Token))).ToList();

            var answer = await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", code));

            await done.CancelAsync();
            await Task.WhenAll(changing);
            await using var scope = app.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var user = (await users.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)))!;
            var isOn = answer.Text.Contains("sign-in is on", StringComparison.Ordinal);
            user.TwoFactorEnabled.ShouldBe(isOn);
            (isOn ? await users.CountRecoveryCodesAsync(user) : 10).ShouldBe(10);
        }
    }

    [Fact]
    public async Task SecondFactorThatWasDropped_LeavesNothingBehind()
    {
        var (id, email) = await PersonAsync();
        using var staff = await InAsync(email);
        var (key, code) = await TurnOnAsync(staff);
        (await TokensAsync(id)).Count.ShouldBe(3);

        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PasswordResets>().DropTwoFactorAsync(email, None).OrThrowAsync();
        }

        (await TokensAsync(id)).ShouldBeEmpty();
        (await staff.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");
        using var next = await InAsync(email);
        await next.ConfirmAsync();
        (await next.GetAsync("/account/two-factor")).Html.ShouldNotContain(key);
        (await next.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", code))).Text.ShouldNotContain("sign-in is on");
    }

    [Fact]
    public async Task NewPassword_RemovesThePasskeysThatNobodyNames_AndTellsThePerson()
    {
        var (tenant, email) = (await app.CreateTenantAsync(), $"{Guid.NewGuid():N}@example.org");
        var id = await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, Password), None)
            .OrThrowAsync();
        var (mine, theirs) = (await AddPasskeyAsync(id, "My phone"), await AddPasskeyAsync(id, "Theirs"));
        using var staff = await InAsync(email);

        (await staff.GetAsync("/account/profile")).Text.ShouldContain("My phone");
        var changed = await staff.PostAsync(
            "/account/profile", "password", ("Change.Current", Password), ("Change.Password", "another-password"), ("Change.Keep", mine));

        changed.Text.ShouldContain("Your password is changed");
        (await PasskeysAsync(id)).ShouldBe(["My phone"]);
        var link = $"/account/reset?code={await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(id, None).OrThrowAsync()}";
        using var lost = new StaffClient(app);
        (await lost.GetAsync(link)).Text.ShouldContain("My phone");
        await lost.PostAsync(link, "reset", ("Input.Password", "a-third-password"), ("Input.Keep", theirs));
        (await PasskeysAsync(id)).ShouldBeEmpty();

        await using var db = tenant.OpenDatabase();
        (await db.AccountNotices.Where(n => n.UserId == id).OrderBy(n => n.Id).Select(n => n.Change).ToListAsync())
            .ShouldBe([AuditAction.PasswordChanged, AuditAction.PasswordChanged]);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>()
            .Enter(tenant.Get<TenantContext>().Tenant, new CurrentActor(ActorKind.User, id, "Ravi Kumar", ChangeOrigin.App, []));
        var bell = scope.ServiceProvider.GetRequiredService<NotificationService>();
        (await bell.CountUnreadAsync(None)).OrThrow().ShouldBe(2);
        (await bell.ListAsync(None)).OrThrow().ShouldAllBe(item => item.Kind == NotificationKind.SignInChanged && !item.IsRead);
        (await bell.ReadAllAsync(None)).OrThrow();
        (await bell.CountUnreadAsync(None)).OrThrow().ShouldBe(0);
    }

    [Fact]
    public async Task HowSomebodyComesIn_AndWhatTheyTakeOut_IsInTheTrail()
    {
        var (tenant, email) = (await app.CreateTenantAsync(), $"{Guid.NewGuid():N}@example.org");
        var id = await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Owner, Password), None)
            .OrThrowAsync();
        using var staff = await InAsync(email);
        (await staff.GetAsync("/contacts/export?format=csv")).Status.ShouldBe(HttpStatusCode.OK);
        await TurnOnAsync(staff);
        await staff.PostAsync("/account/two-factor", "change", ("Input.Off", "true"), ("Input.Password", Password));
        await staff.PostAsync("/account/profile", "password", ("Change.Current", Password), ("Change.Password", "another-password"));
        await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(id, None).OrThrowAsync();
        await staff.PostToAsync("/account/profile", "/account/sign-out");
        using (var again = new StaffClient(app))
        {
            await again.SignInAsync(email, "another-password");
            await again.PostAsync("/account/sessions", "everywhere");
        }

        using var stranger = new StaffClient(app);
        for (var wrong = 0; wrong < PasswordGuard.MaxAttempts; wrong++)
        {
            await stranger.SignInAsync(email, "wrong-password");
        }

        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SecurityEvents>().WriteCountedAsync();
        await using var db = tenant.OpenDatabase();
        var trail = await db.AuditEntries.Where(entry => entry.Action >= AuditAction.SignedIn).ToListAsync();
        trail.Select(entry => entry.Action).Distinct().ShouldBe(
            [
                AuditAction.SignedIn, AuditAction.Exported, AuditAction.TwoFactorAdded, AuditAction.TwoFactorRemoved,
                AuditAction.PasswordChanged, AuditAction.PasswordLinkCreated, AuditAction.SignedOut, AuditAction.SessionsEnded,
                AuditAction.SignInRefused, AuditAction.LockedOut,
            ], ignoreOrder: true);
        trail.Where(entry => entry.Action != AuditAction.PasswordLinkCreated).ShouldAllBe(entry => entry.Address == "127.0.0.1");
    }

    [Fact]
    public async Task AccountThatAnInviterMade_JoinsAnotherWorkspaceWithNothingOfTheirs()
    {
        var (first, second) = (await app.CreateTenantAsync(), await app.CreateTenantAsync());
        var email = $"{Guid.NewGuid():N}@b.example";
        using var planter = new StaffClient(app);
        await planter.PostAsync(await InviteAsync(first, email), "join-new", ("Input.Name", "Ravi"), ("Input.Password", Password));
        var id = await IdOfAsync(email);
        await AddPasskeyAsync(id, "Planted");
        await TurnOnAsync(planter);
        var link = await InviteAsync(second, email);

        // Who has the link alone can't have the account; who has the account alone has no link.
        using var holder = new StaffClient(app);
        (await holder.GetAsync(link)).Text.ShouldContain("You already have an account");
        await holder.PostToAsync(
            "/account/sign-in", link, ("_handler", "join-new"), ("Input.Name", "X"), ("Input.Password", "another-password"));
        await holder.PostToAsync("/account/sign-in", link, ("_handler", "join"), ("Renewal.Password", "another-password"));
        (await holder.SignInAsync(email, "another-password")).Text.ShouldContain("Wrong e-mail or password");
        var asked = await planter.GetAsync(link);
        asked.Text.ShouldContain("choose a new password");
        (await planter.PostAsync(link, "join")).Path.ShouldStartWith("/account/join");
        (await planter.PostAsync(link, "join", ("Renewal.Password", Password))).Text.ShouldContain("used before");
        (await planter.PostAsync(link, "join", ("Renewal.Password", "only-mine-from-now"))).Path.ShouldNotStartWith("/account/join");

        (await PasskeysAsync(id)).ShouldBeEmpty();
        (await TokensAsync(id)).ShouldBeEmpty();
        using var old = new StaffClient(app);
        (await old.SignInAsync(email, Password)).Text.ShouldContain("Wrong e-mail or password");
        await using var db = second.OpenDatabase();
        (await db.Memberships.AnyAsync(membership => membership.UserId == id)).ShouldBeTrue();
        (await db.Users.SingleAsync(user => user.Id == id)).EmailConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task OperatorsLink_ForAnAccountThatNobodyProved_LeavesNothingOfWhoMadeIt()
    {
        var email = $"{Guid.NewGuid():N}@b.example";
        using var planter = new StaffClient(app);
        await planter.PostAsync(
            await InviteAsync(await app.CreateTenantAsync(), email), "join-new", ("Input.Name", "Ravi"), ("Input.Password", Password));
        var id = await IdOfAsync(email);
        var planted = await AddPasskeyAsync(id, "Planted");
        await TurnOnAsync(planter);
        await using var scope = app.Services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<PasswordResets>().CreateCodeAsync(email).OrThrowAsync();

        using var owner = new StaffClient(app);
        await owner.PostAsync($"/account/reset?code={code}", "reset", ("Input.Password", "only-mine-from-now"), ("Input.Keep", planted));

        (await PasskeysAsync(id)).ShouldBeEmpty();
        (await TokensAsync(id)).ShouldBeEmpty();
        (await planter.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");
        (await owner.SignInAsync(email, "only-mine-from-now")).Path.ShouldBe("/");
    }

    private async Task SaveUntilAsync(long id, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            await users.UpdateAsync((await users.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)))!);
        }
    }

    private async Task<(long Id, string Email)> PersonAsync()
    {
        var (tenant, email) = (await app.CreateTenantAsync(), $"{Guid.NewGuid():N}@example.org");
        return (
            await tenant.GetFresh<UserService>()
                .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, Password), None)
                .OrThrowAsync(),
            email);
    }

    private async Task<StaffClient> InAsync(string email)
    {
        var staff = new StaffClient(app);
        (await staff.SignInAsync(email, Password)).Path.ShouldBe("/");
        return staff;
    }

    private static async Task<(string Key, string Code)> TurnOnAsync(StaffClient staff)
    {
        await staff.ConfirmAsync();
        var shown = Key().Match((await staff.PostAsync("/account/two-factor", "begin")).Html).Groups["key"].Value;
        var code = AuthenticatorApp.CodeOf(shown.Replace(" ", "", StringComparison.Ordinal), 0);
        (await staff.PostAsync("/account/two-factor", "confirm", ("Confirm.Code", code))).Text.ShouldContain("sign-in is on");
        return (shown, code);
    }

    private static async Task<string> InviteAsync(TestTenant tenant, string email) =>
        $"/account/join?code={(await tenant.GetFresh<InvitationService>().CreateAsync(new InviteUser(email, Role.Agent), None).OrThrowAsync()).Secret}";

    private async Task<string> AddPasskeyAsync(long userId, string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByIdAsync(userId.ToString(CultureInfo.InvariantCulture)))!;
        var id = Guid.NewGuid().ToByteArray();
        var passkey = new UserPasskeyInfo(id, [1], app.Time.GetUtcNow(), 0, [], true, false, false, [], []) { Name = name };
        (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded.ShouldBeTrue();
        return System.Buffers.Text.Base64Url.EncodeToString(id);
    }

    private Task<List<string>> PasskeysAsync(long userId) => ReadAsync(async db =>
        (await db.UserPasskeys.Where(passkey => passkey.UserId == userId).ToListAsync()).ConvertAll(passkey => passkey.Data.Name ?? ""));

    private Task<List<string>> TokensAsync(long userId) =>
        ReadAsync(db => db.UserTokens.Where(token => token.UserId == userId).Select(token => token.Name).ToListAsync());

    private async Task<long> IdOfAsync(string email) =>
        (await ReadAsync(db => db.Users.Where(user => user.Email == email).Select(user => user.Id).ToListAsync())).Single();

    private async Task<List<T>> ReadAsync<T>(Func<AppDbContext, Task<List<T>>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await read(db);
    }

    [GeneratedRegex("<code id=\"key\"[^>]*>(?<key>[A-Z2-7 ]+)</code>")]
    private static partial Regex Key();
}
