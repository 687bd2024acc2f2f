using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using static WaCr.Web.Tests.Features.Bulk.BulkWorld;

namespace WaCr.Web.Tests.Features.Bulk;

/// <summary>What an undo brings back, what it leaves, and for how long it is offered.</summary>
public sealed class BulkUndoTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Groups_AreReplacedAndTakenBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (a, b, c) = (await tenant.CreateGroupAsync("A"), await tenant.CreateGroupAsync("B"), await tenant.CreateGroupAsync("C"));
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { Groups = new[] { a, b } });
        var selection = ContactSelection.Of([contact.Id]);

        (await tenant.Bulk().StartAsync(selection, Groups(GroupsMode.Remove, c), None).OrThrowAsync()).Unchanged.ShouldBe(1);
        (await tenant.Bulk().PreviewAsync(selection, Groups(GroupsMode.Replace, a, b), None).OrThrowAsync()).Changing.ShouldBe(0);
        (await tenant.Bulk().PreviewAsync(selection, Groups(GroupsMode.Replace, a), None).OrThrowAsync()).Changing.ShouldBe(1);
        var job = await tenant.Bulk().StartAsync(selection, Groups(GroupsMode.Replace, b, c), None).OrThrowAsync();
        (await GetAsync(tenant, contact.Id)).GroupIds.ShouldBe([b, c]);

        await tenant.Get<LookupService<Group>>().DeleteAsync(b, None).OrThrowAsync();
        await tenant.Bulk().UndoAsync(job.Id, None).OrThrowAsync();
        (await GetAsync(tenant, contact.Id)).GroupIds.ShouldBe([a]);
    }

    [Theory, OnEachEngine]
    public async Task Delete_PutsThemIntoTheTrash_AndUndoBringsBackWhatIsFree(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var ids = await FillAsync(tenant, 620);
        var phone = (await GetAsync(tenant, ids[3])).Phone;

        var started = await tenant.Bulk().StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        await world.Services.WorkBulkAsync();
        (await JobAsync(tenant, started.Id)).Changed.ShouldBe(620);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(0);
        (await tenant.Get<TrashQueries>().ListAsync(new TrashQuery(new PageRequest(1, 1)), None).OrThrowAsync()).Total.ShouldBe(620);
        await tenant.CreateContactAsync("New", phone: phone);
        await tenant.Get<ContactTrash>().RestoreAsync([ids[4]], None).OrThrowAsync();

        var undo = await tenant.Bulk().UndoAsync(started.Id, None).OrThrowAsync();
        await world.Services.WorkBulkAsync();

        var undone = await JobAsync(tenant, undo.Id);
        (undone.Changed, undone.Unchanged, undone.Failed).ShouldBe((618, 1, 1));
        undone.Failures.ShouldHaveSingleItem().Problem.ShouldBe(BulkProblem.PhoneTaken);
        undone.Failures[0].Examples.ShouldBe([ids[3]]);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(620);
    }

    [Theory, OnEachEngine]
    public async Task Undo_KeepsWhatOthersEditedSince_AndTellsOfIt(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (won, lost) = (await tenant.CreateStatusAsync("Won"), await tenant.CreateStatusAsync("Lost"));
        var (same, other, gone, untouched) = (
            await tenant.CreateContactAsync("Same"), await tenant.CreateContactAsync("Other"), await tenant.CreateContactAsync("Gone"),
            await tenant.CreateContactAsync("Untouched"));
        var job = await tenant.Bulk().StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        await tenant.Contacts.UpdateAsync(same.Id, new ContactPatch { StatusId = lost }, null, None).OrThrowAsync();
        await tenant.Contacts.UpdateAsync(other.Id, new ContactPatch { City = "Pune" }, null, None).OrThrowAsync();
        await tenant.Contacts.DeleteAsync(gone.Id, null, None).OrThrowAsync();

        var undo = await tenant.Bulk().UndoAsync(job.Id, None).OrThrowAsync();

        (undo.Changed, undo.Failed).ShouldBe((2, 2));
        undo.Failures.Select(failure => (failure.Problem, failure.Examples.Single()))
            .ShouldBe([(BulkProblem.Gone, gone.Id), (BulkProblem.EditedSince, same.Id)]);
        (await GetAsync(tenant, same.Id)).StatusId.ShouldBe(lost);
        var edited = await GetAsync(tenant, other.Id);
        (edited.StatusId, edited.City).ShouldBe((tenant.StatusId, "Pune"));
        (await GetAsync(tenant, untouched.Id)).StatusId.ShouldBe(tenant.StatusId);
    }

    [Theory, OnEachEngine]
    public async Task Undo_AfterTenMinutes_IsTooLate(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();
        var job = await tenant.Bulk().StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        job.UndoableUntil.ShouldNotBeNull();

        time.Advance(TimeSpan.FromMinutes(10));

        (await tenant.Bulk().UndoAsync(job.Id, None)).Error.ShouldBe(BulkErrors.UndoTooLate);
    }

    [Theory, OnEachEngine]
    public async Task TheSweeper_ForgetsUndoDataAfterADayAndJobsAfterAMonth(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();
        var job = await tenant.Bulk().StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        await tenant.Bulk().UndoAsync(job.Id, None).OrThrowAsync();

        (await SweepAsync()).ShouldBe((2, 1));
        time.Advance(TimeSpan.FromDays(1));
        (await SweepAsync()).ShouldBe((2, 0));
        time.Advance(TimeSpan.FromDays(30));
        (await SweepAsync()).ShouldBe((0, 0));

        async Task<(int Jobs, int Chunks)> SweepAsync()
        {
            await using var scope = world.AnonymousScope();
            await scope.ServiceProvider.GetRequiredService<BulkSweeper>().SweepAsync(None);
            await using var db = tenant.OpenDatabase();
            return (await db.BulkJobs.CountAsync(), await db.BulkChunks.CountAsync());
        }
    }
}
