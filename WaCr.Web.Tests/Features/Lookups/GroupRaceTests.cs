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
    public Task ContactForAGroup_ThatAnUndoneImportTakesBack_FindsNone(DatabaseProvider engine) =>
        AddAsync(engine, DeletingGroups, UndoneImportAsync, FindsNone, changes: 0);

    [Theory, OnPostgres]
    public Task ContactJustBeforeAnUndoneImportTakesItsGroupBack_KeepsTheGroup(DatabaseProvider engine) =>
        AddAsync(engine, LockingGroups, UndoneImportAsync, GetsIn, changes: 1, staysIn: true);

    [Theory, OnPostgres]
    public Task ContactForAGroup_ThatIsDeleted_FindsNone(DatabaseProvider engine) =>
        AddAsync(engine, DeletingGroups, DeletionAsync, FindsNone, changes: 0);

    [Theory, OnPostgres]
    public Task ContactJustBeforeItsGroupIsDeleted_LeavesItWithANewVersion(DatabaseProvider engine) =>
        AddAsync(engine, LockingGroups, DeletionAsync, GetsIn, changes: 2);

    /// <summary>Adds a contact to a group in the moment before a statement of what takes the group away.</summary>
    /// <param name="changes">Versions of the contact.</param>
    private static async Task AddAsync(
        DatabaseProvider engine, string statement, Func<TestWorld, TestTenant, Task<(long Group, Func<Task> Remove)>> arrange,
        Action<Result<int>> check, int changes, bool staysIn = false)
    {
        var meanwhile = new Meanwhile(statement, isBefore: true);
        await using var world = await TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IInterceptor>(meanwhile));
        var tenant = await world.CreateTenantAsync();
        var (group, remove) = await arrange(world, tenant);
        var friend = await tenant.CreateContactAsync("Friend");
        Result<int>? added = null;
        meanwhile.Do = async () => added = await tenant.GetFresh<GroupMembershipService>().AddAsync(group, [friend.Id], None);

        await remove();

        await meanwhile.EndAsync();
        check(added.ShouldNotBeNull());
        var after = await tenant.ContactQueries.GetAsync(friend.Id, ContactIncludes.None, None).OrThrowAsync();
        after.GroupIds.ShouldBe(staysIn ? [group] : []);
        after.Version.ShouldBe(friend.Version + changes);
    }

    private static void FindsNone(Result<int> added) => added.Error.ShouldBe(LookupKind.Of<Group>().NotFound);

    private static void GetsIn(Result<int> added) => added.OrThrow().ShouldBe(1);

    private static async Task<(long Group, Func<Task> Remove)> DeletionAsync(TestWorld world, TestTenant tenant)
    {
        var group = await tenant.CreateGroupAsync("VIP");
        return (group, () => tenant.Get<LookupService<Group>>().DeleteAsync(group, None).OrThrowAsync());
    }

    private static async Task<(long Group, Func<Task> Remove)> UndoneImportAsync(TestWorld world, TestTenant tenant)
    {
        var uploaded = await tenant.UploadAsync("Fresh,One,+919100000002,,,,Fair,");
        await tenant.StartAsync(uploaded, await tenant.SettingsAsync(uploaded) with { CreateMissing = true });
        await world.WorkAsync();
        var import = await tenant.GetImportAsync(uploaded.Id);
        await using var db = tenant.OpenDatabase();
        return ((await db.Groups.SingleAsync(group => group.Name == "Fair")).Id, () => world.UndoAsync(tenant, import));
    }
}
