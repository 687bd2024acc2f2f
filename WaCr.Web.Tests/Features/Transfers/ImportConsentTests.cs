using System.Text;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>What contacts want, as a file says it.</summary>
public sealed class ImportConsentTests
{
    private const string File = """
        First name,Last name,Phone,Status,Source,Marketing consent,Consent source,Consent proof
        Ann,Smith,+447700900123,New,Manual,yes,Web form,I want the offers
        Bob,Jones,+447700900456,New,Manual,no,,
        Cara,Lee,+447700900789,New,Manual,yes,,
        Dan,Ray,+447700900321,New,Manual,,,
        """;

    [Theory, OnEachEngine]
    public async Task Consent_IsImportedWithItsSource_AndAnUnsourcedYesDoesNotCount(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.GetImportAsync(await tenant.SendAsync(Encoding.UTF8.GetBytes(File)).OrThrowAsync());
        await tenant.StartAsync(import, await tenant.SettingsAsync(import));
        await world.WorkAsync();

        (await tenant.GetImportAsync(import.Id)).Notes.ShouldContain(note => note.Note.Kind == ImportNoteKind.ConsentUnsourced);
        var consents = (await tenant.ListAsync(new ContactQuery())).Items.ToDictionary(
            contact => contact.FirstName, contact => contact.Consent.Marketing, StringComparer.Ordinal);
        consents.ShouldBe(
            new Dictionary<string, MarketingConsent>(StringComparer.Ordinal)
            {
                ["Ann"] = MarketingConsent.Granted,
                ["Bob"] = MarketingConsent.Denied,
                ["Cara"] = MarketingConsent.Unknown,
                ["Dan"] = MarketingConsent.Unknown,
            },
            ignoreOrder: true);
        await using var db = tenant.OpenDatabase();
        var granted = await db.ConsentRecords.Where(record => record.Purpose == ConsentPurpose.Marketing && !record.IsOptedOut)
            .SingleAsync();
        (granted.Source, granted.Proof).ShouldBe(("Web form", "I want the offers"));
    }
}
