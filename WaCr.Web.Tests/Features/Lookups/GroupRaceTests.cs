using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Tests.Features.Transfers;

namespace WaCr.Web.Tests.Features.Lookups;

/// <summary>
/// PostgreSQL runs writers in parallel: somebody may get into a group while it goes. Then the group stays, or the contact's version tells,
/// or nobody got in.
/// </summary>
public sealed class GroupRaceTests
{
    private const string DeletingGroups = "DELETE FROM \"Groups\"";
    private const string LockingGroups = "FROM \"Groups\" .*FOR UPDATE";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnPostgres]
    public async Task ContactForAGroup_ThatAnUndoneImportTakesBack_FindsNone(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(DeletingGroups, isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        var tenant = await world.CreateTenantAsync();
        var (import, fair) = await ImportAsync(world, tenant);
        var friend = await tenant.CreateContactAsync("Friend");
        var added = AddMeanwhile(meanwhile, tenant, fair, friend);

        await world.UndoAsync(tenant, import);

        await meanwhile.EndAsync();
        added().Error.ShouldBe(LookupKind.Of<Group>().NotFound);
        await ShouldBeInAsync(tenant, friend, changes: 0);
    }

    [Theory, OnPostgres]
    public async Task ContactJustBeforeAnUndoneImportTakesItsGroupBack_KeepsTheGroup(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(LockingGroups, isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        var tenant = await world.CreateTenantAsync();
        var (import, fair) = await ImportAsync(world, tenant);
        var friend = await tenant.CreateContactAsync("Friend");
        var added = AddMeanwhile(meanwhile, tenant, fair, friend);

        await world.UndoAsync(tenant, import);

        await meanwhile.EndAsync();
        added().OrThrow().ShouldBe(1);
        await ShouldBeInAsync(tenant, friend, changes: 1, fair);
    }

    [Theory, OnPostgres]
    public async Task ContactForAGroup_ThatIsDeleted_FindsNone(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(DeletingGroups, isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        var tenant = await world.CreateTenantAsync();
        var (group, friend) = (await tenant.CreateGroupAsync("VIP"), await tenant.CreateContactAsync("Friend"));
        var added = AddMeanwhile(meanwhile, tenant, group, friend);

        await tenant.Get<LookupService<Group>>().DeleteAsync(group, None).OrThrowAsync();

        await meanwhile.EndAsync();
        added().Error.ShouldBe(LookupKind.Of<Group>().NotFound);
        await ShouldBeInAsync(tenant, friend, changes: 0);
    }

    [Theory, OnPostgres]
    public async Task ContactJustBeforeItsGroupIsDeleted_LeavesItWithANewVersion(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(LockingGroups, isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        var tenant = await world.CreateTenantAsync();
        var (group, friend) = (await tenant.CreateGroupAsync("VIP"), await tenant.CreateContactAsync("Friend"));
        var added = AddMeanwhile(meanwhile, tenant, group, friend);

        await tenant.Get<LookupService<Group>>().DeleteAsync(group, None).OrThrowAsync();

        await meanwhile.EndAsync();
        added().OrThrow().ShouldBe(1);
        await ShouldBeInAsync(tenant, friend, changes: 2);
    }

    private static Task<TestWorld> CreateAsync(DatabaseProvider engine, Meanwhile meanwhile) =>
        TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IInterceptor>(meanwhile));

    private static async Task<(ImportItem Import, long Group)> ImportAsync(TestWorld world, TestTenant tenant)
    {
        var import = await tenant.UploadAsync("Fresh,One,+919100000002,,,,Fair,");
        await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { CreateMissing = true });
        await world.WorkAsync();
        await using var db = tenant.OpenDatabase();
        return (await tenant.GetImportAsync(import.Id), (await db.Groups.SingleAsync(group => group.Name == "Fair")).Id);
    }

    private static Func<Result<int>> AddMeanwhile(Meanwhile meanwhile, TestTenant tenant, long group, ContactDetails contact)
    {
        Result<int>? added = null;
        meanwhile.Do = async () => added = await tenant.GetFresh<GroupMembershipService>().AddAsync(group, [contact.Id], None);
        return () => added.ShouldNotBeNull();
    }

    private static async Task ShouldBeInAsync(TestTenant tenant, ContactDetails before, int changes, params IReadOnlyList<long> groups)
    {
        var after = await tenant.ContactQueries.GetAsync(before.Id, ContactIncludes.None, None).OrThrowAsync();
        after.GroupIds.ShouldBe(groups);
        after.Version.ShouldBe(before.Version + changes);
    }
}
