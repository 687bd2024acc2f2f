using System.Text;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Files;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>A header's file that was uploaded for a campaign.</summary>
public sealed class CampaignFileTests
{
    private const string Components = """[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Look"}]""";

    [Theory, OnEachEngine]
    public async Task UploadedFile_GoesToWhatsAppOnce_AndStaysWithEachMessage(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(3);
        var uploads = new List<string>();
        world.Messaging.WhatsApp.OnUpload = upload =>
        {
            uploads.Add($"{upload.ContentType} {upload.FileName}");
            return "media.1";
        };
        var file = await KeepAsync(world);

        var id = await StartAsync(world, file);
        (await world.RunAsync(id)).Item.Funnel.Sent.ShouldBe(3);

        uploads.ShouldBe(["application/pdf prices.pdf"]);
        world.Messaging.WhatsApp.Sent.Select(sent => ((StoredContent)sent.Content).Json)
            .ShouldAllBe(json => json.Contains("\"document\":{\"id\":\"media.1\",\"filename\":\"prices.pdf\"}", StringComparison.Ordinal));
        (await world.MessagesAsync(id)).ShouldAllBe(message => message.Url == $"/files/{file.Id}");
        await using var db = world.Tenant.OpenDatabase();
        (await db.MessageMedia.Select(media => new { media.MediaFileId, media.State, media.FileName }).Distinct().ToListAsync())
            .ShouldBe([new { MediaFileId = (long?)file.Id, State = MediaState.Stored, FileName = (string?)"prices.pdf" }]);
        (await db.MessageMedia.CountAsync()).ShouldBe(3);
    }

    [Theory, OnEachEngine]
    public async Task UploadThatFails_IsTriedAgain_BeforeAnyMessageIsWritten(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(1);
        world.Messaging.WhatsApp.OnUpload = _ => new OutageError();
        var id = await StartAsync(world, await KeepAsync(world));

        await world.TickAsync();
        (await world.MessagesAsync(id)).ShouldBeEmpty();
        (await world.GetAsync(id)).Item.IsAtWork.ShouldBeTrue();

        world.Messaging.WhatsApp.OnUpload = _ => "media.2";
        world.Messaging.Time.Advance(TimeSpan.FromMinutes(1));
        (await world.RunAsync(id)).Item.Funnel.Sent.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task FileThatIsGone_PausesTheCampaign(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(1);
        var id = await StartAsync(world, await KeepAsync(world) with { Id = 99_999 });

        await world.TickAsync();

        (await world.GetAsync(id)).Item.PausedBecause.ShouldBe(CampaignPause.TemplateUnfit);
        (await world.MessagesAsync(id)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task FileOfAnotherKind_IsRefusedByItsContent(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);

        (await KeepAsync(world, FileKind.Image)).Error.ShouldBeOfType<ValidationError>();
    }

    [Theory, OnEachEngine]
    public async Task FileThatIsDropped_IsDeletedAWeekLater_ADraftsOwnStays(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var kept = await KeepAsync(world);
        var draft = await world.Drafts.CreateAsync(new CampaignPatch { Values = ValuesOf(kept) }, default).OrThrowAsync();
        var dropped = await KeepAsync(world, "%PDF-1.7 others");

        await SweepAsync(FileSweeper.UnusedFor - TimeSpan.FromMinutes(1));
        (await KeptAsync()).ShouldBe([kept.Id, dropped.Id]);

        // Chosen once more it counts from then.
        (await KeepAsync(world, "%PDF-1.7 others")).Id.ShouldBe(dropped.Id);
        await SweepAsync(TimeSpan.FromDays(1));
        (await KeptAsync()).ShouldBe([kept.Id, dropped.Id]);

        await SweepAsync(FileSweeper.UnusedFor);
        (await KeptAsync()).ShouldBe([kept.Id]);

        await world.Drafts.DiscardAsync(draft.Item.Id, default).OrThrowAsync();
        await SweepAsync(TimeSpan.Zero);
        (await KeptAsync()).ShouldBeEmpty();

        async Task SweepAsync(TimeSpan later)
        {
            world.Messaging.Time.Advance(later);
            for (var hour = 0; hour < 24; hour++)
            {
                await world.Tenant.GetFresh<FileSweeper>().SweepAsync(default); // unused ones are looked for once a day
            }
        }

        async Task<long[]> KeptAsync()
        {
            await using var db = world.Tenant.OpenDatabase();
            var rows = await db.MediaFiles.OrderBy(file => file.Id).ToListAsync();
            foreach (var row in rows)
            {
                await using var content = world.Tenant.Get<FileStore>().OpenRead(row.Hash);
                content.ShouldNotBeNull();
            }

            return [.. rows.Select(row => row.Id)];
        }
    }

    private static WaCr.Web.Common.Optional<IReadOnlyDictionary<string, CampaignValue>> ValuesOf(CampaignFile file) => new(
        new Dictionary<string, CampaignValue>(StringComparer.Ordinal) { ["header_document_url"] = new(CampaignSource.Text) { File = file } });

    private static Task<CampaignFile> KeepAsync(CampaignWorld world, string content) => KeepAsync(world, FileKind.Document, content).OrThrowAsync();

    private static Task<CampaignFile> KeepAsync(CampaignWorld world) => KeepAsync(world, FileKind.Document).OrThrowAsync();

    private static async Task<WaCr.Web.Common.Result<CampaignFile>> KeepAsync(CampaignWorld world, FileKind kind, string content = "%PDF-1.7 prices")
    {
        await using var draft = world.Tenant.Get<FileStore>().OpenDraft();
        await draft.WriteAsync(Encoding.ASCII.GetBytes(content));
        return await world.Tenant.GetFresh<CampaignFiles>().KeepAsync(draft, "prices.pdf", kind, default);
    }

    private static async Task<long> StartAsync(CampaignWorld world, CampaignFile file)
    {
        var template = await world.Tenant.AddTemplateAsync("prices", components: Components, account: MetaWebhook.BusinessAccountId);
        var draft = await world.Drafts.CreateAsync(
            new CampaignPatch
            {
                Name = "Prices",
                Audience = new CampaignAudience(
                    CampaignAudienceKind.Selection, "", null, ContactSelection.AllMatching(new ContactQuery(), [])),
                ChannelId = world.Messaging.ChannelId,
                TemplateId = template.Id,
                Values = ValuesOf(file),
                PerMinute = 60_000,
            },
            default).OrThrowAsync();
        return (await world.Service.StartAsync(draft.Item.Id, default).OrThrowAsync()).Item.Id;
    }
}
