using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>Whose a number in a file is, and what is remembered of how a file was taken in.</summary>
public sealed class ImportPeopleTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task NumberOfAMergedContact_IsTheSurvivors_WhoKeepTheirOwn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var survivor = await tenant.CreateContactAsync("Ann", phone: "+919000000001");
        var other = await tenant.CreateContactAsync("Annie", phone: "+919000000002");
        var merge = new MergeContacts(survivor.Id, survivor.Version, other.Id, other.Version, []);
        await tenant.Get<ContactMerger>().MergeAsync(merge, None).OrThrowAsync();

        var skipped = await world.ImportAsync(tenant, ExistingPolicy.Skip, "Ann,Smith,+919000000002,,,,,");
        var written = await world.ImportAsync(tenant, ExistingPolicy.Overwrite, "Ann,Smith,+919000000002,,,,,Acme");

        (skipped.Created, skipped.Skipped).ShouldBe((0, 1));
        (written.Created, written.Updated).ShouldBe((0, 1));
        var left = (await tenant.EverybodyAsync()).ShouldHaveSingleItem();
        (left.Id, left.Phone, left.Company).ShouldBe((survivor.Id, "+919000000001", "Acme"));
    }

    [Theory, OnEachEngine]
    public async Task NumberThatSomebodyWritesFrom_IsTheirs_ThoughTheirCardHasAnother(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync("Ann", phone: "+919000000001");
        var channelId = await MessagingWorld.AddChannelAsync(tenant);
        await using (var db = tenant.OpenDatabase())
        {
            db.ChannelIdentities.Add(new ChannelIdentity
            {
                ChannelId = channelId,
                ContactId = contact.Id,
                WaId = "919000000009",
                ContactPhoneKey = contact.PhoneKey,
            });
            await db.SaveChangesAsync();
        }

        var written = await world.ImportAsync(tenant, ExistingPolicy.Overwrite, "Ann,Smith,+919000000009,,,,,Acme");

        (written.Created, written.Updated).ShouldBe((0, 1));
        var left = (await tenant.EverybodyAsync()).ShouldHaveSingleItem();
        (left.Phone, left.Company).ShouldBe(("+919000000001", "Acme"));
    }

    [Theory, OnEachEngine]
    public async Task NumberInItsOldOrNewForm_IsTheSameContacts_InBothDirections(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        (string Known, string Row)[] forms =
        [
            ("+52 55 1234 5671", "5215512345671"), ("+5215512345672", "+52 55 1234 5672"), ("+525512345673", "+52 1 55 1234 5673"),
            ("+54 11 2345 6781", "5491123456781"), ("+5491123456782", "541123456782"), ("+541123456783", "+54 9 11 2345-6783"),
            ("+55 11 98765 4321", "551187654321"), ("+551187654322", "5511987654322"), ("+5511987654323", "+55 (11) 8765-4323"),
            ("+225 01 12 34 56 71", "22512345671"), ("+22512345672", "+225 0112345672"),
        ];
        foreach (var (known, _) in forms)
        {
            await tenant.CreateContactAsync("Known", phone: known);
        }

        var skipped = await world.ImportAsync(tenant, ExistingPolicy.Skip, forms.Select(form => $"Row,Smith,{form.Row},,,,,"));
        var written = await world.ImportAsync(tenant, ExistingPolicy.Overwrite, forms.Select(form => $"Row,Smith,{form.Row},,,,,Acme"));
        var twice = await world.ImportAsync(tenant, ExistingPolicy.FillBlanks, forms.SelectMany(form => new[] { form.Row, form.Known })
            .Select(number => $"Row,Smith,{number},,,,,"));

        skipped.Counts().ShouldBe((0, 0, 0, forms.Length, 0));
        written.Counts().ShouldBe((0, forms.Length, 0, 0, 0));
        twice.Counts().ShouldBe((0, 0, 2 * forms.Length, 0, 0));
        var everybody = await tenant.EverybodyAsync();
        everybody.Select(contact => contact.Phone).ShouldBe(forms.Select(form => form.Known)); // the spelling of the card stays
        everybody.ShouldAllBe(contact => contact.Company == "Acme");
    }

    [Theory, OnEachEngine]
    public async Task NumberWhoseOldFormSomebodyWritesFrom_IsTheirs_ThoughTheirCardHasAnother(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync("Ana", phone: "+919000000001");
        var channelId = await MessagingWorld.AddChannelAsync(tenant);
        string[] waIds = ["5215512345678", "551187654321", "541123456789"];
        await using (var db = tenant.OpenDatabase())
        {
            db.ChannelIdentities.AddRange(waIds.Select(waId => new ChannelIdentity
            {
                ChannelId = channelId,
                ContactId = contact.Id,
                WaId = waId,
                ContactPhoneKey = contact.PhoneKey,
            }));
            await db.SaveChangesAsync();
        }

        var skipped = await world.ImportAsync(tenant, ExistingPolicy.Skip,
            "Ana,1,+525512345678,,,,,", "Ana,2,+5215512345678,,,,,", "Ana,3,+5511987654321,,,,,", "Ana,4,+5491123456789,,,,,");

        skipped.Counts().ShouldBe((0, 0, 0, 4, 0));
    }

    [Theory, OnEachEngine]
    public async Task Notes_OfRowsThatCameIn_StayWithTheResult_OverAllChunks(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var rows = Enumerable.Range(0, ImportUpload.ChunkRows + 10)
            .Select(n => $"N,{n},+91{9_100_000_000 + n},,{(n % 2 == 0 ? "Nowhere" : "")},,,");
        var import = await tenant.UploadAsync([.. rows, "Bad,Row,12,,Nowhere,,,"]);
        await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { CreateMissing = false });

        await world.WorkAsync();

        var note = (await tenant.GetImportAsync(import.Id)).Notes.ShouldHaveSingleItem();
        note.Note.ShouldBe(new ImportNote(ImportNoteKind.UnknownWord, "status_id", "Nowhere"));
        note.Rows.ShouldBe((ImportUpload.ChunkRows + 10) / 2);
        note.Lines.ShouldBe([2, 4, 6, 8, 10]);
    }
}
