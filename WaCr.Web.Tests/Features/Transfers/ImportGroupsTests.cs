using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>Groups that an import makes, and takes back when it is undone.</summary>
public sealed class ImportGroupsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Undo_TakesBackTheGroups_WhereNobodyIsInThem(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateGroupAsync("Known");
        var import = await tenant.UploadAsync(
            "Fresh,One,+919000000002,,,,Fair,", "Fresh,Two,+919000000003,,,,Shop,", "Fresh,Three,+919000000004,,,,Known,");
        await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { CreateMissing = true });
        await world.WorkAsync();
        await using (var db = tenant.OpenDatabase())
        {
            var shop = await db.Groups.SingleAsync(group => group.Name == "Shop");
            await tenant.CreateContactAsync(tenant.NewContact("Friend", phone: "+919000000005") with { Groups = new[] { shop.Id } });
        }

        await world.UndoAsync(tenant, await tenant.GetImportAsync(import.Id));

        (await GroupsAsync(tenant)).ShouldBe(["Known", "Shop"]);
        var trash = await tenant.Get<TrashQueries>().ListAsync(new TrashQuery(new PageRequest(1, 10), null), None).OrThrowAsync();
        var restored = await tenant.GetFresh<ContactTrash>().RestoreAsync([.. trash.Items.Select(item => item.Id)], None).OrThrowAsync();
        (restored.Restored.Count, restored.NotRestored.Count).ShouldBe((3, 0));
    }

    [Theory, OnEachEngine]
    public async Task Undo_TakesBackTheGroups_ThatAProcessMadeJustBeforeItDied(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await CreateAsync(engine, time, diesAtChunk: 0);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync("Fresh,One,+919000000002,,,,Fair,");
        var settings = await tenant.SettingsAsync(import) with { CreateMissing = true };
        await Should.ThrowAsync<IOException>(() => tenant.StartAsync(import, settings));
        (await GroupsAsync(tenant)).ShouldBe(["Fair"]);
        (await tenant.EverybodyAsync()).ShouldBeEmpty();

        time.Advance(BulkRunner.Lease);
        await world.WorkAsync();
        (await tenant.EverybodyAsync()).ShouldHaveSingleItem().GroupIds.Count.ShouldBe(1);
        await world.UndoAsync(tenant, await tenant.GetImportAsync(import.Id));

        (await GroupsAsync(tenant)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Undo_TakesBackTheGroups_OfRowsThatWereCancelled(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine, TimeProvider.System, diesAtChunk: 1);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync(
            Enumerable.Range(1, ImportUpload.ChunkRows + 1)
                .Select(n => $"N,{n},+91{9_100_000_000 + n},,,,{(n > ImportUpload.ChunkRows ? "Fair" : "")},"));
        import = await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { CreateMissing = true });
        await Should.ThrowAsync<IOException>(world.WorkAsync);
        (await GroupsAsync(tenant)).ShouldBe(["Fair"]);

        await tenant.GetFresh<BulkService>().CancelAsync(import.Job!.Id, None).OrThrowAsync();
        (await world.UndoAsync(tenant, import)).Changed.ShouldBe(ImportUpload.ChunkRows);

        (await GroupsAsync(tenant)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Undo_LeavesTheGroupsOfOthers(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (first, second) = (await ImportAsync("Fair", "+919000000001"), await ImportAsync("Shop", "+919000000002"));
        await tenant.CreateGroupAsync("Empty");

        await world.UndoAsync(tenant, second);
        (await GroupsAsync(tenant)).ShouldBe(["Empty", "Fair"]);
        await world.UndoAsync(tenant, first);
        (await GroupsAsync(tenant)).ShouldBe(["Empty"]);

        async Task<ImportItem> ImportAsync(string group, string phone)
        {
            var import = await tenant.UploadAsync($"Fresh,One,{phone},,,,{group},");
            await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { CreateMissing = true });
            return await tenant.GetImportAsync(import.Id);
        }
    }

    private static async Task<List<string>> GroupsAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.Groups.Select(group => group.Name).Order().ToListAsync();
    }

    private static Task<TestWorld> CreateAsync(DatabaseProvider engine, TimeProvider time, int diesAtChunk)
    {
        var lives = 1;
        return TestWorld.CreateAsync(engine, time, services => services.AddScoped<IBulkImport>(provider => new DyingImport(
            ActivatorUtilities.CreateInstance<ImportRunner>(provider),
            number => number == diesAtChunk && Interlocked.Exchange(ref lives, 0) == 1)));
    }

    /// <summary>The process dies after what a chunk needs is made, before the chunk is written.</summary>
    private sealed class DyingImport(IBulkImport inner, Func<int, bool> dies) : IBulkImport
    {
        public async Task PrepareAsync(long importId, int number)
        {
            await inner.PrepareAsync(importId, number);
            if (dies(number))
            {
                throw new IOException("The process is gone.");
            }
        }

        public Task<ChunkOutcome> RunAsync(AppDbContext db, long importId, int number) => inner.RunAsync(db, importId, number);

        public Task<ChunkOutcome> UndoAsync(AppDbContext db, string before) => inner.UndoAsync(db, before);

        public Task EndUndoAsync(AppDbContext db, long jobId) => inner.EndUndoAsync(db, jobId);
    }
}
