using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Dashboard;

public sealed class DashboardTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Figures_CountTheTenantsContacts_ByStatusSourceAndType(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await (await world.CreateTenantAsync("other")).CreateContactAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await tenant.CreateContactAsync("One");
        await tenant.CreateContactAsync(tenant.NewContact("Two") with { StatusId = won, Type = "customer" });
        await tenant.CreateContactAsync(tenant.NewContact("Three") with { StatusId = won });

        var figures = await tenant.Get<ContactStatistics>().GetAsync(None).OrThrowAsync();

        figures.Total.ShouldBe(3);
        figures.Statuses.Single(status => status.Name == "Won").Contacts.ShouldBe(2);
        figures.Statuses.Sum(status => status.Contacts).ShouldBe(3);
        figures.Sources.Single(source => source.Id == tenant.SourceId).Contacts.ShouldBe(3);
        (figures.Types[ContactType.Lead], figures.Types[ContactType.Customer]).ShouldBe((2, 1));
        figures.Types.ContainsKey(ContactType.Guest).ShouldBeFalse();
    }

    // 2026-03-01 is a Sunday in most of the world while Kiritimati (UTC+14) has Monday already, and Pago Pago (UTC-11) still Saturday.
    [Theory]
    [InlineData("UTC", "2026-02-23", 1)]
    [InlineData("Pacific/Kiritimati", "2026-03-02", 1)]
    [InlineData("Pacific/Pago_Pago", "2026-02-23", 1)]
    [InlineData("No/Such_Zone", "2026-02-23", 1)]
    public async Task Weeks_BeginOnMondayInTheTenantsZone(string zone, string monday, long added)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T10:30:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, time);
        var tenant = await world.CreateTenantAsync();
        Move(tenant, zone);
        await tenant.CreateContactAsync();

        var weeks = (await tenant.Get<ContactStatistics>().GetAsync(None).OrThrowAsync()).Weeks;

        weeks.Count.ShouldBe(12);
        weeks[^1].ShouldBe(new WeekStatistic(DateOnly.Parse(monday, System.Globalization.CultureInfo.InvariantCulture), added));
        weeks.Take(11).ShouldAllBe(week => week.Added == 0);
    }

    [Fact]
    public async Task Activity_TellsWhatWasDoneToManyAtOnce_InOneLine()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Agent);
        await tenant.CreateContactAsync("Before");
        time.Advance(TimeSpan.FromHours(1));
        for (var index = 0; index < 10; index++)
        {
            await tenant.CreateContactAsync($"Many {index}");
        }

        (await tenant.Get<LatestActivity>().ListAsync(None).OrThrowAsync()).Select(item => (item.ContactName, item.Others))
            .ShouldBe([("Many 9 Patel", 9), ("Before Patel", 0)]);
    }

    [Theory]
    [InlineData(96, 95, false)]
    [InlineData(97, 95, true)]
    public async Task Activity_TellsOfMoreThanItLooksAt_ThatThereMayBeOthers(int contacts, int others, bool isAtLeast)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Agent);
        for (var index = 0; index < contacts; index++)
        {
            await tenant.CreateContactAsync($"Many {index}");
        }

        var item = (await tenant.Get<LatestActivity>().ListAsync(None).OrThrowAsync()).ShouldHaveSingleItem();
        (item.Others, item.HasMoreOthers).ShouldBe((others, isAtLeast));
    }

    [Theory, OnEachEngine]
    public async Task Activity_TellsTheLastChangeOfEachContact_TheLatestFirst(DatabaseProvider engine)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Agent);
        var first = await tenant.CreateContactAsync("First");
        time.Advance(TimeSpan.FromMinutes(1));
        await tenant.CreateContactAsync("Second");
        time.Advance(TimeSpan.FromMinutes(1));
        await tenant.Contacts.UpdateAsync(first.Id, new ContactPatch { City = "Surat" }, null, None).OrThrowAsync();

        var activity = await tenant.Get<LatestActivity>().ListAsync(None).OrThrowAsync();

        activity.Select(item => (item.ContactName, item.Action, item.ActorName, item.ChangeOrigin)).ShouldBe(
            [
                ("First Patel", AuditAction.Updated, "Ravi Kumar", ChangeOrigin.App),
                ("Second Patel", AuditAction.Created, "Ravi Kumar", ChangeOrigin.App)
            ]);
        activity[0].At.ShouldBe(time.GetUtcNow());
        (await (await world.CreateTenantAsync("other")).Get<LatestActivity>().ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Attention_NamesWhatEachRoleCanDoSomethingAbout(DatabaseProvider engine)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync("Nobody's");
        await tenant.Get<ApiTokenService>()
            .CreateAsync(new CreateApiToken("Soon", ["contacts:read"], 60, time.GetUtcNow().AddDays(6)), None)
            .OrThrowAsync();
        await tenant.Get<ApiTokenService>()
            .CreateAsync(new CreateApiToken("Later", ["contacts:read"], 60, time.GetUtcNow().AddDays(8)), None)
            .OrThrowAsync();

        var all = await tenant.Get<DashboardAlerts>().GetAsync(None).OrThrowAsync();
        (all.Unassigned, all.ExpiringTokens, all.FailedJobs).ShouldBe((1, 1, 0));
        Become(tenant, Role.Agent);
        (await tenant.Get<DashboardAlerts>().GetAsync(None).OrThrowAsync())
            .ShouldBe(all with { ExpiringTokens = 0 }, AttentionComparer.Instance);
        Become(tenant, Role.Viewer);
        (await tenant.Get<DashboardAlerts>().GetAsync(None).OrThrowAsync()).Any.ShouldBeFalse();
    }

    private static void Become(TestTenant tenant, Role role)
    {
        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant, new CurrentActor(ActorKind.User, 1, "Ravi Kumar", ChangeOrigin.App, RolePermissions.Of(role)));
    }

    private static void Move(TestTenant tenant, string zone)
    {
        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant with { TimeZone = zone }, scope.Actor);
    }

    private sealed class AttentionComparer : IEqualityComparer<DashboardAlertItems>
    {
        public static readonly AttentionComparer Instance = new();

        public bool Equals(DashboardAlertItems? x, DashboardAlertItems? y) =>
            (x!.Unassigned, x.ExpiringTokens, x.FailedJobs) == (y!.Unassigned, y.ExpiringTokens, y.FailedJobs);

        public int GetHashCode(DashboardAlertItems obj) => obj.Unassigned.GetHashCode();
    }
}
