using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.ApiTokens;

/// <summary>Tokens go on working when their maker may not come in any more; whoever answers for the workspace knows.</summary>
public sealed class LeftTokensTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task DeactivatedPersonWithTokens_IsToldToTheOwners_AndTheTokensAreShown(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (owner, other, admin) = (
            await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Admin));
        var tokens = world.GetAs<ApiTokenService>(tenant, Role.Admin, admin);
        var shop = await MakeAsync(tokens, "Shop");
        var till = await MakeAsync(tokens, "Till");
        (await tokens.RevokeAsync(till.Id, None)).OrThrow();

        (await world.GetAs<MembershipService>(tenant, Role.Owner, owner).DeactivateAsync(admin, None)).OrThrow();

        var told = (await world.GetAs<NotificationService>(tenant, Role.Owner, other).ListAsync(None)).OrThrow().ShouldHaveSingleItem();
        (told.Kind, told.ConversationId, told.From, told.Text).ShouldBe((NotificationKind.TokensLeft, null, "Ravi Kumar", "Shop"));

        // Who deactivates is asked at once, and needs no second word; nobody else may do anything about it.
        (await world.GetAs<NotificationService>(tenant, Role.Owner, owner).CountUnreadAsync(None)).OrThrow().ShouldBe(0);
        var left = (await world.GetAs<ApiTokenService>(tenant, Role.Owner, other).ListAsync(None))
            .OrThrow()
            .Single(token => token.Id == shop.Id);
        left.Maker!.IsActive.ShouldBeFalse();
        left.IsUsableAt(TimeProvider.System.GetUtcNow()).ShouldBeTrue();
    }

    [Theory, OnPostgres]
    public async Task TokenThatIsJustBeingMade_WhenItsMakerIsDeactivated_IsToldToTheOwners(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile("INSERT INTO \"ApiTokens\"", isBefore: true);
        await using var world = await TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IInterceptor>(meanwhile));
        var tenant = await world.CreateTenantAsync();
        var (owner, other, admin) = (
            await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Admin));
        meanwhile.Do = async () => (await world.GetAs<MembershipService>(tenant, Role.Owner, owner).DeactivateAsync(admin, None)).OrThrow();

        await MakeAsync(world.GetAs<ApiTokenService>(tenant, Role.Admin, admin), "Shop");

        await meanwhile.EndAsync();
        var told = await world.GetAs<NotificationService>(tenant, Role.Owner, other).ListAsync(None);
        told.OrThrow().ShouldHaveSingleItem().Text.ShouldBe("Shop");
    }

    [Theory]
    [InlineData(Role.Admin, Role.Viewer, 1)]
    [InlineData(Role.Admin, Role.Agent, 1)]
    [InlineData(Role.Owner, Role.Agent, 1)]
    [InlineData(Role.Owner, Role.Admin, 0)]
    [InlineData(Role.Admin, Role.Owner, 0)]
    [InlineData(Role.Admin, Role.Admin, 0)]
    public async Task NewRole_ThatMayMakeNoTokens_IsToldToTheOwnersWithTheTokens(Role before, Role after, int notices)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var (owner, other, maker) = (
            await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(before));
        await MakeAsync(world.GetAs<ApiTokenService>(tenant, before, maker), "Shop");
        var members = world.GetAs<MembershipService>(tenant, Role.Owner, owner);

        (await members.ChangeRoleAsync(maker, after, None)).OrThrow();

        var told = (await world.GetAs<NotificationService>(tenant, Role.Owner, other).ListAsync(None)).OrThrow();
        told.Select(item => (item.Kind, item.From, item.Text))
            .ShouldBe(Enumerable.Repeat((NotificationKind.TokensLeft, (string?)"Ravi Kumar", "Shop"), notices));
        (await world.GetAs<NotificationService>(tenant, Role.Owner, owner).CountUnreadAsync(None)).OrThrow().ShouldBe(0);

        // From one such role to another is nothing new.
        (await members.ChangeRoleAsync(maker, after == Role.Agent ? Role.Viewer : after, None)).OrThrow();
        (await world.GetAs<NotificationService>(tenant, Role.Owner, other).CountUnreadAsync(None)).OrThrow().ShouldBe(notices);
    }

    [Theory, OnEachEngine]
    public async Task DeactivatedPersonWithoutTokens_IsToldToNobody(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (owner, admin) = (await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Admin));

        (await tenant.GetFresh<MembershipService>().DeactivateAsync(admin, None)).OrThrow();

        (await world.GetAs<NotificationService>(tenant, Role.Owner, owner).CountUnreadAsync(None)).OrThrow().ShouldBe(0);
    }

    private static Task<CreatedApiToken> MakeAsync(ApiTokenService tokens, string name) =>
        tokens.CreateAsync(new CreateApiToken(name, [Permissions.ContactsRead], 60, ExpiresAt: null), None).OrThrowAsync();
}
