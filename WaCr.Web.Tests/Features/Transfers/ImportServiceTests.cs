using Microsoft.Extensions.Options;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>What becomes of an import as a whole: started, cancelled, taken back, thrown away, and by whom.</summary>
public sealed class ImportServiceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Cancelled_KeepsWhatIsDone_WhichCanBeUndone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync(Enumerable.Range(1, 1_700).Select(n => $"N,{n},+91{9_100_000_000 + n},,,,,"));
        import = await tenant.StartAsync(import, await tenant.SettingsAsync(import));
        var claim = (await world.ClaimAsync())!;
        await world.RunOneChunkAsync(tenant, claim);
        await tenant.GetFresh<BulkService>().CancelAsync(import.Job!.Id, None).OrThrowAsync();

        import = await tenant.GetImportAsync(import.Id);
        import.Job!.State.ShouldBe(BulkState.Cancelled);
        (import.Created, (await tenant.ListAsync(new ContactQuery())).Total)
            .ShouldBe((ImportUpload.ChunkRows, (long)ImportUpload.ChunkRows));
        (await world.ClaimAsync()).ShouldBeNull();

        (await world.UndoAsync(tenant, import)).Changed.ShouldBe(ImportUpload.ChunkRows);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AFileWithSemicolons_ComesBackWithThem_AndNewContactsComeFromTheImport(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var source = await tenant.Get<LookupService<Source>>().CreateAsync(new LookupPatch { Name = "Import" }, None).OrThrowAsync();
        var file = "First name;Last name;Phone;Firm\r\nAda;Lee;+919000000001;Lee, Sons\r\nBen;Lee;12;\r\n"u8.ToArray();
        var import = await tenant.GetImportAsync(await tenant.SendAsync(file).OrThrowAsync());
        await tenant.StartAsync(import, await tenant.SettingsAsync(import));
        await world.WorkAsync();

        (await tenant.FailedFileAsync(await tenant.GetImportAsync(import.Id))).ShouldStartWith("First name;Last name;Phone;Firm;Import error\r\nBen;Lee;12;;");
        var ada = (await tenant.EverybodyAsync()).ShouldHaveSingleItem();
        (ada.Company, ada.SourceId).ShouldBe(("Lee, Sons", source.Id));
    }

    [Theory, OnEachEngine]
    public async Task Undo_LeavesWhatWasEditedSince_AndTheTrashHoldsWhatWasMade(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var known = await tenant.CreateContactAsync("Known", phone: "+919000000001");
        var import = await world.ImportAsync(
            tenant,
            ExistingPolicy.Overwrite,
            "Imported,Name,+919000000001,imported@example.org,,,,Company",
            "Fresh,One,+919000000002,,,,,");
        var edited = await tenant.Contacts.UpdateAsync(known.Id, new ContactPatch { Company = "Edited since" }, null, None).OrThrowAsync();

        var undo = await world.UndoAsync(tenant, import);

        (undo.Changed, undo.Failed).ShouldBe((1, 1));
        undo.Failures.ShouldHaveSingleItem().Problem.ShouldBe(BulkProblem.EditedSince);
        var left = (await tenant.EverybodyAsync()).ShouldHaveSingleItem();
        (left.FirstName, left.Email, left.Company).ShouldBe(("Known", null, "Edited since"));
        left.Version.ShouldBe(edited.Version + 1);
        (await tenant.Get<TrashQueries>().ListAsync(new TrashQuery(new PageRequest(1, 10), null), None).OrThrowAsync())
            .Items.ShouldHaveSingleItem().Name.ShouldBe("Fresh One");
        (await tenant.Get<BulkService>().UndoAsync(import.Job!.Id, None)).Succeeded.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task Undo_IsOfferedForADay(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var import = await world.ImportAsync(tenant, ExistingPolicy.Skip, "A,A,+919000000001,,,,,");

        time.Advance(TimeSpan.FromHours(23));
        await SweepAsync();
        (await tenant.GetImportAsync(import.Id)).Job!.UndoableUntil.ShouldNotBeNull();
        time.Advance(TimeSpan.FromHours(1));
        (await tenant.GetImportAsync(import.Id)).Job!.UndoableUntil.ShouldBeNull();
        time.Advance(TimeSpan.FromDays(30));
        await SweepAsync();
        (await tenant.Get<ImportQueries>().ListAsync(new PageRequest(1, 10), None).OrThrowAsync()).Total.ShouldBe(0);
        await using var db = tenant.OpenDatabase();
        (await db.ImportChunks.CountAsync()).ShouldBe(0);

        async Task SweepAsync()
        {
            await using var scope = world.AnonymousScope();
            await scope.ServiceProvider.GetRequiredService<BulkSweeper>().SweepAsync(None);
            await scope.ServiceProvider.GetRequiredService<ImportSweeper>().SweepAsync(None);
        }
    }

    [Theory, OnEachEngine]
    public async Task AFileThatNobodyStarts_IsSweptAfterAWeek_AndCanBeThrownAway(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var (forgotten, unwanted) = (await tenant.UploadAsync("A,A,1,,,,,"), await tenant.UploadAsync("A,A,1,,,,,"));

        await tenant.Get<ImportService>().DiscardAsync(unwanted.Id, None).OrThrowAsync();
        time.Advance(Import.WaitsFor - TimeSpan.FromMinutes(1));
        (await LeftAsync()).ShouldBe([forgotten.Id]);
        time.Advance(TimeSpan.FromMinutes(1));
        (await LeftAsync()).ShouldBeEmpty();

        async Task<long[]> LeftAsync()
        {
            await using var scope = world.AnonymousScope();
            await scope.ServiceProvider.GetRequiredService<ImportSweeper>().SweepAsync(None);
            await using var db = tenant.OpenDatabase();
            return await db.Imports.Select(import => import.Id).ToArrayAsync();
        }
    }

    [Fact]
    public async Task FileThatIsSent_IsADraftOfTheStoreMeanwhile()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var drafts = Path.Combine(world.Services.GetRequiredService<IOptions<FileStoreOptions>>().Value.Path, "drafts");
        var seen = 0;
        await using var body = new WatchedStream(
            "First name,Phone\r\nAda,+919000000001"u8.ToArray(), () => seen = Directory.GetFiles(drafts).Length);

        await tenant.Get<ImportUpload>().ReceiveAsync(body, "people.csv", None).OrThrowAsync();

        (seen, Directory.GetFiles(drafts).Length).ShouldBe((1, 0));
    }

    [Theory, OnEachEngine]
    public async Task TheOtherTenant_SeesNothingAndChangesNothing(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var contact = await theirs.CreateContactAsync("Theirs", phone: "+919000000001");
        var import = await theirs.UploadAsync("A,A,+919000000001,,,,,");
        var settings = await theirs.SettingsAsync(import);

        (await mine.Get<ImportQueries>().GetAsync(import.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await mine.Get<ImportQueries>().GuessAsync(import.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await mine.Get<ImportQueries>().SampleAsync(import.Id, None)).ShouldBeEmpty();
        (await mine.Get<ImportQueries>().ListAsync(new PageRequest(1, 10), None).OrThrowAsync()).Total.ShouldBe(0);
        (await mine.Get<ImportCheck>().RunAsync(import.Id, settings, new Progress<int>(), None)).Error.ShouldBeOfType<NotFoundError>();
        (await mine.Get<ImportService>().StartAsync(import.Id, settings, None)).Error.ShouldBeOfType<NotFoundError>();
        (await mine.Get<ImportService>().DiscardAsync(import.Id, None)).Error.ShouldBeOfType<NotFoundError>();

        // The same number is somebody else's contact there.
        (await world.ImportAsync(mine, ExistingPolicy.Overwrite, "Mine,Now,+919000000001,,,,,")).Created.ShouldBe(1);
        (await theirs.ContactQueries.GetAsync(contact.Id, default, None).OrThrowAsync()).Version.ShouldBe(contact.Version);
        (await mine.Get<ImportService>().StartAsync(
            (await mine.UploadAsync("B,B,1,,,,,")).Id, settings with { DefaultStatusId = theirs.StatusId },
            None)).ShouldBeInvalid().Has("status_id").ShouldBeTrue();
    }

    [Theory]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.Agent, false)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Owner, true)]
    public async Task Roles_MayImport_AccordingToTheTable(Role role, bool may)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync("A,A,+919000000001,,,,,");
        var settings = await tenant.SettingsAsync(import);
        await tenant.SignInAsync(role);

        (await tenant.SendAsync("a,b\n1,2"u8.ToArray())).Succeeded.ShouldBe(may);
        (await tenant.Get<ImportQueries>().GetAsync(import.Id, None)).Succeeded.ShouldBe(may);
        (await tenant.Get<ImportQueries>().ListAsync(new PageRequest(1, 10), None)).Succeeded.ShouldBe(may);
        (await tenant.Get<ImportCheck>().RunAsync(import.Id, settings, new Progress<int>(), None)).Succeeded.ShouldBe(may);
        var started = await tenant.Get<ImportService>().StartAsync(import.Id, settings, None);
        started.Succeeded.ShouldBe(may);
        (await tenant.Get<ContactExport>().SelectAsync(ContactSelection.Of([1]), None)).Succeeded.ShouldBe(may);
    }

    [Fact]
    public async Task TwoClicks_StartItOnce()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync("A,A,+919000000001,,,,,");
        var settings = await tenant.SettingsAsync(import);

        await tenant.StartAsync(import, settings);
        (await tenant.Get<ImportService>().StartAsync(import.Id, settings, None)).Error.ShouldBeOfType<TooLateError>();

        (await tenant.Get<BulkQueries>().ListAsync(new PageRequest(1, 10), None).OrThrowAsync()).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Settings_ThatMakeNoSense_AreRefusedByField()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync("A,A,+919000000001,,,,,");
        var settings = await tenant.SettingsAsync(import);

        (await ErrorsAsync(settings with
        {
            Columns = [.. settings.Columns.Select(field => field == ContactFieldNames.Phone ? null
            : field)]
        }))
            .Has("phone")
            .ShouldBeTrue();
        (await ErrorsAsync(settings with
        {
            Columns = [.. settings.Columns.Select(field => field == ContactFieldNames.Company ? "phone"
            : field)]
        }))
            .Has("phone")
            .ShouldBeTrue();
        (await ErrorsAsync(settings with { Columns = ["phone"] })).Has("columns").ShouldBeTrue();
        (await ErrorsAsync(settings with { DefaultType = "friend" })).Has("type").ShouldBeTrue();

        async Task<FieldErrors> ErrorsAsync(ImportSettings wrong) =>
            (await tenant.Get<ImportService>().StartAsync(import.Id, wrong, None)).ShouldBeInvalid();
    }

    [Theory, OnEachEngine]
    public async Task AnExport_ImportsBackUnchanged(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (group, status) = (await tenant.CreateGroupAsync("Paris, \"old\"; VIP"), await tenant.CreateStatusAsync("=Won"));
        var person = await tenant.SignInAsync(Role.Owner);
        for (var index = 0; index < 20; index++)
        {
            await tenant.CreateContactAsync(tenant.NewContact($"={index}", index % 2 == 0 ? "'@Patel" : "''+x", email: index % 3 == 0 ? null
                : $"e{index}@example.org") with
            {
                Company = index % 2 == 0 ? "-5" : null,
                StatusId = index % 2 == 0 ? status : tenant.StatusId,
                Type = index % 3 == 0 ? "guest" : "customer",
                Description = "a\r\nb\tc \"quoted\"; 'd'\u2028e_x000D_",
                Zip = "00123",
                CountryId = index % 2 == 0 ? 356 : 384,
                AssignedId = index % 2 == 0 ? person : null,
                Groups = index % 4 == 0 ? new[] { group } : [],
            });
        }

        var before = await tenant.EverybodyAsync();
        foreach (var format in new[] { TableFormat.Csv, TableFormat.Xlsx })
        {
            using var file = new MemoryStream();
            var ids = await tenant.Get<ContactExport>()
                .SelectAsync(ContactSelection.AllMatching(new ContactQuery(), []), None)
                .OrThrowAsync();
            await tenant.Get<ContactExport>().WriteAsync(ids, format, new ExportLabels(field => field, (_, value) => value), file, None);

            // Into contacts that differ in everything, and then again: the second time nothing is left to change.
            await ScrambleAsync(before);
            (await BackAsync(file.ToArray())).Counts().ShouldBe((0, 20, 0, 0, 0));
            (await tenant.EverybodyAsync()).ConvertAll(Comparable).ShouldBe(before.ConvertAll(Comparable));
            (await BackAsync(file.ToArray())).Counts().ShouldBe((0, 0, 20, 0, 0));
        }

        async Task ScrambleAsync(List<ContactDetails> contacts)
        {
            foreach (var contact in contacts)
            {
                await tenant.Contacts.UpdateAsync(
                    contact.Id,
                    new ContactPatch
                    {
                        FirstName = "x",
                        LastName = "x",
                        Company = contact.Company is null ? default : "x",
                        Description = "x",
                        Type = "lead",
                        Zip = "1",
                        CountryId = 4,
                    },
                    null,
                    None)
                    .OrThrowAsync();
            }
        }

        async Task<ImportItem> BackAsync(byte[] bytes)
        {
            var import = await tenant.GetImportAsync(await tenant.SendAsync(bytes).OrThrowAsync());
            await tenant.StartAsync(import, await tenant.SettingsAsync(import, ExistingPolicy.Overwrite));
            await world.WorkAsync();
            return await tenant.GetImportAsync(import.Id);
        }

        static string Comparable(ContactDetails c) =>
            string.Join(
                '|', c.Id, c.FirstName, c.LastName, c.Company, c.Type, c.Email, c.Phone, c.StatusId, c.SourceId, c.Description, c.Zip,
                c.CountryId, c.AssignedId, string.Join(',', c.GroupIds));
    }

    private sealed class WatchedStream(byte[] bytes, Action read) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            read();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
