using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

    private static ClaimsPrincipal SignedIn(long user, long tenant) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.ToString(CultureInfo.InvariantCulture)),
            new Claim(SessionClaims.TenantId, tenant.ToString(CultureInfo.InvariantCulture)),
        ],
        "test"));
}
