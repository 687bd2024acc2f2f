using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Security;

/// <summary>A session is a row: what ends it ends every copy of its cookie.</summary>
public sealed class SessionTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task SigningOut_EndsEveryCopyOfTheCookie()
    {
        var (_, email) = await PersonAsync();
        using var staff = await InAsync(email);
        using var copy = new StaffClient(app);
        copy.Cookies.Add(staff.Cookies.GetCookies(app.Address));
        (await copy.GetAsync("/contacts")).Path.ShouldBe("/contacts");

        await staff.PostToAsync("/account/profile", "/account/sign-out");

        (await copy.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");
        copy.Cookies.GetCookies(app.Address).ShouldNotContain(cookie => cookie.Name == "wacr.session");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Session_EndsInTheEnd_HoweverMuchItIsUsed(bool remember)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, time);
        await using var scope = world.AnonymousScope();
        var tenant = await world.CreateTenantAsync();
        var id = await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser("asha@example.org", "Asha", Role.Agent, StaffClient.Password), None)
            .OrThrowAsync();
        var sessions = scope.ServiceProvider.GetRequiredService<SessionService>();
        var session = await sessions.StartAsync(id, remember, None);
        var stamp = (
            await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync("asha@example.org"))!.SecurityStamp!;
        var person = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, $"{id}"), new Claim(SessionClaims.Session, session.ToString("N")),
                new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, stamp),
            ],
            "test"));

        var lifetime = remember ? UserSession.RememberedLifetime : UserSession.Lifetime;
        for (var hours = 0; hours < 8; hours++)
        {
            (await sessions.IsCurrentAsync(person, None)).ShouldBeTrue();
            time.Advance(lifetime / 8);
        }

        (await sessions.IsCurrentAsync(person, None)).ShouldBeFalse();
        await scope.ServiceProvider.GetRequiredService<SessionSweeper>().SweepAsync(None);
        await using var db = tenant.OpenDatabase();
        (await db.UserSessions.AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Sessions_AreListed_AndEndOneByOneOrAll()
    {
        var (id, email) = await PersonAsync();
        using var here = await InAsync(email);
        using var laptop = await InAsync(email);
        using var phone = await InAsync(email);

        var listed = await here.GetAsync("/account/sessions");
        var other = (await SessionsAsync(id)).OrderBy(session => session.CreatedAt).Select(session => session.Id).ToList();
        other.Count.ShouldBe(3);
        listed.Text.ShouldContain("This one");
        using var stranger = await InAsync((await PersonAsync()).Email);
        await stranger.PostAsync("/account/sessions", "session", ("Id", other[0].ToString()));
        (await SessionsAsync(id)).Count.ShouldBe(3);

        var mine = listed.Html.Split("name=\"Id\" value=\"")[1][..36];
        await here.PostAsync("/account/sessions", "session", ("Id", mine));
        (await SessionsAsync(id)).ShouldNotContain(session => session.Id == Guid.Parse(mine));
        (await here.GetAsync("/contacts")).Path.ShouldBe("/contacts");
        var out1 = await here.PostAsync("/account/sessions", "everywhere");

        out1.Text.ShouldContain("You are signed out everywhere");
        foreach (var staff in new[] { here, laptop, phone })
        {
            (await staff.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");
        }

        (await SessionsAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeactivatedAndBackAgain_AreSignedOut_UnlessAnotherWorkspaceHasThem()
    {
        var (first, second) = (await app.CreateTenantAsync(), await app.CreateTenantAsync());
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = new CreateUser(email, "Ravi Kumar", Role.Agent, StaffClient.Password);
        var id = await first.GetFresh<UserService>().CreateAsync(person, None).OrThrowAsync();
        using var staff = await InAsync(email);

        await first.GetFresh<MembershipService>().DeactivateAsync(id, None).OrThrowAsync();
        await first.GetFresh<MembershipService>().ReactivateAsync(id, None).OrThrowAsync();
        (await staff.GetAsync("/contacts")).Path.ShouldStartWith("/account/sign-in");

        await second.GetFresh<UserService>().CreateAsync(person, None).OrThrowAsync();
        await staff.SignInAsync(email, StaffClient.Password);
        await first.GetFresh<MembershipService>().DeactivateAsync(id, None).OrThrowAsync();
        (await SessionsAsync(id)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("passkeys/options", HttpStatusCode.Unauthorized)]
    public async Task Passkey_IsNotBegunWithASessionAlone(string path, HttpStatusCode status)
    {
        using var staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Agent);

        using var before = await staff.PostFormAsync($"/account/{path}");
        using var confirmed = await staff.PostFormAsync("/account/confirm", ("_handler", "confirm"), ("Password", StaffClient.Password));
        using var after = await staff.PostFormAsync($"/account/{path}");

        before.StatusCode.ShouldBe(status);
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Passkey_IsNotAdded_NorRemoved_WithASessionAlone()
    {
        var (id, email) = await PersonAsync();
        using var staff = await InAsync(email);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var passkey = new UserPasskeyInfo([7], [1], app.Time.GetUtcNow(), 0, [], true, false, false, [], []) { Name = "Mine" };
            await users.AddOrUpdatePasskeyAsync((await users.FindByEmailAsync(email))!, passkey);
        }

        (await AddAsync()).Path.ShouldStartWith("/account/confirm");
        (await PostAsync(("_handler", "passkey-Bw"), ("Act", "remove"), ("Name", "Mine"))).Path.ShouldStartWith("/account/confirm");
        await staff.ConfirmAsync();
        (await AddAsync()).Text.ShouldContain("could not be added"); // it is looked at now
        app.Time.Advance(UserSession.ConfirmationLifetime);
        (await AddAsync()).Path.ShouldStartWith("/account/confirm");

        await using var db = await app.Services.CreateAsyncScope().ServiceProvider
            .GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        (await db.UserPasskeys.CountAsync(passkey => passkey.UserId == id)).ShouldBe(1);

        Task<StaffPage> AddAsync() => PostAsync(("_handler", "add"), ("Name", "Theirs"), ("Credential", "{}"));

        Task<StaffPage> PostAsync(params (string Name, string Value)[] fields) =>
            staff.PostToAsync("/account/profile", "/account/passkeys", fields);
    }

    private async Task<(long Id, string Email)> PersonAsync()
    {
        var (tenant, email) = (await app.CreateTenantAsync(), $"{Guid.NewGuid():N}@example.org");
        return (
            await tenant.GetFresh<UserService>()
                .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, StaffClient.Password), None)
                .OrThrowAsync(),
            email);
    }

    private async Task<StaffClient> InAsync(string email)
    {
        var staff = new StaffClient(app);
        (await staff.SignInAsync(email, StaffClient.Password)).Path.ShouldBe("/");
        return staff;
    }

    private async Task<List<UserSession>> SessionsAsync(long userId)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.UserSessions.AsNoTracking().Where(session => session.UserId == userId).ToListAsync();
    }
}
