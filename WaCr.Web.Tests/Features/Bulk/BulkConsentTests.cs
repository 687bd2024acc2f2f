using System.Text;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Tests.Features.Transfers;
using static WaCr.Web.Tests.Features.Bulk.BulkWorld;

namespace WaCr.Web.Tests.Features.Bulk;

/// <summary>What many contacts want, changed at once and undone.</summary>
public sealed class BulkConsentTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Consent Agrees = new(MarketingConsent.Granted, ServiceConsent.Allowed);
    private static readonly ConsentPatch Granted = new() { Marketing = "granted", Source = "At the fair", Proof = "On the list" };

    [Theory, OnEachEngine]
    public async Task Granted_IsRecordedWithItsSource_LeavesOutWhoWantsNothing_AndIsUndone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (unasked, silent) = ((await tenant.CreateContactAsync("Unasked")).Id, (await tenant.CreateContactAsync("Silent")).Id);
        await SayAsync(tenant, silent, new ConsentPatch { Service = "denied" });

        var job = await tenant.GetFresh<BulkService>().StartAsync(Everybody, new BulkAction { Consent = Granted }, None).OrThrowAsync();

        (job.State, job.Changed).ShouldBe((BulkState.Done, 1));
        (await ConsentAsync(tenant, unasked)).ShouldBe(Agrees);
        (await ConsentAsync(tenant, silent)).ShouldBe(Consent.Nothing);
        (await tenant.AuditOfAsync("contact", unasked))[^1].Changes.ShouldBe(
            """{"consent_marketing":["unknown","granted"],"consent_source":[null,"At the fair"],"consent_proof":[null,"On the list"]}""");
        (await GrantedRecordsAsync(tenant)).ShouldBe([("At the fair", "On the list")]);

        await tenant.GetFresh<BulkService>().UndoAsync(job.Id, None).OrThrowAsync();

        (await ConsentAsync(tenant, unasked)).ShouldBe(default);
        (await ConsentAsync(tenant, silent)).ShouldBe(Consent.Nothing);
        (await GrantedRecordsAsync(tenant)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Undo_KeepsWhatAContactSaidSince(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (first, second) = ((await tenant.CreateContactAsync("First")).Id, (await tenant.CreateContactAsync("Second")).Id);
        var denied = new BulkAction { Consent = new ConsentPatch { Marketing = "denied" } };
        var job = await tenant.GetFresh<BulkService>().StartAsync(Everybody, denied, None).OrThrowAsync();
        job.Changed.ShouldBe(2);
        await SayAsync(tenant, first, new ConsentPatch { Service = "denied" });

        var undo = await tenant.GetFresh<BulkService>().UndoAsync(job.Id, None).OrThrowAsync();

        (undo.Changed, undo.Failed).ShouldBe((1, 1));
        (await ConsentAsync(tenant, first)).ShouldBe(Consent.Nothing);
        (await ConsentAsync(tenant, second)).ShouldBe(default);
    }

    /// <summary>Somebody says the same once more after the bulk change: that wish is theirs, and later.</summary>
    [Theory, OnEachEngine]
    public async Task Undo_KeepsAWishThatWasRepeatedSince(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (asked, told, quiet) =
            ((await tenant.CreateContactAsync("Asked")).Id, (await tenant.CreateContactAsync("Told")).Id,
            (await tenant.CreateContactAsync("Quiet")).Id);
        var denied = new BulkAction { Consent = new ConsentPatch { Marketing = "denied" } };
        var job = await tenant.GetFresh<BulkService>().StartAsync(Everybody, denied, None).OrThrowAsync();
        await SayAsync(tenant, asked, new ConsentPatch { Marketing = "denied", Source = "By phone" });
        await tenant.Get<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                await new OptOuts().SetAsync(db, told, null, ConsentChange.StopsMarketing);
                return default(Done);
            },
            None).OrThrowAsync();

        var undo = await tenant.GetFresh<BulkService>().UndoAsync(job.Id, None).OrThrowAsync();

        (undo.Changed, undo.Failed).ShouldBe((1, 2));
        (await ConsentAsync(tenant, asked)).Marketing.ShouldBe(MarketingConsent.Denied);
        (await ConsentAsync(tenant, told)).Marketing.ShouldBe(MarketingConsent.Denied);
        (await ConsentAsync(tenant, quiet)).ShouldBe(default);
    }

    /// <summary>Neither knows more of somebody than they said themselves; their own words stay.</summary>
    [Theory, OnEachEngine]
    public async Task GrantedAlready_KeepsItsOwnSource_InABulkChangeAndAnImport(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var ann = await tenant.CreateContactAsync("Ann", phone: "+447700900123");
        await SayAsync(tenant, ann.Id, new ConsentPatch { Marketing = "granted", Source = "Web form", Proof = "I want the offers" });
        var before = (await tenant.AuditOfAsync("contact", ann.Id)).Count;

        var job = await tenant.GetFresh<BulkService>().StartAsync(Everybody, new BulkAction { Consent = Granted }, None).OrThrowAsync();
        var import = await tenant.GetImportAsync(await tenant.SendAsync(Encoding.UTF8.GetBytes("""
            First name,Last name,Phone,Status,Source,Marketing consent,Consent source,Consent proof
            Ann,Smith,+447700900123,New,Manual,yes,Last year's list,
            """)).OrThrowAsync());
        await tenant.StartAsync(import, await tenant.SettingsAsync(import) with { Existing = ExistingPolicy.FillBlanks });
        await world.WorkAsync();

        job.Changed.ShouldBe(0);
        (await GrantedRecordsAsync(tenant)).ShouldBe([("Web form", "I want the offers")]);
        (await tenant.AuditOfAsync("contact", ann.Id)).Count.ShouldBe(before);
    }

    private static async Task SayAsync(TestTenant tenant, long id, ConsentPatch said) =>
        await tenant.GetFresh<ContactService>().UpdateAsync(id, new ContactPatch { Consent = said }, default, None).OrThrowAsync();

    private static async Task<Consent> ConsentAsync(TestTenant tenant, long id) =>
        (await tenant.ContactQueries.GetAsync(id, default, None).OrThrowAsync()).Consent;

    private static async Task<List<(string?, string?)>> GrantedRecordsAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        var records = await db.ConsentRecords.Where(record => record.Purpose == ConsentPurpose.Marketing && !record.IsOptedOut)
            .ToListAsync();
        return records.ConvertAll(record => (record.Source, record.Proof));
    }
}
