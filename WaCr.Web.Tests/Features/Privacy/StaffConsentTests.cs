using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Tests.Features.Privacy;

/// <summary>A customer who said STOP tells a colleague that they want messages again.</summary>
public sealed class StaffConsentTests
{
    private const string Ann = "447700900123";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ConsentPatch Said = new() { Marketing = "granted", Service = "allowed", Source = "In the shop", Proof = "Yes, send me the offers again" };

    [Theory, OnEachEngine]
    public async Task OptIn_AfterStop_HoldsForAllThatThePersonIsKnownBy_AndSaysHow(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "STOP", world.Now));
        var id = await OnlyContactAsync(world);

        (await SayAsync(world.Tenant, id, Said)).OrThrow();

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.SingleAsync()).IsOptedOut.ShouldBeFalse();
        var records = await db.ConsentRecords.ToListAsync();
        records.ShouldNotBeEmpty();
        records.ShouldAllBe(record => !record.IsOptedOut && record.Source == Said.Source && record.Proof == Said.Proof && record.ChangedAt == world.Now);
        (await world.Tenant.AuditOfAsync("contact", id))[^1].Changes.ShouldBe(
            """{"is_opted_out":[true,false],"consent_marketing":["denied","granted"],"consent_service":["denied","allowed"],"consent_source":[null,"In the shop"],"consent_proof":[null,"Yes, send me the offers again"]}""");
        var consent = (await world.Tenant.GetFresh<ContactHistory>().ListConsentAsync(id, null, None)).OrThrow();
        consent.Entries[0].Changes.Select(change => change.Field).ShouldBe(["is_opted_out", "consent_marketing", "consent_service", "consent_source", "consent_proof"]);

        // It outlives the contact, and the next STOP takes it back with what was said for it.
        (await world.Tenant.GetFresh<ContactService>().DeleteAsync(id, null, None)).OrThrow();
        (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).IsOptedOut.ShouldBeFalse();
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "STOP", world.Now));
        (await db.ConsentRecords.AsNoTracking().ToListAsync()).ShouldContain(record => record.IsOptedOut && record.Source == null);
    }

    [Theory, OnEachEngine]
    public async Task ThirtyOptIns_OfOneContact_AtOnce_AllEnd_AndEachStandsInTheHistory(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "STOP", world.Now));
        var id = await OnlyContactAsync(world);
        var before = (await world.Tenant.AuditOfAsync("contact", id)).Count;

        var said = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(() =>
            SayAsync(world.Tenant, id, Said with { Source = $"In the shop, {number}" }))));

        said.ShouldAllBe(one => one.Succeeded);
        (await world.Tenant.AuditOfAsync("contact", id)).Count.ShouldBe(before + said.Length);
        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.SingleAsync()).IsOptedOut.ShouldBeFalse();
        (await db.ConsentRecords.Select(record => record.Source).Distinct().ToListAsync()).ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task TheSameSaidAgain_ReplacesHowItWasSaid_AProofAloneIsAdded_AndBothStandInTheHistory(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var id = (await tenant.CreateContactAsync("Asha")).Id;
        (await SayAsync(tenant, id, Said with { Proof = null })).OrThrow();

        (await SayAsync(tenant, id, new ConsentPatch { Marketing = "granted", Proof = "Recorded call 17" })).OrThrow();

        (await MarketingAsync(tenant)).ShouldBe(("In the shop", "Recorded call 17"));
        (await tenant.AuditOfAsync("contact", id))[^1].Changes.ShouldBe("""{"consent_proof":[null,"Recorded call 17"]}""");

        (await SayAsync(tenant, id, new ConsentPatch { Marketing = "granted", Source = "By phone" })).OrThrow();

        (await MarketingAsync(tenant)).ShouldBe(("By phone", null)); // the proof was of what was said in the shop
        (await tenant.AuditOfAsync("contact", id))[^1].Changes.ShouldBe("""{"consent_source":[null,"By phone"]}""");
        (await tenant.GetFresh<ContactHistory>().ListConsentAsync(id, null, None)).OrThrow().Entries.Count.ShouldBe(3);

        // Another wish has nothing of what was said for the first.
        (await SayAsync(tenant, id, new ConsentPatch { Marketing = "denied", Proof = "No more, please" })).OrThrow();
        (await MarketingAsync(tenant)).ShouldBe((null, "No more, please"));
    }

    [Theory, OnEachEngine]
    public async Task TheSameInTheSameWords_ChangesNothing(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "STOP", world.Now));
        var id = await OnlyContactAsync(world);
        var said = (await SayAsync(world.Tenant, id, Said)).OrThrow();
        var entries = (await world.Tenant.AuditOfAsync("contact", id)).Count;
        world.Time.Advance(TimeSpan.FromHours(1));

        foreach (var same in new[] { Said, new ConsentPatch { Marketing = "granted", Proof = Said.Proof } })
        {
            var again = (await SayAsync(world.Tenant, id, same)).OrThrow();
            (again.Version, again.UpdatedAt, again.ConsentChangedAt).ShouldBe((said.Version, said.UpdatedAt, said.ConsentChangedAt));
        }

        (await world.Tenant.AuditOfAsync("contact", id)).Count.ShouldBe(entries);
        (await SayAsync(world.Tenant, id, Said with { Proof = null })).OrThrow(); // takes the proof away
        (await world.Tenant.AuditOfAsync("contact", id)).Count.ShouldBe(entries + 1);
    }

    [Theory, OnEachEngine]
    public async Task ErasingSomebody_ErasesAProofWithoutASource(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var id = (await tenant.CreateContactAsync("Asha")).Id;
        (await SayAsync(tenant, id, new ConsentPatch { Marketing = "denied", Proof = "I am Asha, stop it" })).OrThrow();

        (await tenant.GetFresh<PersonErasure>().EraseAsync(id, None)).OrThrow();

        (await MarketingAsync(tenant)).ShouldBe((null, null));
    }

    [Theory, OnEachEngine]
    public async Task OptIn_OfSomebodyErased_LeavesTheWishAlone(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "STOP", world.Now));
        var id = await OnlyContactAsync(world);
        (await SayAsync(world.Tenant, id, Said)).OrThrow();

        (await world.Tenant.GetFresh<PersonErasure>().EraseAsync(id, None)).OrThrow();

        await using var db = world.Tenant.OpenDatabase();
        (await db.ConsentRecords.ToListAsync()).ShouldAllBe(record => !record.IsOptedOut && record.Source == null && record.Proof == null);
    }

    [Theory, OnEachEngine]
    public async Task OptIn_WithoutTheWay_OrTooLong_IsRefused_AndNothingNewChangesNothing(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync("Asha");
        (await SayAsync(tenant, contact.Id, Said with { Source = "  ", Proof = null })).ShouldBeInvalid()["consent.source"]
            .ShouldBe([ContactErrors.ConsentSourceRequired]);
        var errors = (await SayAsync(tenant, contact.Id, Said with { Source = new string('x', 501), Proof = new string('x', 501) }))
            .ShouldBeInvalid();
        (errors["consent.source"].Count, errors["consent.proof"].Count).ShouldBe((1, 1));
        (await SayAsync(tenant, contact.Id + 1, Said)).Error.ShouldBeOfType<NotFoundError>();
        (await SayAsync(tenant, contact.Id, new ConsentPatch { Marketing = "unknown", Service = "allowed" })).OrThrow();

        await using var db = tenant.OpenDatabase();
        (await db.ConsentRecords.CountAsync()).ShouldBe(0);
        (await tenant.AuditOfAsync("contact", contact.Id)).Count.ShouldBe(1);
    }

    private static Task<Result<ContactDetails>> SayAsync(TestTenant tenant, long id, ConsentPatch said) =>
        tenant.GetFresh<ContactService>().UpdateAsync(id, new ContactPatch { Consent = said }, null, None);

    private static async Task<(string?, string?)> MarketingAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        var record = await db.ConsentRecords.SingleAsync(record => record.Purpose == ConsentPurpose.Marketing);
        return (record.Source, record.Proof);
    }

    private static async Task<long> OnlyContactAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        var contact = await db.Contacts.SingleAsync();
        contact.IsOptedOut.ShouldBeTrue();
        return contact.Id;
    }
}
