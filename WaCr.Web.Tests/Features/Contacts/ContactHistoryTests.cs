using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactHistoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task List_TellsWhoWhenThroughWhichDoorAndEachField(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var vip = await tenant.CreateGroupAsync("VIP");
        var contact = await tenant.CreateContactAsync();
        await tenant.SignInAsync(Role.Agent);
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = "Surat", Groups = new[] { vip } });
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = null });

        var page = await HistoryAsync(tenant, contact.Id);
        page.OlderThan.ShouldBeNull();
        page.Entries.Select(entry => entry.Action).ShouldBe([AuditAction.Updated, AuditAction.Updated, AuditAction.Created]);
        page.Entries[0].Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Field.ShouldBe("city"), change => change.Before.ShouldBe("Surat"), change => change.After.ShouldBeEmpty());
        (page.Entries[1].ActorName, page.Entries[1].ChangeOrigin).ShouldBe(("Ravi Kumar", ChangeOrigin.App));
        page.Entries[1].Changes.Single(change => change.Field == "groups").Joined.ShouldBe([vip]);
    }

    [Theory, OnEachEngine]
    public async Task List_ManyChanges_ComesInPages(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        for (var n = 0; n < ContactHistory.PageSize + 3; n++)
        {
            await UpdateAsync(tenant, contact.Id, new ContactPatch { City = $"City {n}" });
        }

        var first = await HistoryAsync(tenant, contact.Id);
        var second = await HistoryAsync(tenant, contact.Id, first.OlderThan);
        first.Entries.Count.ShouldBe(ContactHistory.PageSize);
        second.Entries.Count.ShouldBe(4);
        second.OlderThan.ShouldBeNull();
        first.Entries.Concat(second.Entries).Select(entry => entry.Id).ShouldBeInOrder(SortDirection.Descending);
    }

    [Theory, OnEachEngine]
    public async Task Revert_IsAnUpdateThatIsAuditedItself(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (vip, other) = (await tenant.CreateGroupAsync("VIP"), await tenant.CreateGroupAsync("Other"));
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { City = "Baroda", Zip = "1", Groups = new[] { vip } });
        await UpdateAsync(
            tenant, contact.Id, new ContactPatch { City = "Surat", Zip = null, Phone = "+91 95874 22369", Groups = Array.Empty<long>() });
        await UpdateAsync(tenant, contact.Id, new ContactPatch { Groups = new[] { other } });
        var changed = (await HistoryAsync(tenant, contact.Id)).Entries[1];

        var plan = await PlanAsync(tenant, contact.Id, changed.Id);
        plan.ChangedSince.ShouldBeEmpty();
        var after = await tenant.Contacts.UpdateAsync(contact.Id, plan.Patch, plan.Version, None).OrThrowAsync();

        (after.City, after.Zip, after.Phone).ShouldBe(("Baroda", "1", contact.Phone));
        after.GroupIds.ShouldBe([vip, other], ignoreOrder: true);
        (await HistoryAsync(tenant, contact.Id)).Entries[0].Changes.Select(change => change.Field)
            .ShouldBe(["city", "phone", "zip", "groups"], ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task Revert_OneField_LeavesTheOthers(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = "Surat", Zip = "395003" });
        var changed = (await HistoryAsync(tenant, contact.Id)).Entries[0];

        var plan = await tenant.Get<ContactHistory>().PlanRevertAsync(contact.Id, changed.Id, ["zip"], None).OrThrowAsync();
        plan.Patch.ShouldBe(new ContactPatch { Zip = null, Unreadable = plan.Patch.Unreadable });
    }

    [Theory, OnEachEngine]
    public async Task Revert_FieldChangedSince_IsNamed(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { City = "Baroda" });
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = "Surat", Zip = "395003" });
        var changed = (await HistoryAsync(tenant, contact.Id)).Entries[0];
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = "Mumbai" });

        (await PlanAsync(tenant, contact.Id, changed.Id)).ChangedSince.ShouldBe([new ChangedSince("city", "Baroda", "Mumbai")]);
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = "Baroda" });
        (await PlanAsync(tenant, contact.Id, changed.Id)).ChangedSince.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Revert_LeavingAGroupThatIsGone_LeavesItGone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var vip = await tenant.CreateGroupAsync("VIP");
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { Groups = new[] { vip } });
        await UpdateAsync(tenant, contact.Id, new ContactPatch { Groups = Array.Empty<long>() });
        var changed = (await HistoryAsync(tenant, contact.Id)).Entries[0];
        await tenant.Get<LookupService<Group>>().DeleteAsync(vip, None).OrThrowAsync();
        (await PlanAsync(tenant, contact.Id, changed.Id)).Patch.Groups.IsGiven.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task History_OfAnotherTenant_IsNone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var contact = await mine.CreateContactAsync();
        await UpdateAsync(mine, contact.Id, new ContactPatch { City = "Surat" });
        var entry = (await HistoryAsync(mine, contact.Id)).Entries[0];

        (await HistoryAsync(theirs, contact.Id)).Entries.ShouldBeEmpty();
        (await theirs.Get<ContactHistory>().PlanRevertAsync(contact.Id, entry.Id, null, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Viewer_ReadsHistoryAndRevertsNothing(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await UpdateAsync(tenant, contact.Id, new ContactPatch { City = "Surat" });
        await tenant.SignInAsync(Role.Viewer);
        var entry = (await HistoryAsync(tenant, contact.Id)).Entries[0];
        (await tenant.Get<ContactHistory>().PlanRevertAsync(contact.Id, entry.Id, null, None)).Error.ShouldBeOfType<ForbiddenError>();
    }

    private static Task<ContactDetails> UpdateAsync(TestTenant tenant, long id, ContactPatch patch) =>
        tenant.Contacts.UpdateAsync(id, patch, null, None).OrThrowAsync();

    private static Task<HistoryPage> HistoryAsync(TestTenant tenant, long id, long? olderThan = null) =>
        tenant.Get<ContactHistory>().ListAsync(id, olderThan, None).OrThrowAsync();

    private static Task<RevertPlan> PlanAsync(TestTenant tenant, long id, long entryId) =>
        tenant.Get<ContactHistory>().PlanRevertAsync(id, entryId, null, None).OrThrowAsync();
}
