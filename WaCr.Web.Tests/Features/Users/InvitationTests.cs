using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Features.Users;

/// <summary>Who is invited into a workspace, and who comes in.</summary>
public sealed class InvitationTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider _time = TestClock.Create();

    [Theory, OnEachEngine]
    public async Task Invitation_Accepted_MakesAMemberOfItsRoleOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var invited = await InviteAsync(tenant, "asha@example.org", Role.Agent);

        var open = await FindAsync(world, invited.Secret);
        var joined = await JoinAsync(world, invited.Secret);

        open.ShouldBe(new OpenInvitation("acme Ltd", "asha@example.org", Role.Agent, HasAccount: false));
        joined.OrThrow().ShouldBe(tenant.Id);
        (await MemberAsync(tenant, "asha@example.org")).Role.ShouldBe(Role.Agent);
        (await JoinAsync(world, invited.Secret)).Error.ShouldBeOfType<NotFoundError>();
        (await FindAsync(world, invited.Secret)).ShouldBeNull();
        (await tenant.GetFresh<InvitationService>().ListAsync(None)).OrThrow().ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Invitation_IsStoredAsAHash(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var invited = await InviteAsync(tenant, "asha@example.org", Role.Agent);

        await using var db = tenant.OpenDatabase();
        (await db.Invitations.SingleAsync()).Hash.ShouldBe(SecretHash.Of(invited.Secret));
        (await tenant.AuditOfAsync("invitation", invited.Id)).ShouldAllBe(entry => !entry.Changes.Contains(invited.Secret));
    }

    [Theory, OnEachEngine]
    public async Task Invitation_AfterItsTime_OrWithdrawn_OrReplaced_LetsNobodyIn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var withdrawn = await InviteAsync(tenant, "one@example.org", Role.Agent);
        (await tenant.GetFresh<InvitationService>().RevokeAsync(withdrawn.Id, None)).OrThrow();
        var replaced = await InviteAsync(tenant, "two@example.org", Role.Admin);
        var expired = await InviteAsync(tenant, "Two@example.org", Role.Agent);

        (await JoinAsync(world, withdrawn.Secret)).Error.ShouldBeOfType<NotFoundError>();
        (await JoinAsync(world, replaced.Secret)).Error.ShouldBeOfType<NotFoundError>();
        (await JoinAsync(world, "")).Error.ShouldBeOfType<NotFoundError>();
        (await FindAsync(world, expired.Secret)).ShouldNotBeNull();
        _time.Advance(Invitation.Lifetime);
        (await JoinAsync(world, expired.Secret)).Error.ShouldBeOfType<NotFoundError>();
        (await tenant.GetFresh<InvitationService>().ListAsync(None)).OrThrow().ShouldHaveSingleItem().IsExpired.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task Invitation_OfSomebodyWhoMayNoLongerInvite_LetsNobodyIn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var admin = await tenant.AddUserAsync(Role.Admin);
        var invited = (
            await world.GetAs<InvitationService>(tenant, Role.Admin, admin)
                .CreateAsync(new InviteUser("asha@example.org", Role.Agent), None))
            .OrThrow();

        (await tenant.GetFresh<MembershipService>().DeactivateAsync(admin, None)).OrThrow();

        (await JoinAsync(world, invited.Secret)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Invitation_AcceptedByTwoAtOnce_LetsOneIn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var invited = await InviteAsync(tenant, "asha@example.org", Role.Agent);

        var both = await Task.WhenAll(JoinAsync(world, invited.Secret), JoinAsync(world, invited.Secret));

        both.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await StaffUsedAsync(tenant)).ShouldBe(1);
        await using var db = tenant.OpenDatabase();
        (await db.Users.CountAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Invitation_ForAnAddressWithAnAccount_IsForThatAccountAlone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var (first, second) = (await world.CreateTenantAsync("first"), await world.CreateTenantAsync("second"));
        var asha = await first.AddUserAsync(Role.Owner, "asha@example.org");
        var ravi = await first.AddUserAsync(Role.Agent, "ravi@example.org");
        var invited = await InviteAsync(second, "Asha@Example.org", Role.Viewer);

        (await FindAsync(world, invited.Secret))!.HasAccount.ShouldBeTrue();
        (await JoinAsync(world, invited.Secret)).Error.ShouldBeOfType<NotFoundError>();
        (await JoinAsync(world, invited.Secret, ravi)).ShouldBeInvalid()["email"].ShouldBe([UserErrors.WrongAccount]);
        (await JoinAsync(world, invited.Secret, asha)).OrThrow().ShouldBe(second.Id);

        (await MemberAsync(second, "asha@example.org")).Role.ShouldBe(Role.Viewer);
        (await MemberAsync(first, "asha@example.org")).Role.ShouldBe(Role.Owner);
    }

    [Theory, OnEachEngine]
    public async Task Invitation_BeyondThePlansStaff_IsRefusedWhenMadeAndWhenAccepted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync(plan: "free"); // two people
        await tenant.AddUserAsync(Role.Owner);
        var (one, two) = (
            await InviteAsync(tenant, "one@example.org", Role.Agent), await InviteAsync(tenant, "two@example.org", Role.Agent));

        (await JoinAsync(world, one.Secret)).Succeeded.ShouldBeTrue();
        (await JoinAsync(world, two.Secret)).Error.ShouldBeOfType<LimitExceededError>();
        (await tenant.GetFresh<InvitationService>().CreateAsync(new InviteUser("three@example.org", Role.Agent), None))
            .Error.ShouldBeOfType<LimitExceededError>();

        // A place that is given back is another's.
        (await tenant.GetFresh<MembershipService>().DeactivateAsync((await MemberAsync(tenant, "one@example.org")).Id, None)).OrThrow();
        (await JoinAsync(world, two.Secret)).Succeeded.ShouldBeTrue();
        (await tenant.GetFresh<MembershipService>().ReactivateAsync((await MemberAsync(tenant, "one@example.org")).Id, None))
            .Error.ShouldBeOfType<LimitExceededError>();
    }

    [Theory, OnEachEngine]
    public async Task Invitation_ForWhoIsThere_OrWas_IsRefused(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var agent = await tenant.AddUserAsync(Role.Agent, "ravi@example.org");
        var invitations = tenant.GetFresh<InvitationService>();

        (await invitations.CreateAsync(new InviteUser("RAVI@example.org", Role.Agent), None))
            .ShouldBeInvalid()["email"]
            .ShouldBe([UserErrors.AlreadyMember]);
        (await tenant.GetFresh<MembershipService>().DeactivateAsync(agent, None)).OrThrow();
        (await invitations.CreateAsync(new InviteUser("ravi@example.org", Role.Agent), None))
            .ShouldBeInvalid()["email"]
            .ShouldBe([UserErrors.Deactivated]);
        (await invitations.CreateAsync(new InviteUser("nobody", Role.Agent), None))
            .ShouldBeInvalid()["email"]
            .ShouldBe([UserErrors.EmailInvalid]);
    }

    private static async Task<CreatedInvitation> InviteAsync(TestTenant tenant, string email, Role role) =>
        (await tenant.GetFresh<InvitationService>().CreateAsync(new InviteUser(email, role), None)).OrThrow();

    private static async Task<MembershipItem> MemberAsync(TestTenant tenant, string email) =>
        (await tenant.GetFresh<MembershipService>().GetAsync(None)).OrThrow().Members.Single(member => member.Email == email);

    private static async Task<long> StaffUsedAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.UsageCounters.Where(counter => counter.Metric == Metric.Staff).Select(counter => counter.Value).SingleAsync();
    }

    private static async Task<OpenInvitation?> FindAsync(TestWorld world, string secret)
    {
        await using var scope = world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<InvitationAcceptance>().FindAsync(secret, None);
    }

    private static async Task<Result<long>> JoinAsync(TestWorld world, string secret, long? userId = null)
    {
        await using var scope = world.AnonymousScope();
        var joining = scope.ServiceProvider.GetRequiredService<InvitationAcceptance>();
        return userId is { } id
            ? await joining.AcceptAsync(secret, PersonOf(id), null, None)
            : await joining.AcceptAsNewAsync(secret, "Asha Patel", TestTenant.Password, None);
    }

    private static ClaimsPrincipal PersonOf(long id) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString(CultureInfo.InvariantCulture))], "test"));
}
