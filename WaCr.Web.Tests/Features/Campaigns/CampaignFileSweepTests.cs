using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>A campaign's file, when unused files or a person's are deleted at the same moment.</summary>
public sealed class CampaignFileSweepTests : IDisposable
{
    private const string Prices = "%PDF-1.7 prices";

    private readonly string _folder = Directory.CreateTempSubdirectory("wacr-files-").FullName;
    private readonly HeldWrites _writes = new();
    private readonly CountedMentions _mentions = new();

    [Theory, OnEachEngine]
    public async Task FileThatIsChosenAgain_WhileTheSweepIsAtIt_Stays(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var dropped = await KeepAsync(world);
        world.Messaging.Time.Advance(FileSweeper.UnusedFor + TimeSpan.FromDays(1));
        var held = _writes.HoldNext();
        var sweep = SweepAsync(world);
        await held.ReachedAsync();

        var again = await KeepAsync(world);
        held.Release();
        await sweep;

        again.Id.ShouldBe(dropped.Id);
        await ShouldBeKeptAsync(world, again.Id);
    }

    [Theory, OnPostgres]
    public async Task FileThatIsChosenAgain_AsItsRowIsDeleted_Stays(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile("^DELETE FROM \"MediaFiles\"", isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        var dropped = await KeepAsync(world);
        world.Messaging.Time.Advance(FileSweeper.UnusedFor + TimeSpan.FromDays(1));
        meanwhile.Do = () => KeepAsync(world);

        await SweepAsync(world);

        await meanwhile.EndAsync();
        await ShouldBeKeptAsync(world, dropped.Id);
    }

    [Theory, OnEachEngine]
    public async Task FileThatIsStoredAgain_AsTheSweepDeletesItsRow_KeepsItsBytes(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await KeepAsync(world);
        world.Messaging.Time.Advance(FileSweeper.UnusedFor + TimeSpan.FromDays(1));
        var held = _writes.HoldNext();
        var keep = KeepAsync(world);
        await held.ReachedAsync();

        await SweepAsync(world);
        await using (var db = world.Tenant.OpenDatabase())
        {
            (await db.MediaFiles.CountAsync()).ShouldBe(0);
        }

        held.Release();

        await ShouldBeKeptAsync(world, (await keep).Id);
    }

    [Theory, OnPostgres]
    public async Task FileWhoseRowTheSweepDeletes_WhileItIsRecordedAgain_IsRecordedAnew(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile("^UPDATE \"MediaFiles\"", isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        await KeepAsync(world);
        world.Messaging.Time.Advance(FileSweeper.UnusedFor + TimeSpan.FromDays(1));
        meanwhile.Do = () => SweepAsync(world);

        var again = await KeepAsync(world);

        await meanwhile.EndAsync();
        await ShouldBeKeptAsync(world, again.Id);
    }

    [Theory, OnEachEngine]
    public async Task FileOfADraft_CostsTheSweepNoWrite(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var kept = await KeepAsync(world);
        await SaveAsync(world, kept);

        (await SweepLaterAsync(world)).ShouldBe(0);

        await ShouldBeKeptAsync(world, kept.Id);
    }

    [Theory, OnEachEngine]
    public async Task UnusedFiles_AreDeletedSomeAtOnce_HoweverManyThereAre(DatabaseProvider engine)
    {
        const int Count = 450;
        await using var world = await CreateAsync(engine);
        var kept = await KeepAsync(world);
        await SaveAsync(world, kept);
        await using (var db = world.Tenant.OpenDatabase())
        {
            db.MediaFiles.AddRange(Enumerable.Range(0, Count).Select(n => new MediaFile
            {
                Hash = [.. BitConverter.GetBytes(n), .. new byte[MediaFile.HashLength - sizeof(int)]],
                Size = 1,
                ContentType = "application/pdf",
                CreatedAt = world.Messaging.Now,
            }));
            await db.SaveChangesAsync();
        }

        (await SweepLaterAsync(world)).ShouldBe(3);

        await ShouldBeKeptAsync(world, kept.Id);
    }

    [Theory, OnEachEngine]
    public async Task PersonsFile_ThatADraftNamesToo_Stays_AndCampaignsAreReadOnce(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        world.Messaging.WhatsApp.OnDownload = id => Encoding.ASCII.GetBytes(id == "1" ? Prices : $"%PDF-1.7 {id}");
        await world.Messaging.TakeInAsync([.. Enumerable.Range(1, 3).Select(n => MetaWebhook.Message(
            $"wamid.{n}", "447700900123", $$$"""{"type":"document","document":{"id":"{{{n}}}","mime_type":"application/pdf"}}""",
            world.Messaging.Now))]);
        await world.Messaging.FetchFilesAsync();
        var kept = await KeepAsync(world);
        await SaveAsync(world, kept);
        var reads = _mentions.Reads;
        var contact = (await world.Messaging.MessageAsync("wamid.1")).ContactId;

        await world.Tenant.GetFresh<PersonErasure>().EraseAsync(contact, default).OrThrowAsync();

        (_mentions.Reads - reads).ShouldBe(1);
        await ShouldBeKeptAsync(world, kept.Id);
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length.ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<CampaignWorld> CreateAsync(DatabaseProvider engine, IInterceptor? more = null) =>
        CampaignWorld.CreateAsync(engine, more: (services, _) =>
        {
            services.Configure<FileStoreOptions>(options => options.Path = _folder);
            services.AddSingleton<IFileMentions>(_mentions);
            HeldWriter.Add(services, _writes);
            if (more is not null)
            {
                services.AddSingleton(more);
            }
        });

    private static Task<CampaignDetails> SaveAsync(CampaignWorld world, CampaignFile file) => world.Drafts.CreateAsync(
        new CampaignPatch
        {
            Values = new(new Dictionary<string, CampaignValue>(StringComparer.Ordinal)
            {
                ["header_document_url"] = new(CampaignSource.Text) { File = file },
            }),
        },
        default).OrThrowAsync();

    private static async Task<CampaignFile> KeepAsync(CampaignWorld world)
    {
        await using var draft = world.Tenant.Get<FileStore>().OpenDraft();
        await draft.WriteAsync(Encoding.ASCII.GetBytes(Prices));
        return await world.Tenant.GetFresh<CampaignFiles>().KeepAsync(draft, "prices.pdf", FileKind.Document, default).OrThrowAsync();
    }

    /// <summary>When all that is unused by then may go. Returns the number of writes.</summary>
    private async Task<int> SweepLaterAsync(CampaignWorld world)
    {
        world.Messaging.Time.Advance(FileSweeper.UnusedFor + TimeSpan.FromDays(1));
        var before = _writes.Count;
        await SweepAsync(world);
        return _writes.Count - before;
    }

    private static Task SweepAsync(CampaignWorld world) => world.Tenant.GetFresh<FileSweeper>().SweepAsync(default);

    // It alone, with its bytes.
    private static async Task ShouldBeKeptAsync(CampaignWorld world, long id)
    {
        await using var db = world.Tenant.OpenDatabase();
        var row = await db.MediaFiles.SingleAsync();
        row.Id.ShouldBe(id);
        await using var content = world.Tenant.Get<FileStore>().OpenRead(row.Hash);
        using var reader = new StreamReader(content.ShouldNotBeNull());
        (await reader.ReadToEndAsync()).ShouldBe(Prices);
    }

    private sealed class CountedMentions : IFileMentions
    {
        private readonly CampaignFileMentions _real = new();

        public int Reads { get; private set; }

        public Task<IReadOnlyList<long>> FindAsync(AppDbContext db, long? tenantId)
        {
            Reads++;
            return _real.FindAsync(db, tenantId);
        }
    }
}
