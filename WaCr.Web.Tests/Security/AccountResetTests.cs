using System.Globalization;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Security;

/// <summary>A new password and the end of what the old one opened are one, whatever else changes the account at that moment.</summary>
public sealed class AccountResetTests
{
    private const int Rounds = 6;

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task AccountThatIsChangedAtTheSameMoment_KeepsNoPasskeyBesideTheNewPassword(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var id = await tenant.AddUserAsync(Role.Agent, "asha@example.org");

        for (var round = 0; round < Rounds; round++)
        {
            await AddPasskeyAsync(world, id);
            var code = await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(id, None).OrThrowAsync();

            var reset = await WhileItIsChangedAsync(world, id, resets => resets.ResetAsync(code, $"only-mine-from-now-{round}", [], None));

            await using var db = tenant.OpenDatabase();
            (reset.Succeeded, await db.UserPasskeys.CountAsync()).ShouldBe((true, 0));
        }
    }

    [Theory, OnEachEngine]
    public async Task SecondFactorThatTheOperatorDrops_IsGone_IfTheAccountIsChangedAtTheSameMoment(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var id = await tenant.AddUserAsync(Role.Agent, "asha@example.org");

        for (var round = 0; round < Rounds; round++)
        {
            await OnAccountAsync(world, id, async (users, user) =>
            {
                await users.ResetAuthenticatorKeyAsync(user);
                await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);
                (await users.SetTwoFactorEnabledAsync(user, true)).Succeeded.ShouldBeTrue();
            });

            await WhileItIsChangedAsync(world, id, resets => resets.DropTwoFactorAsync("asha@example.org", None));

            await using var db = tenant.OpenDatabase();
            (await db.Users.SingleAsync(user => user.Id == id)).TwoFactorEnabled.ShouldBeFalse();
            (await db.UserTokens.CountAsync()).ShouldBe(0);
        }
    }

    [Theory, OnEachEngine]
    public async Task OneLinkUsedTwiceAtOnce_SetsOnePassword(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var id = await tenant.AddUserAsync(Role.Agent, "asha@example.org");
        var code = await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(id, None).OrThrowAsync();

        var used = await Task.WhenAll(Enumerable.Range(0, 4).Select(index => Task.Run(async () =>
        {
            await using var scope = world.AnonymousScope();
            return await scope.ServiceProvider.GetRequiredService<PasswordResets>()
                .ResetAsync(code, $"only-mine-from-now-{index}", [], None);
        })));

        used.Count(result => result.Succeeded).ShouldBe(1);
        used.Where(result => !result.Succeeded).ShouldAllBe(result => result.Error is NotFoundError);
    }

    /// <summary>Somebody who is signed in as well saves the profile again and again.</summary>
    private static async Task<Result<Done>> WhileItIsChangedAsync(
        TestWorld world, long id, Func<PasswordResets, Task<Result<Done>>> work)
    {
        using var done = new CancellationTokenSource();
        var changing = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await OnAccountAsync(world, id, (users, user) => users.UpdateAsync(user));
            }
        })).ToList();
        await using var scope = world.AnonymousScope();
        var result = await work(scope.ServiceProvider.GetRequiredService<PasswordResets>());
        await done.CancelAsync();
        await Task.WhenAll(changing);
        return result;
    }

    private static Task AddPasskeyAsync(TestWorld world, long id) => OnAccountAsync(world, id, async (users, user) =>
    {
        var passkey = new UserPasskeyInfo(
            Guid.NewGuid().ToByteArray(), [1], TestClock.Create().GetUtcNow(), 0, [], true, false, false, [], []);
        (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded.ShouldBeTrue();
    });

    private static async Task OnAccountAsync(TestWorld world, long id, Func<UserManager<AppUser>, AppUser, Task> change)
    {
        await using var scope = world.AnonymousScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        await change(users, (await users.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)))!);
    }
}
