using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Work;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Bulk;

public sealed class BulkServiceTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ContactSelection Everybody = ContactSelection.AllMatching(new ContactQuery(), []);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Theory, OnEachEngine]
    public async Task Few_AreChangedBeforeTheAnswer_FieldByFieldThroughTheBulkService(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (won, vip) = (await tenant.CreateStatusAsync("Won"), await tenant.CreateGroupAsync("VIP"));
        var changed = await tenant.CreateContactAsync("Changed");
        var same = await tenant.CreateContactAsync(tenant.NewContact("Same") with { StatusId = won, Groups = new[] { vip } });
        var apart = await tenant.CreateContactAsync("Apart");
        var action = SetStatus(won) with { Groups = new BulkGroups(GroupsMode.Add, [vip]) };
        var selection = ContactSelection.Of([changed.Id, same.Id, 999_999]);

        (await Bulk(tenant).PreviewAsync(selection, action, None).OrThrowAsync()).ShouldBe(new BulkPreview(2, 1));
        var job = await Bulk(tenant).StartAsync(selection, action, None).OrThrowAsync();

        (job.State, job.Changed, job.Unchanged, job.Failed).ShouldBe((BulkState.Done, 1, 1, 0));
        var after = await GetAsync(tenant, changed.Id);
        (after.StatusId, after.Version).ShouldBe((won, changed.Version + 1));
        after.GroupIds.ShouldBe([vip]);
        (await GetAsync(tenant, same.Id)).Version.ShouldBe(same.Version);
        (await GetAsync(tenant, apart.Id)).StatusId.ShouldBe(tenant.StatusId);
        var entry = (await tenant.AuditOfAsync("contact", changed.Id))[^1];
        (entry.Action, entry.ChangeOrigin, entry.RequestId).ShouldBe((AuditAction.Updated, ChangeOrigin.Bulk, $"bulk-{job.Id}"));
        entry.Changes.ShouldBe($$"""{"status_id":[{{tenant.StatusId}},{{won}}],"groups":[[],[{{vip}}]]}""");
        (await tenant.AuditOfAsync("contact", same.Id)).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task AllThatMatchButTwo_InTheBackground_LeavesTheTwoAndUndoesTheRest(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        var ids = await FillAsync(tenant, 1_203);
        var selection = ContactSelection.AllMatching(new ContactQuery { Search = "name" }, ids.Take(2));

        var started = await Bulk(tenant).StartAsync(selection, SetStatus(won), None).OrThrowAsync();
        (started.State, started.Total, started.Behind).ShouldBe((BulkState.Running, 1_201, 0));
        await WorkAsync(world);

        var done = await JobAsync(tenant, started.Id);
        (done.State, done.Changed, done.Unchanged, done.Failed).ShouldBe((BulkState.Done, 1_201, 0, 0));
        (await CountAsync(tenant, won)).ShouldBe(1_201);
        (await GetAsync(tenant, ids[0])).StatusId.ShouldBe(tenant.StatusId);

        await Bulk(tenant).UndoAsync(done.Id, None).OrThrowAsync();
        await WorkAsync(world);

        (await CountAsync(tenant, won)).ShouldBe(0);
        (await JobAsync(tenant, done.Id)).IsUndone.ShouldBeTrue();
        (await tenant.AuditOfAsync("contact", ids[5])).Select(entry => entry.Changes).Skip(1).ShouldBe([
            $$"""{"status_id":[{{tenant.StatusId}},{{won}}]}""", $$"""{"status_id":[{{won}},{{tenant.StatusId}}]}"""]);
        (await Bulk(tenant).UndoAsync(done.Id, None)).Error.ShouldBe(BulkErrors.UndoTooLate);
    }

    [Theory, OnEachEngine]
    public async Task SeveralFields_AreSetClearedAndFoundAgain(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { City = "Pune", Company = "Before" });
        var action = new BulkAction
        {
            Fields = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["company"] = " Kürşat & Söhne ",
                ["city"] = null,
                ["type"] = "customer",
                ["description"] = "From the fair",
            },
        };

        var job = await Bulk(tenant).StartAsync(ContactSelection.Of([contact.Id]), action, None).OrThrowAsync();

        var after = await GetAsync(tenant, contact.Id);
        (after.Company, after.City, after.Type, after.Description)
            .ShouldBe(("Kürşat & Söhne", null, ContactType.Customer, "From the fair"));
        (await tenant.FindAsync("kursat")).ShouldBe(["Asha"]);
        (await tenant.FindAsync("before")).ShouldBeEmpty();

        await Bulk(tenant).UndoAsync(job.Id, None).OrThrowAsync();

        var undone = await GetAsync(tenant, contact.Id);
        (undone.Company, undone.City, undone.Type, undone.Description).ShouldBe(("Before", "Pune", ContactType.Lead, null));
        (await tenant.FindAsync("before")).ShouldBe(["Asha"]);
    }

    [Theory, OnEachEngine]
    public async Task Groups_AreReplacedAndTakenBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (a, b, c) = (await tenant.CreateGroupAsync("A"), await tenant.CreateGroupAsync("B"), await tenant.CreateGroupAsync("C"));
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { Groups = new[] { a, b } });
        var selection = ContactSelection.Of([contact.Id]);

        (await Bulk(tenant).StartAsync(selection, Groups(GroupsMode.Remove, c), None).OrThrowAsync()).Unchanged.ShouldBe(1);
        (await Bulk(tenant).PreviewAsync(selection, Groups(GroupsMode.Replace, a, b), None).OrThrowAsync()).Changing.ShouldBe(0);
        (await Bulk(tenant).PreviewAsync(selection, Groups(GroupsMode.Replace, a), None).OrThrowAsync()).Changing.ShouldBe(1);
        var job = await Bulk(tenant).StartAsync(selection, Groups(GroupsMode.Replace, b, c), None).OrThrowAsync();
        (await GetAsync(tenant, contact.Id)).GroupIds.ShouldBe([b, c]);

        await tenant.Get<LookupService<Group>>().DeleteAsync(b, None).OrThrowAsync();
        await Bulk(tenant).UndoAsync(job.Id, None).OrThrowAsync();
        (await GetAsync(tenant, contact.Id)).GroupIds.ShouldBe([a]);
    }

    [Theory, OnEachEngine]
    public async Task Delete_PutsThemIntoTheTrash_AndUndoBringsBackWhatIsFree(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var ids = await FillAsync(tenant, 620);
        var phone = (await GetAsync(tenant, ids[3])).Phone;

        var started = await Bulk(tenant).StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        await WorkAsync(world);
        (await JobAsync(tenant, started.Id)).Changed.ShouldBe(620);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(0);
        (await tenant.Get<TrashQueries>().ListAsync(new TrashQuery(new PageRequest(1, 1)), None).OrThrowAsync()).Total.ShouldBe(620);
        await tenant.CreateContactAsync("New", phone: phone);
        await tenant.Get<ContactTrash>().RestoreAsync([ids[4]], None).OrThrowAsync();

        var undo = await Bulk(tenant).UndoAsync(started.Id, None).OrThrowAsync();
        await WorkAsync(world);

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
        var job = await Bulk(tenant).StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        await tenant.Contacts.UpdateAsync(same.Id, new ContactPatch { StatusId = lost }, null, None).OrThrowAsync();
        await tenant.Contacts.UpdateAsync(other.Id, new ContactPatch { City = "Pune" }, null, None).OrThrowAsync();
        await tenant.Contacts.DeleteAsync(gone.Id, null, None).OrThrowAsync();

        var undo = await Bulk(tenant).UndoAsync(job.Id, None).OrThrowAsync();

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
        var job = await Bulk(tenant).StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        job.UndoableUntil.ShouldNotBeNull();

        time.Advance(TimeSpan.FromMinutes(10));

        (await Bulk(tenant).UndoAsync(job.Id, None)).Error.ShouldBe(BulkErrors.UndoTooLate);
    }

    [Theory, OnEachEngine]
    public async Task AWorkerThatDied_IsTakenOverOnceItsLeaseEnds_ExactlyWhereItStopped(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await FillAsync(tenant, 1_100);
        var job = await Bulk(tenant).StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();

        // One chunk is done, and then the process is gone with its claim.
        var dead = (await ClaimAsync(world)).ShouldNotBeNull();
        await using (var worker = world.AnonymousScope())
        {
            using var killed = new CancellationTokenSource();
            using var afterOne = world.Services.GetRequiredService<ChangeFeed>()
                .Subscribe(tenant.Id, _ => killed.Cancel(), ChangeKind.BulkJobs);
            await worker.ServiceProvider.GetRequiredService<BulkRunner>().RunAsync(dead, Long, killed.Token);
        }

        var behind = (await JobAsync(tenant, job.Id)).Behind;
        behind.ShouldBe(500);
        var stale = (await ClaimAsync(world)).ShouldNotBeNull();
        (await ClaimAsync(world)).ShouldBeNull();
        time.Advance(BulkRunner.Lease);

        // The next one finishes; the one that was taken for dead wakes up and changes nothing.
        await WorkAsync(world);
        await RunAsync(world, stale);

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
        var job = await Bulk(tenant).StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        var claim = (await ClaimAsync(world)).ShouldNotBeNull();
        await world.RunOneChunkAsync(tenant, claim);
        await Bulk(tenant).CancelAsync(job.Id, None).OrThrowAsync();
        await RunAsync(world, claim);

        var cancelled = await JobAsync(tenant, job.Id);
        (cancelled.State, cancelled.Changed).ShouldBe((BulkState.Cancelled, 500));
        (await Bulk(tenant).CancelAsync(job.Id, None)).Error.ShouldBe(BulkErrors.NotRunning);

        await Bulk(tenant).UndoAsync(job.Id, None).OrThrowAsync();
        await WorkAsync(world);
        (await CountAsync(tenant, won)).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AStatusThatIsDeletedHalfWay_StopsTheJob(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await FillAsync(tenant, 201);
        var job = await Bulk(tenant).StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        await tenant.Get<LookupService<Status>>().DeleteAsync(won, None).OrThrowAsync();

        await WorkAsync(world);

        var stopped = await JobAsync(tenant, job.Id);
        (stopped.State, stopped.StoppedBecause, stopped.Changed).ShouldBe((BulkState.Stopped, BulkStop.ChoiceGone, 0));
    }

    [Theory, OnEachEngine]
    public async Task WhatBreaksARule_IsRefusedBeforeAnythingHappens(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();

        (await Bulk(tenant).StartAsync(Everybody, SetStatus(999), None))
            .ShouldBeInvalid()["status_id"]
            .ShouldBe([ContactErrors.StatusUnknown]);
        (await Bulk(tenant).StartAsync(Everybody, Field("phone", "+919000000000"), None))
            .ShouldBeInvalid()["phone"]
            .ShouldBe([BulkErrors.FieldUnknown]);
        (await Bulk(tenant).StartAsync(Everybody, Field("status_id", null), None))
            .ShouldBeInvalid()["status_id"]
            .ShouldBe([ContactErrors.StatusRequired]);
        (await Bulk(tenant).StartAsync(Everybody, Groups(GroupsMode.Add, 999), None))
            .ShouldBeInvalid()["groups"]
            .ShouldBe([ContactErrors.GroupsUnknown]);
        (await Bulk(tenant).StartAsync(Everybody, new BulkAction(), None)).ShouldBeInvalid()["action"].ShouldBe([BulkErrors.NothingToDo]);
        (await Bulk(tenant).StartAsync(ContactSelection.Of([]), BulkAction.Delete, None))
            .ShouldBeInvalid()["selection"]
            .ShouldBe([BulkErrors.NobodySelected]);
        (await tenant.Get<BulkQueries>().ListAsync(new PageRequest(1, 20), None).OrThrowAsync()).Total.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_NeitherChangesNorSeesNorUndoes(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var (own, foreign) = (await mine.CreateContactAsync("Own"), await theirs.CreateContactAsync("Foreign"));

        var job = await Bulk(mine).StartAsync(ContactSelection.Of([own.Id, foreign.Id]), BulkAction.Delete, None).OrThrowAsync();

        job.Changed.ShouldBe(1);
        (await GetAsync(theirs, foreign.Id)).FirstName.ShouldBe("Foreign");
        (await theirs.Get<BulkQueries>().GetAsync(job.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await Bulk(theirs).UndoAsync(job.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await Bulk(theirs).CancelAsync(job.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await theirs.Get<BulkQueries>().ListAsync(new PageRequest(1, 20), None).OrThrowAsync()).Total.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task Roles_MayDoInBulkWhatTheyMayDoOneByOne(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await tenant.CreateContactAsync();
        var deleted = await Bulk(tenant).StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        await tenant.CreateContactAsync();

        Become(tenant, Role.Viewer);
        (await Bulk(tenant).StartAsync(Everybody, SetStatus(won), None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsWrite));
        (await Bulk(tenant).PreviewAsync(Everybody, SetStatus(won), None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsWrite));
        Become(tenant, Role.Agent);
        (await Bulk(tenant).StartAsync(Everybody, BulkAction.Delete, None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsDelete));
        (await Bulk(tenant).UndoAsync(deleted.Id, None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsDelete));

        // A person who is nobody's member any more when the job's turn comes.
        var stopped = await Bulk(tenant).StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        (stopped.State, stopped.StoppedBecause, stopped.Changed).ShouldBe((BulkState.Stopped, BulkStop.NotAllowed, 0));
    }

    [Theory, OnEachEngine]
    public async Task TheSweeper_ForgetsUndoDataAfterADayAndJobsAfterAMonth(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();
        var job = await Bulk(tenant).StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        await Bulk(tenant).UndoAsync(job.Id, None).OrThrowAsync();

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

    private static BulkService Bulk(TestTenant tenant) => tenant.Get<BulkService>();

    private static BulkAction SetStatus(long status) =>
        Field("status_id", status.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static BulkAction Field(string field, string? value) =>
        new() { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { [field] = value } };

    private static BulkAction Groups(GroupsMode mode, params long[] ids) => new() { Groups = new BulkGroups(mode, ids) };

    private static async Task<ContactDetails> GetAsync(TestTenant tenant, long id) =>
        await tenant.ContactQueries.GetAsync(id, ContactIncludes.None, None).OrThrowAsync();

    private static async Task<BulkJobItem> JobAsync(TestTenant tenant, long id) =>
        await tenant.Get<BulkQueries>().GetAsync(id, None).OrThrowAsync();

    private static async Task<long> CountAsync(TestTenant tenant, long status) =>
        (await tenant.ListAsync(new ContactQuery { Filters = [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, status)] })).Total;

    private static async Task<List<long>> FillAsync(TestTenant tenant, int count)
    {
        var rows = Enumerable.Range(0, count).Select(n => tenant.NewContact($"Name {n:D4}")).ToList();
        var batch = await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), None).OrThrowAsync();
        return [.. batch.Created.Select(contact => contact.Id)];
    }

    private static void Become(TestTenant tenant, Role role)
    {
        var context = tenant.Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, 4_711, "Arjun", ChangeOrigin.App, RolePermissions.Of(role)));
    }

    private static Task<Claim<BulkJob>?> ClaimAsync(TestWorld world) => world.Services.ClaimBulkAsync();

    private static async Task RunAsync(TestWorld world, Claim<BulkJob> claim)
    {
        await using var scope = world.AnonymousScope();
        await scope.ServiceProvider.GetRequiredService<BulkRunner>().RunAsync(claim, Long, None);
    }

    // What the hosted loop does, until nothing is left.
    private static async Task WorkAsync(TestWorld world)
    {
        while (await ClaimAsync(world) is { } claim)
        {
            await RunAsync(world, claim);
        }
    }
}
