using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Users;

/// <summary>Who comes into a workspace, what they may do there, and how they leave.</summary>
public sealed class UsersTests
{
    private const string Password = "a-good-password";

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
        var admin = await AddAsync(tenant, Role.Admin);
        var invited = (
            await Get<InvitationService>(world, tenant, Role.Admin, admin)
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
        var asha = await AddAsync(first, Role.Owner, "asha@example.org");
        var ravi = await AddAsync(first, Role.Agent, "ravi@example.org");
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
        await AddAsync(tenant, Role.Owner);
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
        var agent = await AddAsync(tenant, Role.Agent, "ravi@example.org");
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

    [Theory, OnEachEngine]
    public async Task Admin_NeitherMakesNorTouchesOwners(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var (owner, second) = (await AddAsync(tenant, Role.Owner), await AddAsync(tenant, Role.Owner));
        var (admin, agent) = (await AddAsync(tenant, Role.Admin), await AddAsync(tenant, Role.Agent));
        var members = Get<MembershipService>(world, tenant, Role.Admin, admin);

        AppError?[] refused =
        [
            (await members.ChangeRoleAsync(second, Role.Viewer, None)).Error,
            (await members.ChangeRoleAsync(agent, Role.Owner, None)).Error,
            (await members.ChangeRoleAsync(admin, Role.Owner, None)).Error,
            (await members.DeactivateAsync(owner, None)).Error,
            (await members.CreateResetCodeAsync(owner, None)).Error,
            (await Get<InvitationService>(world, tenant, Role.Admin, admin).CreateAsync(new InviteUser("x@example.org", Role.Owner), None))
                .Error,
            (await Get<UserService>(world, tenant, Role.Admin, admin)
                .CreateAsync(new CreateUser("y@example.org", "", Role.Owner, Password), None)).Error,
        ];

        refused.ShouldAllBe(error => error is ForbiddenError && ((ForbiddenError)error).Permission == Permissions.OwnersManage);
        (await members.ChangeRoleAsync(agent, Role.Admin, None)).Succeeded.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task LastOwner_CannotGoOrBeDemoted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var owner = await AddAsync(tenant, Role.Owner);
        var former = await AddAsync(tenant, Role.Owner);
        var members = Get<MembershipService>(world, tenant, Role.Owner, owner);
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
        var (one, two) = (await AddAsync(tenant, Role.Owner), await AddAsync(tenant, Role.Owner));

        var both = await Task.WhenAll(
            Get<MembershipService>(world, tenant, Role.Owner, one).ChangeRoleAsync(two, Role.Admin, None),
            Get<MembershipService>(world, tenant, Role.Owner, two).DeactivateAsync(one, None));

        both.Count(outcome => outcome.Succeeded).ShouldBe(1);
        await using var db = tenant.OpenDatabase();
        (await db.Memberships.CountAsync(membership => membership.Role == Role.Owner && membership.IsActive)).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenantsPeople_AreNotThere(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var (agent, invited) = (await AddAsync(theirs, Role.Agent), await InviteAsync(theirs, "asha@example.org", Role.Agent));
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
        var (owner, agent) = (await AddAsync(tenant, Role.Owner), await AddAsync(tenant, Role.Agent));
        var members = Get<MembershipService>(world, tenant, Role.Owner, owner);

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
    public async Task PasswordLink_SetsANewPasswordOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var agent = await AddAsync(tenant, Role.Agent);
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
        await AddAsync(await world.CreateTenantAsync(), Role.Agent);

        (await ResetAsync(world, code, "another-password")).Error.ShouldBeOfType<NotFoundError>();
    }

    [Fact]
    public async Task PasswordLink_AfterItsTime_IsNoLink()
    {
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services =>
                services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = TimeSpan.FromSeconds(-1)));
        var tenant = await world.CreateTenantAsync();
        var code = (await tenant.GetFresh<MembershipService>().CreateResetCodeAsync(await AddAsync(tenant, Role.Agent), None)).OrThrow();

        (await ResetAsync(world, code, "another-password")).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task PasswordLink_ForSomebodyOfAnotherWorkspaceToo_IsNotTheAdminsToMake(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var shared = await AddAsync(theirs, Role.Owner, "asha@example.org");
        await AddAsync(mine, Role.Viewer, "asha@example.org");

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
        var (admin, agent) = (await AddAsync(tenant, Role.Admin), await AddAsync(tenant, Role.Agent, "asha@example.org"));
        var code = (await Get<MembershipService>(world, tenant, Role.Admin, admin).CreateResetCodeAsync(agent, None)).OrThrow();

        var members = tenant.GetFresh<MembershipService>();
        _ = what switch
        {
            "deactivated" => await members.DeactivateAsync(admin, None).OrThrowAsync(),
            "demoted" => await members.ChangeRoleAsync(admin, Role.Agent, None).OrThrowAsync(),
            "target deactivated" => await members.DeactivateAsync(agent, None).OrThrowAsync(),
            "target became owner" => await members.ChangeRoleAsync(agent, Role.Owner, None).OrThrowAsync(),
            _ => await AddAsync(elsewhere, Role.Viewer, "asha@example.org") is var _ ? default : default(Done),
        };

        (await ResetAsync(world, code, "another-password")).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task LastSeen_IsWrittenBehind(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var agent = await AddAsync(tenant, Role.Agent, "ravi@example.org");
        (await MemberAsync(tenant, "ravi@example.org")).LastSeenAt.ShouldBeNull();

        world.Services.GetRequiredService<LastSeen>().Note((tenant.Id, agent), _time.GetUtcNow());
        await using var scope = world.AnonymousScope();
        await scope.ServiceProvider.GetRequiredService<LastSeenWriter>().WriteAsync(None);

        (await MemberAsync(tenant, "ravi@example.org")).LastSeenAt.ShouldBe(_time.GetUtcNow());
    }

    private static async Task<long> AddAsync(TestTenant tenant, Role role, string? email = null) =>
        (await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email ?? $"{Guid.NewGuid():N}@example.org", "Ravi Kumar", role, Password), None))
            .OrThrow();

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
            : await joining.AcceptAsNewAsync(secret, "Asha Patel", Password, None);
    }

    private static ClaimsPrincipal PersonOf(long id) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString(CultureInfo.InvariantCulture))], "test"));

    private static async Task<Result<Done>> ResetAsync(TestWorld world, string code, string password)
    {
        await using var scope = world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<PasswordResets>().ResetAsync(code, password, [], None);
    }

    // The scope lives as long as the world.
    private static T Get<T>(TestWorld world, TestTenant tenant, Role role, long id)
        where T : notnull
    {
        var scope = world.AnonymousScope();
        var actor = new CurrentActor(ActorKind.User, id, "Meera Iyer", ChangeOrigin.App, RolePermissions.Of(role));
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant.Get<TenantContext>().Tenant, actor);
        return scope.ServiceProvider.GetRequiredService<T>();
    }
}
