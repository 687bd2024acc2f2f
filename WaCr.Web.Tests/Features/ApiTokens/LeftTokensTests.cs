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
        var shop = (await tokens.CreateAsync(new CreateApiToken("Shop", [Permissions.ContactsRead], 60, ExpiresAt: null), None)).OrThrow();
        var till = (await tokens.CreateAsync(new CreateApiToken("Till", [Permissions.ContactsRead], 60, ExpiresAt: null), None)).OrThrow();
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

    [Theory, OnEachEngine]
    public async Task DeactivatedPersonWithoutTokens_IsToldToNobody(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (owner, admin) = (await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Admin));

        (await tenant.GetFresh<MembershipService>().DeactivateAsync(admin, None)).OrThrow();

        (await world.GetAs<NotificationService>(tenant, Role.Owner, owner).CountUnreadAsync(None)).OrThrow().ShouldBe(0);
    }
}
