using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactServiceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Create_WithAllFields_ReturnsThemAll(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");

        var created = await tenant.CreateContactAsync(tenant.NewContact(phone: " +91 95874-22369 ") with
        {
            Email = "Asha@Example.com",
            Company = "Patel & Sons",
            City = "Baroda",
            State = "GJ",
            Zip = "390001",
            Address = "1 Road",
            Description = "नमस्ते 👋",
            CountryId = 356,
            Groups = new long[] { group, group },
        });

        created.Phone.ShouldBe("+91 95874-22369");
        created.PhoneKey.ShouldBe("919587422369");
        created.Description.ShouldBe("नमस्ते 👋");
        created.GroupIds.ShouldBe([group]);
        created.Groups!.Single().Name.ShouldBe("VIP");
        created.Source!.Id.ShouldBe(tenant.SourceId);
        created.Status!.Id.ShouldBe(tenant.StatusId);
        created.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
        (await tenant.ContactQueries.GetAsync(created.Id, ContactIncludes.All, None)).OrThrow().ShouldBeEquivalentTo(created);
    }

    [Theory, OnEachEngine]
    public async Task Create_WithNothing_NamesEveryRequiredField(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var errors = (await tenant.Contacts.CreateAsync(new ContactPatch(), None)).ShouldBeInvalid();

        errors.Select(error => error.Key).ShouldBe(["firstname", "type", "phone", "status_id", "source_id"], ignoreOrder: true);
        errors["firstname"].ShouldBe(["First name is required"]);
        errors["phone"].ShouldBe(["Phone number is required"]);
        errors["type"].ShouldBe(["Type must be either lead, customer, or guest"]);
    }

    [Theory, OnEachEngine]
    public async Task Create_WithSeveralFaults_TellsThemAllAtOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync(phone: "+919587422369", email: "taken@example.com");

        var errors = (await tenant.Contacts.CreateAsync(
            tenant.NewContact(phone: "919587422369", email: "TAKEN@example.com") with
            {
                FirstName = new string('x', 256),
                StatusId = 999_999,
                SourceId = 999_999,
                CountryId = 1,
                AssignedId = 77,
                Groups = new long[] { 5 },
            },
            None)).ShouldBeInvalid();

        errors["firstname"].ShouldBe(["Must not be longer than 255 characters"]);
        errors["phone"].ShouldBe(["This phone number already exists"]);
        errors["email"].ShouldBe(["This email address already exists"]);
        errors["status_id"].ShouldBe(["The selected status does not exist or does not belong to your account"]);
        errors["source_id"].ShouldBe(["The selected source does not exist or does not belong to your account"]);
        errors["country_id"].ShouldBe(["The selected country does not exist"]);
        errors["assigned_id"].ShouldBe(["The selected user does not exist or does not belong to your account"]);
        errors["groups"].ShouldBe(["One or more groups do not exist or do not belong to your account"]);
    }

    [Theory, OnEachEngine]
    public async Task Update_WithOneField_ChangesThatFieldAlone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var before = await tenant.CreateContactAsync(tenant.NewContact(email: "a@example.com") with { City = "Surat", Groups = new long[] { group } });

        var after = await tenant.Contacts.UpdateAsync(before.Id, new ContactPatch { City = "Baroda" }, null, None).OrThrowAsync();

        after.ShouldBeEquivalentTo(before with { City = "Baroda", Version = before.Version + 1, UpdatedAt = after.UpdatedAt });
    }

    [Theory, OnEachEngine]
    public async Task Update_ThatChangesNothing_LeavesVersionTimeAndAuditAlone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var before = await tenant.CreateContactAsync();

        var after = await tenant.Contacts.UpdateAsync(
            before.Id, new ContactPatch { FirstName = before.FirstName, Phone = before.Phone, Groups = Array.Empty<long>() }, null,
            None).OrThrowAsync();

        after.ShouldBeEquivalentTo(before);
        (await tenant.AuditOfAsync("contact", before.Id)).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Update_WithNull_ClearsWhatMayBeEmptyAndRefusesWhatMayNot(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(tenant.NewContact(email: "a@example.com") with { City = "Surat" });

        var cleared = await tenant.Contacts.UpdateAsync(
            contact.Id, new ContactPatch { City = new Optional<string?>(null), Email = " " }, null, None).OrThrowAsync();
        var refused = await tenant.Contacts.UpdateAsync(
            contact.Id, new ContactPatch { FirstName = new Optional<string?>(null), StatusId = new Optional<long?>(null) }, null, None);

        cleared.City.ShouldBeNull();
        cleared.Email.ShouldBeNull();
        refused.ShouldBeInvalid().Select(error => error.Key).ShouldBe(["firstname", "status_id"]);
    }

    [Theory, OnEachEngine]
    public async Task Update_OfGroups_ReplacesTheSetAndCountsAsAChange(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (one, two) = (await tenant.CreateGroupAsync("One"), await tenant.CreateGroupAsync("Two"));
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { Groups = new[] { one } });

        var after = await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { Groups = new[] { two } }, null, None).OrThrowAsync();

        after.GroupIds.ShouldBe([two]);
        after.Version.ShouldBe(contact.Version + 1);
        (await tenant.AuditOfAsync("contact", contact.Id))[^1].Changes.ShouldBe($$"""{"groups":[[{{one}}],[{{two}}]]}""");
    }

    [Theory, OnEachEngine]
    public async Task Update_FromAStaleVersion_IsRefused(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Surat" }, contact.Version, None).OrThrowAsync();

        var stale = await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Pune" }, contact.Version, None);

        stale.Error.ShouldBeOfType<StaleVersionError>().CurrentVersion.ShouldBe(contact.Version + 1);
    }

    [Theory, OnEachEngine]
    public async Task Update_ByManyAtOnceOfDifferentFields_KeepsAll(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        ContactPatch[] patches =
        [
            new() { City = "Baroda" }, new() { State = "GJ" }, new() { Zip = "390001" }, new() { Address = "1 Road" },
            new() { Company = "Patel" }, new() { Description = "x" }, new() { LastName = "Shah" }, new() { Type = "customer" },
        ];

        await Task.WhenAll(patches.Select(patch =>
            Task.Run(() => tenant.GetFresh<ContactService>().UpdateAsync(contact.Id, patch, null, None).OrThrowAsync())));

        var after = await tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, None).OrThrowAsync();
        (after.City, after.State, after.Zip, after.Address, after.Company, after.Description, after.LastName, after.Type)
            .ShouldBe(("Baroda", "GJ", "390001", "1 Road", "Patel", "x", "Shah", ContactType.Customer));
        after.Version.ShouldBe(contact.Version + patches.Length);
    }

    [Theory, OnEachEngine]
    public async Task Create_OfTheSamePhoneByManyAtOnce_MakesOne(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            Task.Run(() => tenant.GetFresh<ContactService>().CreateAsync(tenant.NewContact(phone: "+919587422369"), None))));

        results.Count(result => result.Succeeded).ShouldBe(1);
        results.Where(result => !result.Succeeded).ShouldAllBe(result => result.ShouldBeInvalid()["phone"].Single() == ContactErrors.PhoneTaken);
    }

    [Theory, OnEachEngine]
    public async Task Create_ByManyAtOnceAtThePlansLimit_NeverExceedsIt(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync(plan: null);
        await using (var db = tenant.OpenDatabase())
        {
            await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 495));
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => tenant.GetFresh<ContactService>().CreateAsync(tenant.NewContact(), None))));

        results.Count(result => result.Succeeded).ShouldBe(5);
        results.First(result => !result.Succeeded).Error.ShouldBe(new LimitExceededError("contacts", 500, 500));
    }

    [Theory, OnEachEngine]
    public async Task Delete_FreesPhoneEmailAndThePlansPlace(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var contact = await tenant.CreateContactAsync(
            tenant.NewContact(phone: "+919587422369", email: "a@example.com") with { Groups = new[] { group } });

        await tenant.Contacts.DeleteAsync(contact.Id, null, None).OrThrowAsync();

        (await tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, None)).Error.ShouldBeOfType<NotFoundError>();
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(0);
        (await tenant.FindAsync("asha")).ShouldBeEmpty();
        var again = await tenant.CreateContactAsync(phone: "+919587422369", email: "a@example.com");
        again.Id.ShouldBeGreaterThan(contact.Id);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(1);
        var deleted = (await tenant.AuditOfAsync("contact", contact.Id))[^1];
        deleted.Action.ShouldBe(AuditAction.Deleted);
        deleted.Changes.ShouldContain("\"phone\":[\"+919587422369\",null]");
        deleted.Changes.ShouldContain($"\"groups\":[[{group}],[]]");
    }

    [Theory, OnEachEngine]
    public async Task Change_WritesWhoThroughWhichDoorAndEachFieldBeforeAndAfter(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();

        await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { FirstName = "Ana", Type = "customer" }, null, None).OrThrowAsync();

        var entries = await tenant.AuditOfAsync("contact", contact.Id);
        entries.Select(entry => entry.Action).ShouldBe([AuditAction.Created, AuditAction.Updated]);
        entries[0].Changes.ShouldContain("\"firstname\":[null,\"Asha\"]");
        entries[1].Changes.ShouldBe("""{"firstname":["Asha","Ana"],"type":["lead","customer"]}""");
        entries[1].ChangeOrigin.ShouldBe(ChangeOrigin.CommandLine);
        entries[1].ActorKind.ShouldBe(ActorKind.System);
        entries[1].TenantId.ShouldBe(tenant.Id);
    }

    [Theory, OnEachEngine]
    public async Task Batch_MixedRows_CreatesTheGoodAndExplainsTheRest(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        await tenant.CreateContactAsync(phone: "+919000000001");
        ContactPatch[] rows =
        [
            tenant.NewContact("Good", phone: "+919000000002") with { Groups = new[] { group } },
            tenant.NewContact("Known", phone: "919000000001"),
            tenant.NewContact("Twice", phone: "+91 90000 00002"),
            tenant.NewContact("NoStatus", phone: "+919000000004") with { StatusId = 99_999 },
            tenant.NewContact("After", phone: "+919000000004"),
        ];

        var outcome = await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(OnDuplicate: DuplicateRow.Skip), None).OrThrowAsync();

        outcome.Created.Select(contact => contact.FirstName).ShouldBe(["Good", "After"]);
        outcome.Created[0].GroupIds.ShouldBe([group]);
        outcome.Skipped.Select(row => row.Index).ShouldBe([1, 2]);
        outcome.Failed.Single().Index.ShouldBe(3);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(3);
        (await tenant.FindAsync("good")).ShouldBe(["Good"]);
        (await tenant.AuditOfAsync("contact", outcome.Created[0].Id)).Single().Changes
            .ShouldContain($"\"groups\":[[],[{group}]]");
        var stored = await tenant.ContactQueries.GetAsync(outcome.Created[0].Id, ContactIncludes.Groups, None).OrThrowAsync();
        stored.ShouldBeEquivalentTo(outcome.Created[0]);
    }

    [Theory, OnEachEngine]
    public async Task Batch_ThatMustNotContinue_WritesNothingOnOneBadRow(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var result = await tenant.Batch.CreateAsync(
            [tenant.NewContact(), tenant.NewContact() with { Type = "alien" }], new ContactBatchOptions(ContinueOnError: false), None);

        result.ShouldBeInvalid()["contacts.1.type"].ShouldBe([ContactErrors.TypeInvalid]);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(0);
    }
}
