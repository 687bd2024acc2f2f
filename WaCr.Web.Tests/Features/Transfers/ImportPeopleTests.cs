using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Tests.Support;
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
        await using var world = await TestWorld.CreateAsync(engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
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
    public async Task Notes_OfRowsThatCameIn_StayWithTheResult_OverAllChunks(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var rows = Enumerable.Range(0, ImportUpload.ChunkRows + 10).Select(n => $"N,{n},+91{9_100_000_000 + n},,{(n % 2 == 0 ? "Nowhere" : "")},,,");
        var import = await tenant.UploadAsync([.. rows, "Bad,Row,12,,Nowhere,,,"]);
        await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { CreateMissing = false });

        await world.WorkAsync();

        var note = (await tenant.GetImportAsync(import.Id)).Notes.ShouldHaveSingleItem();
        note.Note.ShouldBe(new ImportNote(ImportNoteKind.UnknownWord, "status_id", "Nowhere"));
        note.Rows.ShouldBe((ImportUpload.ChunkRows + 10) / 2);
        note.Lines.ShouldBe([2, 4, 6, 8, 10]);
    }
}
