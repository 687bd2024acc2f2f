using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Components.Account;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Components;

public sealed class WorkspaceCircuitTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_LetsInWhoBelongsAndNobodyElse(bool belongs)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var user = await tenant.Get<UserService>()
            .CreateAsync(new CreateUser("lee@example.com", "Lee", Role.Agent, "a-long-password"), default)
            .OrThrowAsync();
        await using (var db = tenant.OpenDatabase())
        {
            await db.Memberships.Where(membership => membership.UserId == user)
                .ExecuteUpdateAsync(set => set.SetProperty(membership => membership.IsActive, belongs));
        }

        await using var scope = world.AnonymousScope();
        var session = new ServerAuthenticationStateProvider();
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(SignedIn(user, tenant.Id))));

        await CircuitOf(scope.ServiceProvider, session).OnCircuitOpenedAsync(null!, default);

        scope.ServiceProvider.GetRequiredService<TenantContext>().IsSet.ShouldBe(belongs);
        (await session.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBe(belongs);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("suspended")]
    [InlineData("password")]
    public async Task Circuit_WhosePersonLosesAccess_EndsItsSessionByItself(string how)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, time);
        var tenant = await world.CreateTenantAsync();
        await using var scope = world.AnonymousScope();
        var (id, person) = await PersonAsync(tenant, scope.ServiceProvider);

        var asked = 0;
        var ended = new TaskCompletionSource<AuthenticationState>();
        using var session = SessionOf(
            scope.ServiceProvider,
            TimeSpan.FromMilliseconds(5),
            new CountingScopes(scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>(), () => Interlocked.Increment(ref asked)));
        session.AuthenticationStateChanged += async state =>
        {
            if (await state is { User.Identity.IsAuthenticated: false } gone)
            {
                ended.TrySetResult(gone);
            }
        };
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        SpinWait.SpinUntil(() => Volatile.Read(ref asked) > 2, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        ended.Task.IsCompleted.ShouldBeFalse();

        await using (var db = tenant.OpenDatabase())
        {
            _ = how switch
            {
                "deactivated" =>
                    await db.Memberships.Where(m => m.UserId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsActive, false)),
                "suspended" =>
                    await db.Tenants.Where(t => t.Id == tenant.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, TenantStatus.Suspended)),
                _ => await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another")),
            };
        }

        time.Advance(SessionCache.Lifetime);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        scope.ServiceProvider.GetRequiredService<TenantContext>().IsSet.ShouldBeFalse();
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("reset")]
    [InlineData("two-factor")]
    [InlineData("signed out")]
    public async Task Circuit_ToldThatItsPersonLostAccess_AnswersNothingFromThenOn(string how)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync("Sophia");
        await using var scope = world.AnonymousScope();
        var (id, person) = await PersonAsync(tenant, scope.ServiceProvider);
        var (circuit, contacts) = (
            scope.ServiceProvider.GetRequiredService<TenantContext>(), scope.ServiceProvider.GetRequiredService<ContactQueries>());
        using var session = SessionOf(scope.ServiceProvider, TimeSpan.FromHours(1));
        var ended = new TaskCompletionSource();
        session.AuthenticationStateChanged += async state =>
        {
            if (!((await state).User.Identity?.IsAuthenticated ?? false))
            {
                ended.TrySetResult();
            }
        };
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        var handler = CircuitOf(scope.ServiceProvider, session);
        await handler.OnCircuitOpenedAsync(null!, default);
        var heard = 0;
        var listen = handler.CreateInboundActivityHandler(_ => Task.FromResult(heard++));
        await listen(null!);
        (await contacts.ListAsync(new ContactQuery(), default)).OrThrow().Items.Count.ShouldBe(1);

        switch (how)
        {
            case "deactivated":
                await tenant.GetFresh<MembershipService>().DeactivateAsync(id, default).OrThrowAsync();
                break;
            case "reset":
                var code = await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(id, default).OrThrowAsync();
                await tenant.GetFresh<PasswordResets>().ResetAsync(code, "another-long-password", [], default).OrThrowAsync();
                break;
            case "signed out":
                await tenant.GetFresh<SessionService>().EndAsync(person, person.SessionId()!.Value, default);
                break;
            default:
                await tenant.GetFresh<MembershipService>().RequireTwoFactorAsync(true, default).OrThrowAsync();
                break;
        }

        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await listen(null!);
        heard.ShouldBe(1);
        circuit.IsSet.ShouldBeFalse();
        circuit.TenantId.ShouldBe(0);
        circuit.Actor.Permissions.ShouldBeEmpty();
        (await contacts.ListAsync(new ContactQuery(), default)).Error.ShouldBeOfType<ForbiddenError>();
        await using var db = scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        (await db.Contacts.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Circuit_WhosePersonGetsAnotherRole_MayWhatThatRoleMay_AndSaysSoOnce()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await using var scope = world.AnonymousScope();
        var (id, person) = await PersonAsync(tenant, scope.ServiceProvider);
        var circuit = scope.ServiceProvider.GetRequiredService<TenantContext>();
        using var session = SessionOf(scope.ServiceProvider, TimeSpan.FromHours(1));
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        await CircuitOf(scope.ServiceProvider, session).OnCircuitOpenedAsync(null!, default);
        circuit.Actor.May(Permissions.ContactsWrite).ShouldBeTrue();
        var told = new TaskCompletionSource<bool>();
        circuit.PermissionsChanged += (_, _) => told.SetResult(circuit.Actor.May(Permissions.ContactsWrite));

        await tenant.GetFresh<MembershipService>().ChangeRoleAsync(id, Role.Viewer, default).OrThrowAsync();

        (await told.Task.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeFalse();
        await scope.ServiceProvider.GetRequiredService<WorkspaceSession>().EnterAsync(person, default); // tells nobody again
    }

    [Fact]
    public async Task Scope_ThatWasLeft_IsNotEnteredAgain()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await using var scope = world.AnonymousScope();
        var (_, person) = await PersonAsync(tenant, scope.ServiceProvider);
        var session = scope.ServiceProvider.GetRequiredService<WorkspaceSession>();
        (await session.EnterAsync(person, default)).ShouldBe(WorkspaceEntry.Entered);

        scope.ServiceProvider.GetRequiredService<TenantContext>().Leave();

        (await session.EnterAsync(person, default)).ShouldBe(WorkspaceEntry.Refused);
        scope.ServiceProvider.GetRequiredService<TenantContext>().IsSet.ShouldBeFalse();
    }

    [Fact]
    public void Connection_OfAnEndedSession_IsCutAfterAMoment_AndNoOther()
    {
        var time = new FakeTimeProvider();
        var connections = new CircuitConnections(Options.Create(new OpenPageOptions()), time);
        var (hers, his, left) = (0, 0, 0);
        using var first = connections.TryOpen(SignedIn(1, 7), () => hers++);
        using var second = connections.TryOpen(SignedIn(2, 7), () => his++);
        connections.TryOpen(SignedIn(1, 7), () => left++)!.Dispose();

        connections.EndSoon(SignedIn(1, 7));
        hers.ShouldBe(0);
        time.Advance(CircuitConnections.Grace);

        SpinWait.SpinUntil(() => Volatile.Read(ref hers) == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        (his, left).ShouldBe((0, 0));
    }

    [Fact]
    public void Connections_AreBoundForAPersonAndInAll()
    {
        var connections = new CircuitConnections(
            Options.Create(new OpenPageOptions { MaxConnectionsPerUser = 2, MaxConnections = 3 }), TimeProvider.System);
        var first = connections.TryOpen(SignedIn(1, 7), () => { }).ShouldNotBeNull();
        connections.TryOpen(SignedIn(1, 7), () => { }).ShouldNotBeNull();
        connections.TryOpen(SignedIn(1, 7), () => { }).ShouldBeNull();
        var other = connections.TryOpen(SignedIn(2, 7), () => { }).ShouldNotBeNull();
        connections.TryOpen(SignedIn(3, 7), () => { }).ShouldBeNull();

        other.Dispose();
        other.Dispose();
        first.Dispose();

        connections.TryOpen(SignedIn(3, 7), () => { }).ShouldNotBeNull();
        connections.TryOpen(SignedIn(1, 7), () => { }).ShouldNotBeNull();
        connections.TryOpen(SignedIn(2, 7), () => { }).ShouldBeNull();
    }

    private static async Task<(long Id, ClaimsPrincipal Person)> PersonAsync(TestTenant tenant, IServiceProvider services)
    {
        var id = await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser("lee@example.com", "Lee", Role.Agent, "a-long-password"), default)
            .OrThrowAsync();
        var user = (await services.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync("lee@example.com"))!;
        var person = await services.GetRequiredService<IUserClaimsPrincipalFactory<AppUser>>().CreateAsync(user);
        var session = await services.GetRequiredService<SessionService>().StartAsync(id, remember: false, default);
        ((ClaimsIdentity)person.Identity!).AddClaims(
            [
                new Claim(SessionClaims.TenantId, tenant.Id.ToString(CultureInfo.InvariantCulture)),
                new Claim(SessionClaims.Session, session.ToString("N"))
            ]);
        return (id, person);
    }

    private static WorkspaceCircuit CircuitOf(IServiceProvider services, AuthenticationStateProvider session) =>
        new(session, services.GetRequiredService<WorkspaceSession>(), services.GetRequiredService<TenantContext>());

    private static SessionRevalidation SessionOf(IServiceProvider services, TimeSpan interval, IServiceScopeFactory? scopes = null) => new(
        NullLoggerFactory.Instance, scopes
            ?? services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<WorkspaceSession>(),
        services.GetRequiredService<TenantContext>(), services.GetRequiredService<ChangeFeed>(),
        new CircuitConnections(Options.Create(new OpenPageOptions()), TimeProvider.System))
    { Interval = interval };

    /// <summary>Each question opens a scope, so scopes are what to count.</summary>
    private sealed class CountingScopes(IServiceScopeFactory inner, Action opened) : IServiceScopeFactory
    {
        public IServiceScope CreateScope()
        {
            opened();
            return inner.CreateScope();
        }
    }

    private static ClaimsPrincipal SignedIn(long user, long tenant) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.ToString(CultureInfo.InvariantCulture)),
            new Claim(SessionClaims.TenantId, tenant.ToString(CultureInfo.InvariantCulture)),
        ],
        "test"));
}
