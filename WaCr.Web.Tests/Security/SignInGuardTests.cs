using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Security;

/// <summary>Guessing: what is counted, what is locked, for whom, and that nothing hangs on it.</summary>
public sealed class SignInGuardTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Password = "a-good-password";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Guesses_AtOnce_AreLookedAtNoMoreOftenThanInARow(DatabaseProvider engine)
    {
        var hasher = new CountingHasher();
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IPasswordHasher<AppUser>>(hasher));
        var tenant = await world.CreateTenantAsync();
        await AddAsync(tenant, "asha@example.org");
        hasher.Looked.Clear();

        var guesses = Enumerable.Range(0, 40).Select(index => Task.Run(() => CheckAsync(world, "asha@example.org", $"guess-{index}")));
        (await Task.WhenAll(guesses)).ShouldAllBe(verdict => verdict == PasswordVerdict.Wrong);

        hasher.Looked.Count(hash => hash == CountingHasher.HashOf(Password)).ShouldBe(PasswordGuard.MaxAttempts);
        (await CheckAsync(world, "asha@example.org", Password)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory, OnEachEngine]
    public async Task FiveWrong_LockForAWhile_AndARightOneForgives(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(
            engine, time, services => services.AddSingleton<IPasswordHasher<AppUser>>(new CountingHasher()));
        await AddAsync(await world.CreateTenantAsync(), "asha@example.org");

        for (var round = 0; round < 3; round++)
        {
            for (var wrong = 1; wrong < PasswordGuard.MaxAttempts; wrong++)
            {
                (await CheckAsync(world, "asha@example.org", "wrong")).ShouldBe(PasswordVerdict.Wrong);
            }

            (await CheckAsync(world, "asha@example.org", Password)).ShouldBe(PasswordVerdict.Right);
        }

        for (var wrong = 0; wrong < PasswordGuard.MaxAttempts; wrong++)
        {
            await CheckAsync(world, "asha@example.org", "wrong");
        }

        (await CheckAsync(world, "asha@example.org", Password)).ShouldBe(PasswordVerdict.Wrong);
        time.Advance(PasswordGuard.LockTime);
        (await CheckAsync(world, "asha@example.org", Password)).ShouldBe(PasswordVerdict.Right);
        (await CheckAsync(world, "nobody@example.org", Password)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory, OnEachEngine]
    public async Task Lock_IsInTheTrailOfEachWorkspaceOnce_WithTheAttemptThatReachesTheLimit(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IPasswordHasher<AppUser>>(new CountingHasher()));
        var (tenant, other) = (await world.CreateTenantAsync(), await world.CreateTenantAsync("other"));
        await AddAsync(tenant, "asha@example.org");
        await AddAsync(other, "asha@example.org");

        for (var wrong = 1; wrong < PasswordGuard.MaxAttempts; wrong++)
        {
            await CheckAsync(world, "asha@example.org", "wrong");
        }

        (await LocksAsync(tenant)).ShouldBe(0);
        await CheckAsync(world, "asha@example.org", "wrong");
        (await LocksAsync(tenant)).ShouldBe(1);
        await CheckAsync(world, "asha@example.org", "wrong");
        await using (var scope = world.AnonymousScope())
        {
            await scope.ServiceProvider.GetRequiredService<SecurityEvents>().WriteCountedAsync();
        }

        (await LocksAsync(tenant), await LocksAsync(other)).ShouldBe((1, 1));
        await using var db = tenant.OpenDatabase();
        (await db.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.SignInRefused)).Times
            .ShouldBe(PasswordGuard.MaxAttempts + 1);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task LastAttemptThatIsRight_LocksNobodyOut(bool hasSecondFactor)
    {
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddSingleton<IPasswordHasher<AppUser>>(new CountingHasher()));
        var tenant = await world.CreateTenantAsync();
        await AddAsync(tenant, "asha@example.org");
        await using (var scope = world.AnonymousScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            await users.SetTwoFactorEnabledAsync((await users.FindByEmailAsync("asha@example.org"))!, hasSecondFactor);
        }

        for (var wrong = 1; wrong < PasswordGuard.MaxAttempts; wrong++)
        {
            await CheckAsync(world, "asha@example.org", "wrong");
        }

        (await CheckAsync(world, "asha@example.org", Password)).ShouldBe(PasswordVerdict.Right);

        (await LocksAsync(tenant)).ShouldBe(0);
    }

    [Fact]
    public async Task RightPassword_WithASecondFactor_GivesNoNewTriesForTheCode()
    {
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddSingleton<IPasswordHasher<AppUser>>(new CountingHasher()));
        await AddAsync(await world.CreateTenantAsync(), "asha@example.org");
        await using var scope = world.AnonymousScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByEmailAsync("asha@example.org"))!;
        await users.SetTwoFactorEnabledAsync(user, true);

        var looked = 0;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (await CheckAsync(world, "asha@example.org", Password) == PasswordVerdict.Right)
            {
                await using var code = world.AnonymousScope();
                var guard = code.ServiceProvider.GetRequiredService<PasswordGuard>();
                looked += (await guard.TryCodeAsync(user, None)).IsAllowed ? 1 : 0;
            }
        }

        looked.ShouldBe(PasswordGuard.MaxAttempts);
    }

    [Fact]
    public async Task TwoSignInsAtOnce_Wrong_OrRightAfterATypo_LeaveWritingAsItWas()
    {
        var (tenant, api) = await app.NewTenantAsync();
        var email = await AddAsync(tenant);
        using var client = api;

        await Task.WhenAll(SignInAsync(email, "wrong-password"), SignInAsync(email, "wrong-password"));
        (await client.PostAsync("/groups", new { name = "after two wrong ones" })).Status.ShouldBe(HttpStatusCode.Created);
        var right = await Task.WhenAll(SignInAsync(email, Password), SignInAsync(email, Password));
        (await client.PostAsync("/groups", new { name = "after a double click" })).Status.ShouldBe(HttpStatusCode.Created);

        right.ShouldAllBe(page => page.Path == "/");
    }

    [Fact]
    public async Task Strangers_LockAnAccountForStrangers_AndNotForABrowserThatWasInBefore()
    {
        var email = await AddAsync(await app.CreateTenantAsync());
        using var known = new StaffClient(app);
        await known.SignInAsync(email, Password);
        await known.PostToAsync("/account/profile", "/account/sign-out");
        for (var wrong = 0; wrong < PasswordGuard.MaxAttempts; wrong++)
        {
            await SignInAsync(email, "wrong-password");
        }

        (await SignInAsync(email, Password)).Text.ShouldContain("Wrong e-mail or password");
        (await known.SignInAsync(email, Password)).Path.ShouldBe("/");

        // That browser is no way round the count either.
        var other = await AddAsync(await app.CreateTenantAsync());
        for (var wrong = 0; wrong < PasswordGuard.MaxAttempts; wrong++)
        {
            await known.PostToAsync("/account/profile", "/account/sign-out");
            await known.SignInAsync(other, "wrong-password");
        }

        (await known.SignInAsync(other, Password)).Text.ShouldContain("Wrong e-mail or password");
    }

    [Fact]
    public async Task OneAddress_TriesSoManyTimesAMinute()
    {
        var limited = new TestApp
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["SignIn:MaxAttemptsPerMinute"] = "3" },
        };
        await limited.InitializeAsync();
        using var stranger = new StaffClient(limited);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await stranger.SignInAsync($"nobody-{attempt}@example.org", Password)).Status.ShouldBe(HttpStatusCode.OK);
        }

        var refused = await stranger.SignInAsync("nobody@example.org", Password);
        limited.Time.Advance(TimeSpan.FromMinutes(1));

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Text.ShouldContain("Too many attempts");
        (await stranger.SignInAsync("nobody@example.org", Password)).Status.ShouldBe(HttpStatusCode.OK);
        await limited.DisposeAsync();
    }

    [Fact]
    public void OneSubscriber_IsOneAddress()
    {
        using var limits = new SignInLimits(Options.Create(new SignInLimitOptions { MaxAttemptsPerMinute = 2 }), new FakeTimeProvider());

        limits.TryAddress("2001:db8:1:2::1").ShouldBeTrue();
        limits.TryAddress("2001:db8:1:2:ffff::9").ShouldBeTrue();
        limits.TryAddress("2001:db8:1:2::3").ShouldBeFalse();
        limits.TryAddress("2001:db8:1:3::1").ShouldBeTrue();
        limits.TryAddress("203.0.113.7").ShouldBeTrue();
        limits.TryAddress("203.0.113.8").ShouldBeTrue();
    }

    [Fact]
    public async Task Hashing_IsBound_AndATurnIsGivenBack()
    {
        using var limits = new SignInLimits(Options.Create(new SignInLimitOptions { MaxHashesAtOnce = 1 }), TimeProvider.System);
        var first = (await limits.TryHashAsync(None)).ShouldNotBeNull();
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 50).Select(_ => limits.TryHashAsync(gone.Token)).ToList();

        (await limits.TryHashAsync(None)).ShouldBeNull();
        await gone.CancelAsync();
        foreach (var left in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => left);
        }

        first.Dispose();
        first.Dispose();
        (await limits.TryHashAsync(None)).ShouldNotBeNull().Dispose();
        (await limits.TryHashAsync(None)).ShouldNotBeNull().Dispose();
    }

    private static async Task<int> LocksAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.LockedOut);
    }

    private static async Task<PasswordVerdict> CheckAsync(TestWorld world, string email, string password)
    {
        await using var scope = world.AnonymousScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(email);
        return await scope.ServiceProvider.GetRequiredService<PasswordGuard>().CheckAsync(user, password, None);
    }

    private async Task<StaffPage> SignInAsync(string email, string password)
    {
        using var staff = new StaffClient(app);
        return await staff.SignInAsync(email, password);
    }

    private static async Task<string> AddAsync(TestTenant tenant, string? email = null)
    {
        email ??= $"{Guid.NewGuid():N}@example.org";
        await tenant.GetFresh<UserService>().CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, Password), None).OrThrowAsync();
        return email;
    }

    /// <summary>As quick as it is unsafe; says whose hashes were looked at.</summary>
    private sealed class CountingHasher : IPasswordHasher<AppUser>
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Looked { get; } = [];

        public static string HashOf(string password) => "hash of " + password;

        public string HashPassword(AppUser user, string password) => HashOf(password);

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Looked.Add(hashedPassword);
            return hashedPassword == HashOf(providedPassword) ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
        }
    }
}
