using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Tests.Features.Transfers;

namespace WaCr.Web.Tests.Features.Contacts;

/// <summary>The language that a person prefers, in every place that treats fields alike.</summary>
public sealed class ContactLanguageTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Language_IsKeptInOneSpelling_ClearedByNull_AndRefusedWhereItIsNoTag(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { Language = "pt_br" });
        contact.Language.ShouldBe("pt-BR");

        var refused = await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { Language = "Brazilian" }, null, None);
        refused.Error.ShouldBeOfType<ValidationError>().Fields[ContactFieldNames.Language].ShouldBe([ContactErrors.LanguageInvalid]);

        (await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Recife" }, null, None).OrThrowAsync())
            .Language.ShouldBe("pt-BR");
        (await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { Language = new Optional<string?>(null) }, null, None)
            .OrThrowAsync())
            .Language.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task List_IsNarrowedByLanguage_AloneAndBesideASearch(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync(tenant.NewContact("Ana") with { Language = "pt-BR" });
        await tenant.CreateContactAsync(tenant.NewContact("Anatol") with { Language = "ar" });
        await tenant.CreateContactAsync("Anand");

        foreach (var search in new[] { null, "ana" })
        {
            (await NamesAsync(FilterOperator.Equal, "PT_br")).ShouldBe(["Ana"]);
            (await NamesAsync(FilterOperator.NotEqual, "pt-BR")).ShouldBe(["Anand", "Anatol"]);
            (await NamesAsync(FilterOperator.In, "pt-BR", "ar")).ShouldBe(["Ana", "Anatol"]);
            (await NamesAsync(FilterOperator.NotIn, "pt-BR", "ar")).ShouldBe(["Anand"]);
            (await NullAsync(1)).ShouldBe(["Anand"]);
            (await NullAsync(0)).ShouldBe(["Ana", "Anatol"]);

            Task<List<string>> NamesAsync(FilterOperator op, params string[] tags) =>
                ListAsync(FilterTerm.OfTexts(ContactFieldNames.Language, op, tags));

            Task<List<string>> NullAsync(long wanted) =>
                ListAsync(FilterTerm.OfNumbers(ContactFieldNames.Language, FilterOperator.Null, wanted));

            async Task<List<string>> ListAsync(FilterTerm filter)
            {
                var query = new ContactQuery
                {
                    Search = search,
                    Filters = [filter],
                    Sort = [new SortTerm(ContactSortFields.FirstName, false)],
                };
                return [.. (await tenant.ListAsync(query)).Items.Select(contact => contact.FirstName)];
            }
        }
    }

    [Theory, OnEachEngine]
    public async Task BulkChange_SetsItForThoseWhoHaveAnother(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (ana, omar) = (
            await tenant.CreateContactAsync("Ana"), await tenant.CreateContactAsync(tenant.NewContact("Omar") with { Language = "ar" }));
        var action = new BulkAction { Fields = new Dictionary<string, string?> { [ContactFieldNames.Language] = "AR" } };
        var both = ContactSelection.Of([ana.Id, omar.Id]);

        (await tenant.Get<BulkService>().PreviewAsync(both, action, None).OrThrowAsync()).ShouldBe(new BulkPreview(2, 1));
        (await tenant.Get<BulkService>().StartAsync(both, action, None).OrThrowAsync()).Changed.ShouldBe(1);

        (await GetAsync(tenant, ana.Id)).Language.ShouldBe("ar");
    }

    [Theory, OnEachEngine]
    public async Task Merge_MayTakeTheOthers_AndTheHistoryTakesAChangeBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var survivor = await tenant.CreateContactAsync(tenant.NewContact("Ana") with { Language = "en" });
        var other = await tenant.CreateContactAsync(tenant.NewContact("Anna") with { Language = "pt-BR" });

        await tenant.Get<ContactMerger>().MergeAsync(
            new MergeContacts(survivor.Id, survivor.Version, other.Id, other.Version, [ContactFieldNames.Language]), None).OrThrowAsync();
        (await GetAsync(tenant, survivor.Id)).Language.ShouldBe("pt-BR");

        await tenant.Contacts.UpdateAsync(survivor.Id, new ContactPatch { Language = "ar" }, null, None).OrThrowAsync();
        var history = await tenant.Get<ContactHistory>().ListAsync(survivor.Id, null, None).OrThrowAsync();
        history.Entries[0].Changes.ShouldHaveSingleItem().ShouldBe(new FieldChange(ContactFieldNames.Language, "pt-BR", "ar"));
        history.Entries[0].Changes[0].CanBeReverted.ShouldBeTrue();
        var plan = await tenant.Get<ContactHistory>()
            .PlanRevertAsync(survivor.Id, history.Entries[0].Id, [ContactFieldNames.Language], None)
            .OrThrowAsync();
        (await tenant.Contacts.UpdateAsync(survivor.Id, plan.Patch, plan.Version, None).OrThrowAsync()).Language.ShouldBe("pt-BR");
    }

    [Theory, OnEachEngine]
    public async Task Import_ReadsTagsAndNames_NotesWhatItDoesNotKnow_AndFillsOnlyGaps(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync(tenant.NewContact("Known", phone: "+919000000001") with { Language = "ar" });
        await tenant.CreateContactAsync("Blank", phone: "+919000000002");
        var file =
            "Name,Phone,Preferred language\nKnown,+919000000001,pt-BR\nBlank,+919000000002,pt_br\nNew,+919000000003,Português\nOdd,+919000000004,Klingonese\n";
        var import = await tenant.GetImportAsync(await tenant.SendAsync(System.Text.Encoding.UTF8.GetBytes(file)).OrThrowAsync());
        var settings = await tenant.SettingsAsync(import, WaCr.Web.Features.Transfers.ExistingPolicy.FillBlanks);
        settings.Columns[2].ShouldBe(ContactFieldNames.Language);

        var forecast = await tenant.CheckAsync(import, settings);
        await tenant.StartAsync(import, settings);
        await world.WorkAsync();

        forecast.Notes.ShouldContain(note => note.Note.Field == ContactFieldNames.Language && note.Note.Word == "Klingonese");
        (await tenant.EverybodyAsync()).Select(contact => contact.Language).ShouldBe(["ar", "pt-BR", "pt", null]);
    }

    [Theory, OnEachEngine]
    public async Task EverythingAboutAPerson_SaysIt(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { Language = "pt-BR" });

        await using var archive = await tenant.GetFresh<PersonExport>().ExportAsync(contact.Id, None).OrThrowAsync();

        await using var zip = new System.IO.Compression.ZipArchive(archive.Content);
        using var reader = new StreamReader(await zip.GetEntry("contact.json")!.OpenAsync());
        (await reader.ReadToEndAsync()).ShouldContain("\"language\": \"pt-BR\"");
    }

    private static Task<ContactDetails> GetAsync(TestTenant tenant, long id) =>
        tenant.ContactQueries.GetAsync(id, ContactIncludes.None, None).OrThrowAsync();
}
