using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using static WaCr.Web.Tests.Features.Bulk.BulkWorld;

namespace WaCr.Web.Tests.Features.Bulk;

/// <summary>Jobs in the background: to their end, taken over, cancelled, stopped.</summary>
public sealed class BulkRunnerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task AllThatMatchButTwo_InTheBackground_LeavesTheTwoAndUndoesTheRest(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        var ids = await FillAsync(tenant, 1_203);
        var selection = ContactSelection.AllMatching(new ContactQuery { Search = "name" }, ids.Take(2));

        var started = await tenant.Bulk().StartAsync(selection, SetStatus(won), None).OrThrowAsync();
        (started.State, started.Total, started.Behind).ShouldBe((BulkState.Running, 1_201, 0));
        await world.Services.WorkBulkAsync();

        var done = await JobAsync(tenant, started.Id);
        (done.State, done.Changed, done.Unchanged, done.Failed).ShouldBe((BulkState.Done, 1_201, 0, 0));
        (await CountAsync(tenant, won)).ShouldBe(1_201);
        (await GetAsync(tenant, ids[0])).StatusId.ShouldBe(tenant.StatusId);

        await tenant.Bulk().UndoAsync(done.Id, None).OrThrowAsync();
        await world.Services.WorkBulkAsync();

        (await CountAsync(tenant, won)).ShouldBe(0);
        (await JobAsync(tenant, done.Id)).IsUndone.ShouldBeTrue();
        (await tenant.AuditOfAsync("contact", ids[5])).Select(entry => entry.Changes).Skip(1).ShouldBe([
            $$"""{"status_id":[{{tenant.StatusId}},{{won}}]}""", $$"""{"status_id":[{{won}},{{tenant.StatusId}}]}"""]);
        (await tenant.Bulk().UndoAsync(done.Id, None)).Error.ShouldBe(BulkErrors.UndoTooLate);
    }

    [Theory, OnEachEngine]
    public async Task AWorkerThatDied_IsTakenOverOnceItsLeaseEnds_ExactlyWhereItStopped(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await FillAsync(tenant, 1_100);
        var job = await tenant.Bulk().StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();

        // One chunk is done, and then the process is gone with its claim.
        var dead = (await world.Services.ClaimBulkAsync()).ShouldNotBeNull();
        await world.RunOneChunkAsync(tenant, dead);

        var behind = (await JobAsync(tenant, job.Id)).Behind;
        behind.ShouldBe(500);
        var stale = (await world.Services.ClaimBulkAsync()).ShouldNotBeNull();
        (await world.Services.ClaimBulkAsync()).ShouldBeNull();
        time.Advance(BulkRunner.Lease);

        // The next one finishes; the one that was taken for dead wakes up and changes nothing.
        await world.Services.WorkBulkAsync();
        await world.Services.RunBulkAsync(stale);

        var done = await JobAsync(tenant, job.Id);
        (done.State, done.Changed, done.Unchanged).ShouldBe((BulkState.Done, 1_100, 0));
        await using var db = tenant.OpenDatabase();
        (await db.AuditEntries.CountAsync(entry => entry.ChangeOrigin == ChangeOrigin.Bulk)).ShouldBe(1_100);
    }

    [Theory, OnEachEngine]
    public async Task Cancel_KeepsWhatIsDone_AndThatCanBeUndone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await FillAsync(tenant, 1_100);
        var job = await tenant.Bulk().StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        var claim = (await world.Services.ClaimBulkAsync()).ShouldNotBeNull();
        await world.RunOneChunkAsync(tenant, claim);
        await tenant.Bulk().CancelAsync(job.Id, None).OrThrowAsync();
        await world.Services.RunBulkAsync(claim);

        var cancelled = await JobAsync(tenant, job.Id);
        (cancelled.State, cancelled.Changed).ShouldBe((BulkState.Cancelled, 500));
        (await tenant.Bulk().CancelAsync(job.Id, None)).Error.ShouldBe(BulkErrors.NotRunning);

        await tenant.Bulk().UndoAsync(job.Id, None).OrThrowAsync();
        await world.Services.WorkBulkAsync();
        (await CountAsync(tenant, won)).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AStatusThatIsDeletedHalfWay_StopsTheJob(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await FillAsync(tenant, 201);
        var job = await tenant.Bulk().StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        await tenant.Get<LookupService<Status>>().DeleteAsync(won, None).OrThrowAsync();

        await world.Services.WorkBulkAsync();

        var stopped = await JobAsync(tenant, job.Id);
        (stopped.State, stopped.StoppedBecause, stopped.Changed).ShouldBe((BulkState.Stopped, BulkStop.ChoiceGone, 0));
    }
}
