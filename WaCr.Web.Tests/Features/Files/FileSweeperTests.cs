using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Tests.Features.Files;

/// <summary>No bytes stay that nothing in the database refers to, however they came to be there.</summary>
public sealed class FileSweeperTests : IDisposable
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n");

    private readonly string _folder = Directory.CreateTempSubdirectory("wacr-files-").FullName;

    [Theory, OnEachEngine]
    public async Task PersonWhoIsErasedWhileTheirFileComes_LeavesNeitherItsRowNorItsBytes(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.1", "447700900123",
            """{"type":"document","document":{"id":"77","mime_type":"application/pdf","filename":"a.pdf"}}""", world.Now));
        var contact = (await world.MessageAsync("wamid.1")).ContactId;
        world.WhatsApp.OnDownload = _ =>
        {
            Task.Run(() => world.Tenant.GetFresh<PersonErasure>().EraseAsync(contact, default).OrThrowAsync()).GetAwaiter().GetResult();
            return Pdf;
        };

        await world.FetchFilesAsync();

        await using (var db = world.Tenant.OpenDatabase())
        {
            (await db.MediaFiles.CountAsync(), await db.MessageMedia.CountAsync()).ShouldBe((0, 0));
        }

        await SweepForDaysAsync(world, 2);
        FilesOf().ShouldBeEmpty();
    }

    [Theory, OnPostgres]
    public async Task SweepWhileAPersonIsErased_PutsNothingBack(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile("^DELETE FROM \"Contacts\"", isBefore: true);
        await using var world = await CreateAsync(engine, meanwhile);
        world.WhatsApp.OnDownload = _ => Pdf;
        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.1", "447700900123", """{"type":"document","document":{"id":"77","mime_type":"application/pdf"}}""", world.Now));
        await world.FetchFilesAsync();
        FilesOf().Count.ShouldBe(1);
        world.Time.Advance(TimeSpan.FromDays(3));
        meanwhile.Do = () => SweepAsync(world);

        await world.Tenant.GetFresh<PersonErasure>().EraseAsync((await world.MessageAsync("wamid.1")).ContactId, default).OrThrowAsync();

        await meanwhile.EndAsync();
        FilesOf().ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task BytesThatNoRowNames_GoAfterADay_AndTheOthersStay(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var store = world.Tenant.Get<FileStore>();
        var (used, unused) = (await KeepAsync(store, [.. Pdf, 1]), await KeepAsync(store, [.. Pdf, 2]));
        await RecordAsync(world, used);
        await File.WriteAllBytesAsync(unused.Path + ".0123.part", Pdf);
        File.SetLastWriteTimeUtc(unused.Path + ".0123.part", world.Now.UtcDateTime);

        world.Time.Advance(TimeSpan.FromHours(20));
        await SweepAsync(world);
        FilesOf().Count.ShouldBe(3);
        await SweepForDaysAsync(world, 2);

        FilesOf().ShouldBe([Path.GetFileName(used.Path)]);
        store.OpenRead(used.Hash).ShouldNotBeNull().Dispose();
    }

    /// <summary>Of a server that runs by day alone, no hour of the night ever comes.</summary>
    [Theory, OnEachEngine]
    public async Task FirstSweepAfterAStart_LooksThroughEverything_TheOthersThroughThePartOfLongestAgo(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var store = world.Tenant.Get<FileStore>();
        await KeepManyAsync();
        world.Time.Advance(TimeSpan.FromHours(25));

        await SweepAsync(world);
        FilesOf().ShouldBeEmpty();

        await KeepManyAsync();
        world.Time.Advance(TimeSpan.FromHours(25));
        await SweepAsync(world);
        FilesOf().Count.ShouldBeInRange(1, 49);
        for (var hour = 1; hour < 24; hour++)
        {
            world.Time.Advance(TimeSpan.FromHours(1.5)); // a clock's hour is left out now and then
            await SweepAsync(world);
        }

        FilesOf().ShouldBeEmpty();

        async Task KeepManyAsync()
        {
            for (byte n = 0; n < 50; n++)
            {
                await KeepAsync(store, [.. Pdf, n]);
            }
        }
    }

    [Fact]
    public async Task SweepThatFails_LeavesTheOtherPartsTheirTurn()
    {
        await using var world = await MessagingWorld.CreateAsync(
            DatabaseProvider.Sqlite, (services, _) => services.AddSingleton<IFileMentions>(new BrokenMentions()));

        await Should.ThrowAsync<IOException>(() => SweepAsync(world));

        await SweepAsync(world); // another part, without what is done once a day
    }

    [Theory, OnEachEngine]
    public async Task BytesThatAreStoredAgain_WaitForTheirRow(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var store = world.Tenant.Get<FileStore>();
        await KeepAsync(store, Pdf);

        world.Time.Advance(TimeSpan.FromDays(3));
        var again = await KeepAsync(store, Pdf);
        await SweepForDaysAsync(world, 1, advance: TimeSpan.FromMinutes(59));

        await RecordAsync(world, again);
        store.OpenRead(again.Hash).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task DraftOfAProcessThatWasKilled_GoesAfterADay()
    {
        await using var world = await CreateAsync(DatabaseProvider.Sqlite);
        var drafts = Path.Combine(_folder, "drafts");
        Directory.CreateDirectory(drafts);
        foreach (var (name, age) in new[] { ("old", 25), ("young", 23) })
        {
            await File.WriteAllBytesAsync(Path.Combine(drafts, name), Pdf);
            File.SetLastWriteTimeUtc(Path.Combine(drafts, name), world.Now.UtcDateTime.AddHours(-age));
        }

        await SweepAsync(world);

        FilesOf().ShouldBe(["young"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<MessagingWorld> CreateAsync(DatabaseProvider engine, Meanwhile? meanwhile = null) => MessagingWorld.CreateAsync(
        engine,
        (services, _) =>
        {
            services.Configure<FileStoreOptions>(options => options.Path = _folder);
            if (meanwhile is not null)
            {
                services.AddSingleton<IInterceptor>(meanwhile);
            }
        });

    private List<string> FilesOf() =>
        [
            .. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        ];

    private static Task<long> RecordAsync(MessagingWorld world, StoredFile stored) => world.Tenant.Get<IDatabaseWriter>()
        .WriteAsync<long>(async db => await FileStore.RecordAsync(db, stored), default).OrThrowAsync();

    private static async Task<StoredFile> KeepAsync(FileStore store, byte[] bytes)
    {
        await using var draft = store.OpenDraft();
        await draft.WriteAsync(bytes);
        return await store.KeepAsync(draft, "a.pdf", default);
    }

    private static async Task SweepForDaysAsync(MessagingWorld world, int days, TimeSpan? advance = null)
    {
        for (var hour = 0; hour < days * 24; hour++)
        {
            world.Time.Advance(advance ?? TimeSpan.FromHours(1));
            await SweepAsync(world);
        }
    }

    private static async Task SweepAsync(MessagingWorld world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FileSweeper>().SweepAsync(default);
    }

    private sealed class BrokenMentions : IFileMentions
    {
        public Task<IReadOnlyList<long>> FindAsync(AppDbContext db, long? tenantId) => throw new IOException("Broken");
    }
}
