using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WaCr.Web.Components.Account;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;
using WaCr.Web.Tests.Support;

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
        var user = await tenant.Get<UserService>().CreateAsync(new CreateUser("lee@example.com", "Lee", Role.Agent, "a-long-password"), default).OrThrowAsync();
        await using (var db = tenant.OpenDatabase())
        {
            await db.Memberships.Where(membership => membership.UserId == user)
                .ExecuteUpdateAsync(set => set.SetProperty(membership => membership.IsActive, belongs));
        }

        await using var scope = world.StrangerScope();
        var session = new ServerAuthenticationStateProvider();
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(SignedIn(user, tenant.Id))));

        await new WorkspaceCircuit(session, scope.ServiceProvider.GetRequiredService<WorkspaceDoor>()).OnCircuitOpenedAsync(null!, default);

        scope.ServiceProvider.GetRequiredService<TenantContext>().IsSet.ShouldBe(belongs);
        (await session.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBe(belongs);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("suspended")]
    [InlineData("password")]
    public async Task Circuit_WhosePersonLosesAccess_EndsItsSessionByItself(string how)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var id = await tenant.Get<UserService>().CreateAsync(new CreateUser("lee@example.com", "Lee", Role.Agent, "a-long-password"), default).OrThrowAsync();
        await using var scope = world.StrangerScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByEmailAsync("lee@example.com"))!;
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<AppUser>>().CreateAsync(user);
        ((ClaimsIdentity)person.Identity!).AddClaim(new Claim(SessionClaims.TenantId, tenant.Id.ToString(CultureInfo.InvariantCulture)));

        var asked = 0;
        var ended = new TaskCompletionSource<AuthenticationState>();
        using var session = new SessionRevalidation(
            NullLoggerFactory.Instance, new CountingScopes(scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>(), () => Interlocked.Increment(ref asked)),
            scope.ServiceProvider.GetRequiredService<WorkspaceDoor>())
        { Interval = TimeSpan.FromMilliseconds(5) };
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
                "deactivated" => await db.Memberships.Where(m => m.UserId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsActive, false)),
                "suspended" => await db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, TenantStatus.Suspended)),
                _ => await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another")),
            };
        }

        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

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
