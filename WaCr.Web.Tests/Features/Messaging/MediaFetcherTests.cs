using System.Text;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Privacy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class MediaFetcherTests : IDisposable
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n");

    private readonly string _folder = Directory.CreateTempSubdirectory("wacr-files-").FullName;

    [Theory, OnEachEngine]
    public async Task File_IsPendingAtFirst_AndKeptOnceForTwoMessages(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await world.TakeInAsync(Document("wamid.1", "77", world.Now), Document("wamid.2", "78", world.Now));
        (await MediaAsync(world)).ShouldAllBe(media => media.State == MediaState.Waiting
            && media.MediaFileId == null
            && media.FileName == "a.pdf");
        world.WhatsApp.OnDownload = _ => Pdf;

        (await world.FetchFilesAsync()).ShouldBe(2);

        var media = await MediaAsync(world);
        media.ShouldAllBe(one => one.State == MediaState.Stored && one.DueAt == null);
        media[0].MediaFileId.ShouldBe(media[1].MediaFileId);
        await using var db = world.Tenant.OpenDatabase();
        var file = await db.MediaFiles.SingleAsync();
        (file.Size, file.ContentType).ShouldBe((Pdf.Length, "application/pdf"));
        await using var kept = world.Tenant.Get<FileStore>().OpenRead(file.Hash);
        kept.ShouldNotBeNull().Length.ShouldBe(Pdf.Length);
        (await world.FetchFilesAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task FileThatDoesNotCome_IsTriedAgainLater_AndGivenUpWithTheReason(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await world.TakeInAsync(Document("wamid.1", "77", world.Now));
        world.WhatsApp.OnDownload = _ => new WhatsAppUnavailable();

        await world.FetchFilesAsync();
        (await world.FetchFilesAsync()).ShouldBe(0);
        var later = (await MediaAsync(world)).Single();
        (later.State, later.Attempts, later.Error).ShouldBe((MediaState.Waiting, 1, new WhatsAppUnavailable().Message));

        for (var attempt = 1; attempt < MediaFetcher.MaxAttempts; attempt++)
        {
            world.Time.Advance(TimeSpan.FromHours(7));
            (await world.FetchFilesAsync()).ShouldBe(1);
        }

        (await MediaAsync(world)).Single().State.ShouldBe(MediaState.Failed);
        (await world.MessageAsync("wamid.1")).Type.ShouldBe(MessageType.Document);
    }

    [Theory, OnEachEngine]
    public async Task FileThatIsTooLarge_IsNotTriedAgain(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await world.TakeInAsync(Document("wamid.1", "77", world.Now));
        world.WhatsApp.OnDownload = _ => new MediaTooLarge(MediaFetcher.MaxFileBytes);

        await world.FetchFilesAsync();

        (await MediaAsync(world)).Single().State.ShouldBe(MediaState.Failed);
    }

    [Theory, OnEachEngine]
    public async Task ContactThatIsGoneForGood_TakesItsConversationAlong_AndFilesThatNobodyElseHas(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        world.WhatsApp.OnDownload = id => id == "shared" ? Pdf : [.. Pdf, .. Encoding.ASCII.GetBytes(id)];
        await world.TakeInAsync(
            Document("wamid.1", "shared", world.Now),
            Document("wamid.2", "own", world.Now),
            Document("wamid.3", "shared", world.Now, "447700900456"));
        await world.FetchFilesAsync();
        long gone;
        await using (var db = world.Tenant.OpenDatabase())
        {
            gone = await db.Messages.Where(m => m.Wamid == "wamid.1").Select(m => m.ContactId).SingleAsync();
        }

        await world.Tenant.Contacts.DeleteAsync(gone, null, default).OrThrowAsync();
        world.Time.Advance(DeletedContact.KeptFor - TimeSpan.FromHours(1));
        (await SweepAsync(world)).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromHours(1));
        (await SweepAsync(world)).ShouldBe(1);

        await using var after = world.Tenant.OpenDatabase();
        (await after.Messages.SingleAsync()).Wamid.ShouldBe("wamid.3");
        (await after.MessageMedia.SingleAsync()).State.ShouldBe(MediaState.Stored);
        (await after.Conversations.CountAsync()).ShouldBe(1);
        (await after.ChannelIdentities.CountAsync()).ShouldBe(1);
        var kept = await after.MediaFiles.SingleAsync();
        kept.Size.ShouldBe(Pdf.Length);
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .ShouldBe([Convert.ToHexStringLower(kept.Hash)]);
        (await world.Tenant.GetFresh<MessageQueries>().ListAsync(new MessageQuery(), default).OrThrowAsync()).Total.ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<MessagingWorld> CreateAsync(DatabaseProvider engine) =>
        MessagingWorld.CreateAsync(engine, (services, _) => services.Configure<FileStoreOptions>(options => options.Path = _folder));

    private static async Task<int> SweepAsync(MessagingWorld world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TrashSweeper>().SweepAsync(CancellationToken.None);
    }

    private static string Document(string wamid, string id, DateTimeOffset at, string from = "447700900123") => MetaWebhook.Message(
        wamid, from,
        $$$"""{"type":"document","document":{"id":"{{{id}}}","mime_type":"application/pdf","sha256":"x","filename":"a.pdf"}}""", at);

    private static async Task<List<MessageMedia>> MediaAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.MessageMedia.AsNoTracking().OrderBy(media => media.MessageId).ToListAsync();
    }
}
