using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Users;

/// <summary>What users may do to each other, and how they leave a workspace.</summary>
public sealed class UsersTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider _time = TestClock.Create();

    [Theory, OnEachEngine]
    public async Task Admin_NeitherMakesNorTouchesOwners(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var (owner, second) = (await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Owner));
        var (admin, agent) = (await tenant.AddUserAsync(Role.Admin), await tenant.AddUserAsync(Role.Agent));
        var members = world.GetAs<MembershipService>(tenant, Role.Admin, admin);

        AppError?[] refused =
        [
            (await members.ChangeRoleAsync(second, Role.Viewer, None)).Error,
            (await members.ChangeRoleAsync(agent, Role.Owner, None)).Error,
            (await members.ChangeRoleAsync(admin, Role.Owner, None)).Error,
            (await members.DeactivateAsync(owner, None)).Error,
            (await members.CreateResetCodeAsync(owner, None)).Error,
            (await world.GetAs<InvitationService>(tenant, Role.Admin, admin).CreateAsync(new InviteUser("x@example.org", Role.Owner), None))
                .Error,
            (await world.GetAs<UserService>(tenant, Role.Admin, admin)
                .CreateAsync(new CreateUser("y@example.org", "", Role.Owner, TestTenant.Password), None)).Error,
        ];

        refused.ShouldAllBe(error => error is ForbiddenError && ((ForbiddenError)error).Permission == Permissions.OwnersManage);
        (await members.ChangeRoleAsync(agent, Role.Admin, None)).Succeeded.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task LastOwner_CannotGoOrBeDemoted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var owner = await tenant.AddUserAsync(Role.Owner);
        var former = await tenant.AddUserAsync(Role.Owner);
        var members = world.GetAs<MembershipService>(tenant, Role.Owner, owner);
        (await members.DeactivateAsync(former, None)).OrThrow();

        (await members.ChangeRoleAsync(owner, Role.Admin, None)).ShouldBeInvalid()["role"].ShouldBe([UserErrors.LastOwner]);
        (await members.DeactivateAsync(owner, None)).ShouldBeInvalid()["user"].ShouldBe([UserErrors.NotYourself]);
        (await tenant.GetFresh<MembershipService>().DeactivateAsync(owner, None))
            .ShouldBeInvalid()["role"]
            .ShouldBe([UserErrors.LastOwner]);
    }

    [Theory, OnEachEngine]
    public async Task TwoOwners_WhoDemoteEachOtherAtOnce_LeaveOne(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var (one, two) = (await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Owner));

        var both = await Task.WhenAll(
            world.GetAs<MembershipService>(tenant, Role.Owner, one).ChangeRoleAsync(two, Role.Admin, None),
            world.GetAs<MembershipService>(tenant, Role.Owner, two).DeactivateAsync(one, None));

        both.Count(outcome => outcome.Succeeded).ShouldBe(1);
        await using var db = tenant.OpenDatabase();
        (await db.Memberships.CountAsync(membership => membership.Role == Role.Owner && membership.IsActive)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenantsPeople_AreNotThere(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var (agent, invited) = (await theirs.AddUserAsync(Role.Agent), await InviteAsync(theirs, "asha@example.org", Role.Agent));
        var members = mine.GetFresh<MembershipService>();

        (await members.GetAsync(None)).OrThrow().Members.ShouldBeEmpty();
        (await members.ChangeRoleAsync(agent, Role.Admin, None)).Error.ShouldBeOfType<NotFoundError>();
        (await members.DeactivateAsync(agent, None)).Error.ShouldBeOfType<NotFoundError>();
        (await members.ReactivateAsync(agent, None)).Error.ShouldBeOfType<NotFoundError>();
        (await members.CreateResetCodeAsync(agent, None)).Error.ShouldBeOfType<NotFoundError>();
        (await mine.GetFresh<InvitationService>().ListAsync(None)).OrThrow().ShouldBeEmpty();
        (await mine.GetFresh<InvitationService>().RevokeAsync(invited.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await members.RequireTwoFactorAsync(true, None)).OrThrow();
        (await theirs.GetFresh<MembershipService>().GetAsync(None)).OrThrow().RequiresTwoFactor.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task Changes_AreInTheAuditTrail_WithWhoMadeThem(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var (owner, agent) = (await tenant.AddUserAsync(Role.Owner), await tenant.AddUserAsync(Role.Agent));
        var members = world.GetAs<MembershipService>(tenant, Role.Owner, owner);

        (await members.ChangeRoleAsync(agent, Role.Admin, None)).OrThrow();
        var code = (await members.CreateResetCodeAsync(agent, None)).OrThrow();
        (await members.DeactivateAsync(agent, None)).OrThrow();
        (await members.RequireTwoFactorAsync(true, None)).OrThrow();

        var trail = await tenant.AuditOfAsync("membership", agent);
        trail.Skip(1).ShouldAllBe(entry => entry.ActorId == owner);
        trail.Skip(1).Select(entry => entry.Changes).ShouldBe(
            ["""{"role":["agent","admin"]}""", """{"password_link":[null,"made"]}""", """{"is_active":[true,false]}"""]);
        trail.ShouldAllBe(entry => !entry.Changes.Contains(code));
        (await tenant.AuditOfAsync("tenant", tenant.Id))
            .ShouldContain(entry => entry.Changes == """{"requires_two_factor":[false,true]}""" && entry.ActorId == owner);
    }

    [Theory, OnEachEngine]
    public async Task LastSeen_IsWrittenBehind(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var agent = await tenant.AddUserAsync(Role.Agent, "ravi@example.org");
        (await MemberAsync(tenant, "ravi@example.org")).LastSeenAt.ShouldBeNull();

        world.Services.GetRequiredService<LastSeen>().Note((tenant.Id, agent), _time.GetUtcNow());
        await using var scope = world.AnonymousScope();
        await scope.ServiceProvider.GetRequiredService<LastSeenWriter>().WriteAsync(None);

        (await MemberAsync(tenant, "ravi@example.org")).LastSeenAt.ShouldBe(_time.GetUtcNow());
    }

    private static async Task<CreatedInvitation> InviteAsync(TestTenant tenant, string email, Role role) =>
        (await tenant.GetFresh<InvitationService>().CreateAsync(new InviteUser(email, role), None)).OrThrow();

    private static async Task<MembershipItem> MemberAsync(TestTenant tenant, string email) =>
        (await tenant.GetFresh<MembershipService>().GetAsync(None)).OrThrow().Members.Single(member => member.Email == email);
}
