using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Features.Users;

/// <summary>The link by which a user sets a new password.</summary>
public sealed class PasswordLinkTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider _time = TestClock.Create();

    [Theory, OnEachEngine]
    public async Task PasswordLink_SetsANewPasswordOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var agent = await tenant.AddUserAsync(Role.Agent);
        var (first, second) = (
            (await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(agent, None)).OrThrow(),
            (await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(agent, None)).OrThrow());

        (await ResetAsync(world, first, "short")).ShouldBeInvalid().Has("password").ShouldBeTrue();
        (await ResetAsync(world, first, "another-password")).OrThrow();

        (await ResetAsync(world, first, "a-third-password")).Error.ShouldBeOfType<NotFoundError>();
        (await ResetAsync(world, second, "a-third-password")).Error.ShouldBeOfType<NotFoundError>();
        await using var scope = world.AnonymousScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        (await users.CheckPasswordAsync((await users.FindByIdAsync($"{agent}"))!, "another-password")).ShouldBeTrue();
    }

    [Fact]
    public async Task PasswordLink_RefusesTheOldPassword_AndStaysOpen()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var agent = await tenant.AddUserAsync(Role.Agent);
        var code = (await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(agent, None)).OrThrow();

        (await ResetAsync(world, code, TestTenant.Password)).ShouldBeInvalid()["password"].ShouldBe([UserErrors.PasswordNotNew]);
        (await ResetAsync(world, code, "another-password")).OrThrow();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData("1.0.0.AAAA")]
    [InlineData("1.1.1.AAAA")]
    [InlineData("x.!!")]
    [InlineData("1.ä")]
    public async Task PasswordLink_ThatNobodyMade_IsNoLink(string code)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        await (await world.CreateTenantAsync()).AddUserAsync(Role.Agent);

        (await ResetAsync(world, code, "another-password")).Error.ShouldBeOfType<NotFoundError>();
    }

    [Fact]
    public async Task PasswordLink_AfterItsTime_IsNoLink()
    {
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services =>
                services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = TimeSpan.FromSeconds(-1)));
        var tenant = await world.CreateTenantAsync();
        var code = (await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(await tenant.AddUserAsync(Role.Agent), None)).OrThrow();

        (await ResetAsync(world, code, "another-password")).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task PasswordLink_ForSomebodyOfAnotherWorkspaceToo_IsNotTheAdminsToMake(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var shared = await theirs.AddUserAsync(Role.Owner, "asha@example.org");
        await mine.AddUserAsync(Role.Viewer, "asha@example.org");

        (await mine.GetFresh<MembershipService>().CreateResetCodeAsync(shared, None))
            .ShouldBeInvalid()["user"]
            .ShouldBe([UserErrors.InOtherWorkspaces]);
        await using var scope = world.AnonymousScope();
        (await scope.ServiceProvider.GetRequiredService<PasswordResets>().CreateCodeAsync("asha@example.org")).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("demoted")]
    [InlineData("taken in elsewhere")]
    [InlineData("target deactivated")]
    [InlineData("target became owner")]
    public async Task PasswordLink_WhoseMakerMayNotMakeItAnyMore_IsNoLink(string what)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var (tenant, elsewhere) = (await world.CreateTenantAsync(), await world.CreateTenantAsync("elsewhere"));
        var (admin, agent) = (await tenant.AddUserAsync(Role.Admin), await tenant.AddUserAsync(Role.Agent, "asha@example.org"));
        var code = (await world.GetAs<MembershipService>(tenant, Role.Admin, admin).CreateResetCodeAsync(agent, None)).OrThrow();

        var members = tenant.GetFresh<MembershipService>();
        _ = what switch
        {
            "deactivated" => await members.DeactivateAsync(admin, None).OrThrowAsync(),
            "demoted" => await members.ChangeRoleAsync(admin, Role.Agent, None).OrThrowAsync(),
            "target deactivated" => await members.DeactivateAsync(agent, None).OrThrowAsync(),
            "target became owner" => await members.ChangeRoleAsync(agent, Role.Owner, None).OrThrowAsync(),
            _ => await elsewhere.AddUserAsync(Role.Viewer, "asha@example.org") is var _ ? default : default(Done),
        };

        (await ResetAsync(world, code, "another-password")).Error.ShouldBeOfType<NotFoundError>();
    }

    private static async Task<Result<Done>> ResetAsync(TestWorld world, string code, string password)
    {
        await using var scope = world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<PasswordResets>().ResetAsync(code, password, [], None);
    }
}
