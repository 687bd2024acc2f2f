using System.Text;
using Microsoft.Data.Sqlite;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Views;
using WaCr.Web.Security;
using WaCr.Web.Tests.Features.Transfers;

namespace WaCr.Web.Tests.Features.Privacy;

public sealed class PersonErasureTests : IDisposable
{
    private const string Mark = "Qzmarker";
    private const string WaId = "447700900123";
    private const string Email = "qz.person@subject.example";
    private const string OldPhone = "+447700900777";
    private const string MergedPhone = "+447700900888";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Traces = [Mark, WaId, Email, OldPhone[1..], MergedPhone[1..]];

    // What the test fills; others hold nothing of a customer (docs/personal-data.md).
    private static readonly string[] Filled =
    [
        "AuditEntries", "BulkChunks", "ChannelIdentities", "Comments", "ContactMerges", "Contacts", "Conversations", "DeletedContacts",
        "GroupMessages", "IdempotentRequests", "ImportChunks", "ImportFileParts", "Imports", "MessageMedia", "Messages", "Notifications",
        "OneTimeCodeLimits", "OneTimeCodes", "SavedViews", "UnsavedEdits", "WebhookEvents",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("wacr-files-").FullName;

    [Theory, OnEachEngine]
    public async Task Person_IsGoneFromEveryColumnAndFile_AndLeavesAReceiptThatNamesNobody(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var tenant = world.Tenant;
        var id = await FillAsync(world);
        await using (var db = tenant.OpenDatabase())
        {
            var before = await DatabaseText.FindAsync(db, Traces);
            before.Select(place => place[..place.IndexOf('.', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal)
                .Where(table => !table.StartsWith("ContactSearch", StringComparison.Ordinal)
                    && !table.StartsWith("MessageSearch", StringComparison.Ordinal))
                .ShouldBe(Filled);
            (await db.CampaignExclusions.AnyAsync()).ShouldBeTrue();
        }

        FilesWith(Mark).ShouldNotBeEmpty();

        var receipt = await tenant.GetFresh<PersonErasure>().EraseAsync(id, None).OrThrowAsync();

        (receipt.ContactId, receipt.Counts).ShouldBe((id, new ErasedCounts(2, 1, 1, 1)));
        await using var after = tenant.OpenDatabase();
        (await DatabaseText.FindAsync(after, Traces)).ShouldBeEmpty();
        (await after.CampaignExclusions.AnyAsync()).ShouldBeFalse();
        (await after.FindMessages(Mark).AnyAsync()).ShouldBeFalse();
        FilesWith(Mark).ShouldBeEmpty();
        var entries = await tenant.AuditOfAsync("contact", id);
        entries.Where(entry => entry.Action != AuditAction.Erased).ShouldAllBe(entry => !entry.Changes.Contains("\"]"));
        entries[0].Changes.ShouldContain("\"firstname\":[null,null]");
        entries[^1].Action.ShouldBe(AuditAction.Erased);
        entries[^1].Changes.ShouldBe("""{"messages":[null,2],"comments":[null,1],"files":[null,1],"merged_contacts":[null,1]}""");
        (await tenant.GetFresh<PersonErasure>().EraseAsync(id, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task OthersKeepWhatTheyHave_AndTheCountsAreRight(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var tenant = world.Tenant;
        var id = await FillAsync(world);
        await world.TakeInAsync(MetaWebhook.Text("wamid.other", "447700900999", "Hello from another", world.Now, "Other Person"));

        await tenant.GetFresh<PersonErasure>().EraseAsync(id, None).OrThrowAsync();

        await using var db = tenant.OpenDatabase();
        (await db.Messages.SingleAsync()).Text.ShouldBe("Hello from another");
        (await db.WebhookEvents.SingleAsync()).Payload.ShouldContain("447700900999");
        (await db.Contacts.CountAsync()).ShouldBe(2); // the one who wrote, and the one of the bulk change
        (await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts).SumAsync(counter => counter.Value)).ShouldBe(2);
        (await db.IdempotentRequests.OrderBy(request => request.Id).Select(request => request.Key).ToListAsync()).ShouldBe(["k-1", "k-2"]);
        Encoding.UTF8.GetString((await db.IdempotentRequests.SingleAsync(request => request.Key == "k-2")).Body!).ShouldContain("Other");
        ChunkPack.Unpack<TableRow>((await db.ImportChunks.SingleAsync()).Rows!).ShouldHaveSingleItem().Cells[0].ShouldBe("Somebody");
        (await db.BulkChunks.SingleAsync()).Before!.ShouldContain("Beside");
    }

    [Fact]
    public async Task OnSqlite_TheFileItselfHasNothingLeft()
    {
        await using var world = await CreateAsync(DatabaseProvider.Sqlite);
        var id = await FillAsync(world);
        var path = new SqliteConnectionStringBuilder(world.ConnectionString).DataSource;

        await world.Tenant.GetFresh<PersonErasure>().EraseAsync(id, None).OrThrowAsync();

        await using (var connection = new SqliteConnection(world.ConnectionString + ";Pooling=False"))
        {
            await connection.OpenAsync();
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        var file = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path));
        Traces.Where(trace => file.Contains(trace, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task TrashThatIsSwept_IsErasedTheSameWay(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var id = await FillAsync(world);
        await world.Tenant.GetFresh<ContactService>().DeleteAsync(id, null, None).OrThrowAsync();
        world.Time.Advance(DeletedContact.KeptFor);

        await using (var scope = world.Services.CreateAsyncScope())
        {
            (await scope.ServiceProvider.GetRequiredService<TrashSweeper>().SweepAsync(None)).ShouldBeGreaterThan(0);
        }

        await using var db = world.Tenant.OpenDatabase();
        (await DatabaseText.FindAsync(db, Traces)).ShouldBeEmpty();
        (await world.Tenant.AuditOfAsync("contact", id))[^1].Action.ShouldBe(AuditAction.Erased);
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_ErasesAndExportsNothing(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var id = await FillAsync(world);
        var other = await world.CreateTenantAsync("other");

        (await other.Get<PersonErasure>().EraseAsync(id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await other.Get<PersonExport>().ExportAsync(id, None)).Error.ShouldBeOfType<NotFoundError>();

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.AnyAsync(contact => contact.Id == id)).ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task Export_HasTheDataMessagesAndFiles(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var id = await FillAsync(world);

        await using var archive = await world.Tenant.GetFresh<PersonExport>().ExportAsync(id, None).OrThrowAsync();

        var texts = new Dictionary<string, string>();
        await using var zip = new System.IO.Compression.ZipArchive(archive.Content);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            texts[entry.FullName] = await reader.ReadToEndAsync();
        }

        texts["contact.json"].ShouldContain(Email);
        texts["contact.csv"].ShouldContain(Mark);
        texts["history.json"].ShouldContain(OldPhone);
        texts["messages.json"].ShouldContain($"Hello from {Mark}");
        texts["messages.csv"].ShouldContain($"Hello from {Mark}");
        texts["comments.json"].ShouldContain(Mark);
        texts["received.json"].ShouldContain(WaId);
        texts.Single(text => text.Key.StartsWith("files/message-", StringComparison.Ordinal)).Value.ShouldContain(Mark);
    }

    [Fact]
    public async Task TheDocument_NamesEveryTableOfTheModel()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = (await world.CreateTenantAsync()).OpenDatabase();
        var tables = db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct()
            .Where(table => table is not "ContactSearch" and not "MessageSearch" && !table.StartsWith("AspNet", StringComparison.Ordinal));
        var document = await File.ReadAllTextAsync(Path.Combine(SourceFiles.Root, "docs", "personal-data.md"));

        tables.Where(table => !document.Contains($"| `{table}` |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<MessagingWorld> CreateAsync(DatabaseProvider engine) =>
        MessagingWorld.CreateAsync(engine, (services, _) => services.Configure<FileStoreOptions>(options => options.Path = _folder));

    private string[] FilesWith(string text) =>
        [
            .. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))
        ];

    /// <summary>A person in everything that can hold one; the contact's id.</summary>
    private static async Task<long> FillAsync(MessagingWorld world)
    {
        var tenant = world.Tenant;
        var user = await tenant.SignInAsync(Role.Owner);
        world.WhatsApp.OnDownload = _ => Encoding.ASCII.GetBytes($"%PDF-1.7\n{Mark}\n%%EOF\n");
        await world.TakeInAsync(
            MetaWebhook.Text("wamid.1", WaId, $"Hello from {Mark}", world.Now, $"{Mark} Person"),
            MetaWebhook.Message(
                "wamid.2", WaId,
                $$$"""{"type":"document","document":{"id":"77","mime_type":"application/pdf","sha256":"x","filename":"{{{Mark}}}.pdf"}}""",
                world.Now),
            MetaWebhook.Message(
                "wamid.3", WaId, $$$"""{"type":"text","text":{"body":"{{{Mark}}} to all"},"group_id":"Y2FwaV9ncm91cDox"}""", world.Now));
        await world.FetchFilesAsync();
        var conversation = await world.ConversationAsync();
        var id = conversation.ContactId;
        await tenant.Contacts.UpdateAsync(id, new ContactPatch { Phone = OldPhone }, null, None).OrThrowAsync();
        var contact = await tenant.Contacts.UpdateAsync(
            id, new ContactPatch
            {
                Phone = "+" + WaId,
                Email = Email,
                Description = $"{Mark} lives alone",
                Company = $"{Mark} Ltd",
            }, null, None).OrThrowAsync();
        await MergeAsync(tenant, contact);
        await BulkAsync(tenant, id);
        await tenant.UploadAsync($"{Mark},Person,+44 7700 900123,,New,,,", "Somebody,Else,+447700900555,,New,,,");
        await tenant.Get<UnsavedEdits>().KeepAsync(id, Unsaved("description", $"{Mark} called"), None).OrThrowAsync();
        await tenant.Get<UnsavedEdits>().KeepAsync(null, Unsaved("phone", "+44 7700 900123"), None).OrThrowAsync();
        await tenant.Get<SavedViewService>().CreateAsync("Mine", false, $"search=%2B{WaId}", None).OrThrowAsync();
        await tenant.GetFresh<CommentService>().AddAsync(conversation.Id, $"{Mark} is nice", None).OrThrowAsync();
        await PlantAsync(tenant, user, conversation.Id, id);
        return id;
    }

    private static async Task MergeAsync(TestTenant tenant, ContactDetails survivor)
    {
        var other = await tenant.CreateContactAsync($"{Mark}2", phone: MergedPhone);
        await tenant.Get<ContactMerger>()
            .MergeAsync(new MergeContacts(survivor.Id, survivor.Version, other.Id, other.Version, []), None)
            .OrThrowAsync();
    }

    private static async Task BulkAsync(TestTenant tenant, long id)
    {
        var beside = await tenant.CreateContactAsync(tenant.NewContact() with { Company = "Beside Ltd" });
        var action = new BulkAction { Fields = new Dictionary<string, string?> { [ContactFieldNames.Company] = "Everybody Ltd" } };
        await tenant.Get<BulkService>().StartAsync(ContactSelection.Of([id, beside.Id]), action, None).OrThrowAsync();
    }

    private static UnsavedFields Unsaved(string field, string text) =>
        new(new Dictionary<string, UnsavedField> { [field] = new("", text) }, [], []);

    // What a service makes only after days or with a token of its own.
    private static async Task PlantAsync(TestTenant tenant, long user, long conversationId, long contactId)
    {
        await using var db = tenant.OpenDatabase();
        var now = TestClock.Start;
        db.IdempotentRequests.Add(
            Answer("k-1", $$$"""{"success":true,"data":{"id":{{{contactId}}},"firstname":"{{{Mark}}}","phone":"+{{{WaId}}}"}}""", now));
        db.IdempotentRequests.Add(Answer("k-2", """{"success":true,"data":{"id":1,"firstname":"Other","phone":"+447700900999"}}""", now));
        db.IdempotentRequests.Add(Answer($"order-{WaId}", """{"success":true}""", now));
        db.Notifications.Add(
            new Notification { UserId = user, ConversationId = conversationId, Text = $"{Mark} is nice", CreatedAt = now });
        db.OneTimeCodes.Add(new OneTimeCode { PhoneKey = WaId, CreatedAt = now, ExpiresAt = now });
        db.OneTimeCodeLimits.Add(new OneTimeCodeLimit { PhoneKey = WaId, StartedAt = now, Count = 1 });
        var campaign = new Campaign { Name = "Spring", CreatedAt = now, UpdatedAt = now };
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync();
        db.CampaignExclusions.Add(
            new CampaignExclusion { CampaignId = campaign.Id, ContactId = contactId, Reason = CampaignExclusionReason.OptedOut });
        await db.SaveChangesAsync();
        await db.WebhookEvents.Where(e => e.Payload.Contains("wamid.2")).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.State, WebhookEventState.Dead)
            .SetProperty(e => e.ProcessedAt, (DateTimeOffset?)null));
    }

    private static IdempotentRequest Answer(string key, string body, DateTimeOffset now) => new()
    {
        TokenId = 1,
        Key = key,
        StatusCode = 201,
        Body = Encoding.UTF8.GetBytes(body),
        LeaseEndsAt = now,
        ExpiresAt = now + TimeSpan.FromDays(1),
    };
}
