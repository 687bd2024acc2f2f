using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class UnsavedEditsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Keep_ReplacesWhatWasKept_UntilItIsDropped(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await tenant.SignInAsync(Role.Agent);
        var edits = tenant.Get<UnsavedEdits>();

        await edits.KeepAsync(contact.Id, City("Surat"), None).OrThrowAsync();
        await edits.KeepAsync(contact.Id, City("Pune"), None).OrThrowAsync();
        (await edits.FindAsync(contact.Id, None)).Value!.Unsaved.Fields["city"].ShouldBe(new UnsavedField("Baroda", "Pune"));
        await edits.DropAsync(contact.Id, None).OrThrowAsync();
        (await edits.FindAsync(contact.Id, None)).Value.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task SavingTheForm_DropsItsEdit_InTheSameWrite(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (contact, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync());
        await tenant.SignInAsync(Role.Agent);
        var edits = tenant.Get<UnsavedEdits>();
        foreach (var id in new long?[] { contact.Id, other.Id, null })
        {
            await edits.KeepAsync(id, City("Surat"), None).OrThrowAsync();
        }

        var form = new ContactPatch { City = "Surat", EndsUnsavedEdit = true };
        // another panel's change
        await tenant.Contacts.UpdateAsync(contact.Id, form with { EndsUnsavedEdit = false }, null, None).OrThrowAsync();
        (await tenant.Contacts.UpdateAsync(contact.Id, form, contact.Version, None)).Error.ShouldBeOfType<StaleVersionError>();
        (await edits.FindAsync(contact.Id, None)).Value.ShouldNotBeNull();

        var before = tenant.Get<IDatabaseWriter>().Commits;
        await tenant.Contacts.UpdateAsync(contact.Id, form, null, None).OrThrowAsync();
        (tenant.Get<IDatabaseWriter>().Commits - before).ShouldBe(1);
        (await edits.FindAsync(contact.Id, None)).Value.ShouldBeNull();
        (await edits.FindAsync(other.Id, None)).Value.ShouldNotBeNull();

        await tenant.Contacts.CreateAsync(tenant.NewContact() with { EndsUnsavedEdit = true }, None).OrThrowAsync();
        (await edits.FindAsync(null, None)).Value.ShouldBeNull();
        (await edits.FindAsync(other.Id, None)).Value.ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Keep_NewContact_IsADraftOfItsOwn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await tenant.SignInAsync(Role.Agent);
        var edits = tenant.Get<UnsavedEdits>();

        await edits.KeepAsync(null, City("Surat"), None).OrThrowAsync();
        (await edits.FindAsync(contact.Id, None)).Value.ShouldBeNull();
        (await edits.FindAsync(null, None)).Value.ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Drafts_AreNobodyElses(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var contact = await mine.CreateContactAsync();
        await mine.SignInAsync(Role.Admin);
        await mine.Get<UnsavedEdits>().KeepAsync(contact.Id, City("Surat"), None).OrThrowAsync();

        await mine.SignInAsync(Role.Admin);
        (await mine.Get<UnsavedEdits>().FindAsync(contact.Id, None)).Value.ShouldBeNull();
        await theirs.SignInAsync(Role.Admin);
        (await theirs.Get<UnsavedEdits>().FindAsync(contact.Id, None)).Value.ShouldBeNull();
        (await theirs.Get<UnsavedEdits>().KeepAsync(contact.Id, City("Surat"), None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Drafts_GoWithTheirContact_AndAfterAMonth(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var (deleted, old, other) = (
            await tenant.CreateContactAsync(), await tenant.CreateContactAsync(), await tenant.CreateContactAsync());
        await tenant.SignInAsync(Role.Admin);
        var edits = tenant.Get<UnsavedEdits>();
        await edits.KeepAsync(deleted.Id, City("Surat"), None).OrThrowAsync();
        await edits.KeepAsync(old.Id, City("Surat"), None).OrThrowAsync();

        await tenant.Contacts.DeleteAsync(deleted.Id, null, None).OrThrowAsync();
        time.Advance(UnsavedEdits.KeptFor);
        (await edits.FindAsync(old.Id, None)).Value.ShouldBeNull();
        await edits.KeepAsync(other.Id, City("Surat"), None).OrThrowAsync();
        await using var db = tenant.OpenDatabase();
        db.UnsavedEdits.Select(edit => edit.ContactId).ShouldBe([other.Id]);
    }

    [Theory, OnEachEngine]
    public async Task Drafts_WithoutTheRightToWrite_AreRefused(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await tenant.SignInAsync(Role.Viewer);
        var edits = tenant.Get<UnsavedEdits>();
        (await edits.FindAsync(contact.Id, None)).Error.ShouldBeOfType<ForbiddenError>();
        (await edits.KeepAsync(contact.Id, City("Surat"), None)).Error.ShouldBeOfType<ForbiddenError>();
        (await edits.DropAsync(contact.Id, None)).Error.ShouldBeOfType<ForbiddenError>();
        (await tenant.Contacts.CheckAsync(contact.Id, new ContactPatch(), None)).Error.ShouldBeOfType<ForbiddenError>();
    }

    private static UnsavedFields City(string mine) =>
        new(new Dictionary<string, UnsavedField>(StringComparer.Ordinal) { ["city"] = new("Baroda", mine) }, [], []);
}
