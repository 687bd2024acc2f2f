using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>What becomes of each row of a file.</summary>
public sealed class ImportRowsTests
{
    [Theory, OnEachEngine]
    public async Task NewContacts_AreMadeWithTheirNamesAndDefaults_ThroughTheImport(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (won, vip, paris) = (
            await tenant.CreateStatusAsync("Won"), await tenant.CreateGroupAsync("VIP"), await tenant.CreateGroupAsync("Paris, old"));

        var import = await world.ImportAsync(
            tenant, ExistingPolicy.Skip,
            "Asha,Patel,'+919000000001,asha@example.org,won,,\"vip; \"\"Paris, old\"\"\",Acme",
            "بشير,النجار,9000000002,,,,,");

        import.Counts().ShouldBe((2, 0, 0, 0, 0));
        (import.Job!.State, import.Job.Changed, import.Rows).ShouldBe((BulkState.Done, 2, 2));
        var everybody = await tenant.EverybodyAsync();
        var asha = everybody[0];
        (asha.FirstName, asha.Phone, asha.Email, asha.StatusId, asha.Company, asha.Type)
            .ShouldBe(("Asha", "+919000000001", "asha@example.org", won, "Acme", ContactType.Lead));
        asha.GroupIds.ShouldBe([vip, paris]);
        (everybody[1].FirstName, everybody[1].PhoneKey, everybody[1].StatusId, everybody[1].SourceId)
            .ShouldBe(("بشير", "919000000002", tenant.StatusId, tenant.SourceId));
        (await tenant.FindAsync("acme")).ShouldBe(["Asha"]);
        var entry = (await tenant.AuditOfAsync("contact", asha.Id))[^1];
        (entry.Action, entry.ChangeOrigin, entry.RequestId).ShouldBe((AuditAction.Created, ChangeOrigin.Import, $"bulk-{import.Job.Id}"));
    }

    [Theory, OnEachEngine]
    public async Task Existing_FoundByPhoneOrElseByEmail_AreTreatedByThePolicy(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        string[] lines =
        [
            "New name,Patel,+91 90000-00001,new@example.org,,,VIP,New company",
            "Ravi,Kumar,+919000000009,ravi@example.org,,,,Ravi's",
            "Third,One,+919000000003,,,,,",
        ];
        var expected = new Dictionary<ExistingPolicy, (
            string First, string? Company, string? Email, string RaviPhone, (int, int, int, int, int) Counts)>
        {
            [ExistingPolicy.Skip] = ("Asha", null, "asha@example.org", "+919000000002", (1, 0, 0, 2, 0)),
            [ExistingPolicy.FillBlanks] = ("Asha", "New company", "asha@example.org", "+919000000002", (1, 2, 0, 0, 0)),
            [ExistingPolicy.Overwrite] = ("New name", "New company", "new@example.org", "+919000000009", (1, 2, 0, 0, 0)),
        };
        foreach (var (policy, result) in expected)
        {
            var tenant = await world.CreateTenantAsync(policy.ToString().ToLowerInvariant());
            var vip = await tenant.CreateGroupAsync("VIP");
            var asha = await tenant.CreateContactAsync("Asha", phone: "+919000000001", email: "asha@example.org");
            var ravi = await tenant.CreateContactAsync("Ravi", phone: "+919000000002", email: "RAVI@example.org");
            var import = await tenant.UploadAsync(lines);
            var settings = await tenant.SettingsAsync(import, policy);
            var forecast = await tenant.CheckAsync(import, settings);

            await tenant.StartAsync(import, settings);
            await world.WorkAsync();

            import = await tenant.GetImportAsync(import.Id);
            import.Counts().ShouldBe(result.Counts);
            forecast.Counts().ShouldBe((import.Created, import.Updated, import.Skipped, import.Failed));
            var after = await tenant.EverybodyAsync();
            (after[0].FirstName, after[0].Company, after[0].Email, after[1].Phone)
                .ShouldBe((result.First, result.Company, result.Email, result.RaviPhone));
            after[0].GroupIds.ShouldBe(policy == ExistingPolicy.Skip ? [] : [vip]);
            (await tenant.FindAsync("new company")).Length.ShouldBe(policy == ExistingPolicy.Skip ? 0 : 1);
            (await tenant.FindAsync(policy == ExistingPolicy.Overwrite ? "9000000009" : "9000000002")).ShouldBe(["Ravi"]);

            (await world.UndoAsync(tenant, import)).Failed.ShouldBe(0);
            var undone = await tenant.EverybodyAsync();
            undone.ConvertAll(contact => (contact.Id, contact.FirstName, contact.Company, contact.Email, contact.Phone))
                .ShouldBe(
                    [
                        (asha.Id, "Asha", null, "asha@example.org", "+919000000001"),
                        (ravi.Id, "Ravi", null, "RAVI@example.org", "+919000000002")
                    ]);
            undone[0].GroupIds.ShouldBeEmpty();
            (await tenant.FindAsync("9000000002")).ShouldBe(["Ravi"]);
        }
    }

    [Theory, OnEachEngine]
    public async Task BadRows_AreKeptWithTheirReasons_AndMendedOnesComeInLater(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var import = await world.ImportAsync(
            tenant, ExistingPolicy.Skip,
            "Good,One,+919000000001,,,,,",
            "NoNumber,One,,,,,,",
            "",
            "Bad,Phone,12,not an email,,,,\"two\nlines\"",
            "Nul\0,Letter,+919000000005,,,,,",
            "Too,Wide,+919000000006,,,,,,spare");

        import.Counts().ShouldBe((1, 0, 0, 0, 4));
        import.Rows.ShouldBe(5);
        var failed = await tenant.FailedFileAsync(import);
        failed.ShouldBe(
            ImportWorld.Header + ",Import error\r\n"
            + "NoNumber,One,,,,,,,phone: Phone number is required\r\n"
            + "Bad,Phone,12,not an email,,,,\"two\nlines\",\"email: The email must be a valid email address; phone: The phone number is not valid\"\r\n"
            + "Nul\0,Letter,'+919000000005,,,,,,firstname: The text contains characters that cannot be stored\r\n"
            + "Too,Wide,'+919000000006,,,,,,row: The line has more cells than there are columns,spare\r\n");

        var mended = failed.Replace("NoNumber,One,", "NoNumber,One,+919000000002", StringComparison.Ordinal)
            .Replace("12,not an email", "+919000000003,", StringComparison.Ordinal)
            .Replace("Nul\0", "Nul", StringComparison.Ordinal).Replace(",spare", "", StringComparison.Ordinal);
        var again = await tenant.GetImportAsync(await tenant.SendAsync(System.Text.Encoding.UTF8.GetBytes(mended)).OrThrowAsync());
        var settings = await tenant.SettingsAsync(again);
        settings.Columns[^1].ShouldBe(ImportColumns.Reason);
        await tenant.StartAsync(again, settings);
        await world.WorkAsync();

        (await tenant.GetImportAsync(again.Id)).Counts().ShouldBe((4, 0, 0, 0, 0));
        (await tenant.EverybodyAsync()).Count.ShouldBe(5);
    }

    [Theory, OnEachEngine]
    public async Task OneContactSeveralTimes_IsDoneLineByLine_AndUndoneToBeforeTheFirst(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var known = await tenant.CreateContactAsync(
            tenant.NewContact("Known", phone: "+919000000001", email: "known@example.org") with { Company = "Before" });
        // More rows than one chunk has, so that some repeat within a chunk and some across.
        var others = Enumerable.Range(0, 600).Select(n => $"Other,{n},+9191{n:D8},,,,,");

        var import = await world.ImportAsync(
            tenant, ExistingPolicy.Overwrite,
            [
                "Known,1,+919000000001,,,,,First", "Known,2,,KNOWN@example.org,,,,Second", "Fresh,1,+919000000002,fresh@example.org,,,,",
                "Fresh,2,+919000000002,,,,,Fresh Ltd", .. others, "Known,3,+919000000001,,,,,Third", "Fresh,3,,fresh@example.org,,,,",
                "Other,0,+919100000000,,,,,",
            ]);

        import.Counts().ShouldBe((601, 5, 1, 0, 0));
        import.Behind.ShouldBe(import.Rows);
        var after = await tenant.EverybodyAsync();
        (after[0].LastName, after[0].Company, after[0].Version).ShouldBe(("3", "Third", known.Version + 3));
        after.Single(contact => contact.FirstName == "Fresh").LastName.ShouldBe("3");
        (await tenant.AuditOfAsync("contact", known.Id)).Count.ShouldBe(4);

        var undo = await world.UndoAsync(tenant, import);

        undo.Failed.ShouldBe(0);
        var only = (await tenant.EverybodyAsync()).ShouldHaveSingleItem();
        (only.LastName, only.Company, only.Email).ShouldBe(("Patel", "Before", "known@example.org"));
    }

    [Theory, OnEachEngine]
    public async Task RepeatsInTheFile_WithSkip_AreSkippedAndForetold(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync(
            "A,A,+919000000001,a@example.org,,,,", "B,B,09000000001,,,,,", "C,C,+919000000003,A@example.org,,,,", "D,D,+919000000004,,,,,");
        var settings = await tenant.SettingsAsync(import);

        var forecast = await tenant.CheckAsync(import, settings);
        await tenant.StartAsync(import, settings);
        await world.WorkAsync();

        forecast.Counts().ShouldBe((2, 0, 2, 0));
        (await tenant.GetImportAsync(import.Id)).Counts().ShouldBe((2, 0, 0, 2, 0));
    }

    [Theory, OnEachEngine]
    public async Task Names_ThatAreMissing_AreMadeOnceWhereThatWasChosen(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.UploadAsync(
            "A,A,+919000000001,,Brand new,Fair,Blue; red,", "B,B,+919000000002,,brand NEW,fair,RED,",
            $"C,C,+919000000003,,{new string('x', 300)},,,");
        var settings = await tenant.SettingsAsync(import) with { CreateMissing = true };

        var forecast = await tenant.CheckAsync(import, settings);
        forecast.NewNames.Take(1).ShouldBe(["Brand new"]);
        (await StatusNamesAsync()).ShouldNotContain("Brand new");
        await tenant.StartAsync(import, settings);
        await world.WorkAsync();

        (await tenant.GetImportAsync(import.Id)).Counts().ShouldBe((3, 0, 0, 0, 0));
        (await StatusNamesAsync()).Count(name => name == "Brand new").ShouldBe(1);
        var everybody = await tenant.EverybodyAsync();
        everybody[0].StatusId.ShouldBe(everybody[1].StatusId);
        (everybody[0].GroupIds.Count, everybody[1].GroupIds.Count).ShouldBe((2, 1));

        async Task<List<string>> StatusNamesAsync()
        {
            await using var db = tenant.OpenDatabase();
            return await db.Statuses.Select(status => status.Name).ToListAsync();
        }
    }

    [Theory, OnEachEngine]
    public async Task PlanFull_InTheMiddle_TakesWhatFitsAndKeepsTheRestAsFailed(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync(plan: "free");
        await tenant.CreateContactAsync("There already", phone: "+919000000000");
        var import = await tenant.UploadAsync(
            Enumerable.Range(1, 700).Select(n => $"N,{n},+91{9_100_000_000 + n},,,,,").Append("Updated,Anyway,+919000000000,,,,,"));
        var settings = await tenant.SettingsAsync(import, ExistingPolicy.Overwrite);

        var forecast = await tenant.CheckAsync(import, settings);
        await tenant.StartAsync(import, settings);
        await world.WorkAsync();

        (forecast.Create, forecast.Update, forecast.Error, forecast.OverLimit).ShouldBe((499, 1, 201, 201));
        import = await tenant.GetImportAsync(import.Id);
        import.Counts().ShouldBe((499, 1, 0, 0, 201));
        import.Behind.ShouldBe(import.Rows);
        (await tenant.FailedFileAsync(import)).ShouldContain(ImportErrors.PlanFull.Message);
        (await UsedAsync()).ShouldBe(500);

        await world.UndoAsync(tenant, import);
        (await UsedAsync()).ShouldBe(1);

        async Task<long> UsedAsync()
        {
            await using var db = tenant.OpenDatabase();
            return await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts)
                .Select(counter => counter.Value)
                .SingleAsync();
        }
    }
}
