using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactMergeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Merge_TakesTheChosenFieldsAndTheGroups_AndUnmergeRestoresBoth(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (vip, shop) = (await tenant.CreateGroupAsync("VIP"), await tenant.CreateGroupAsync("Shop"));
        var survivor = await tenant.CreateContactAsync(
            tenant.NewContact(email: "asha@example.org") with { City = "Surat", Groups = new[] { vip } });
        var other = await tenant.CreateContactAsync(
            tenant.NewContact("Aasha", email: "asha@work.example") with
            {
                City = "Mumbai",
                Company = "Patel & Sons",
                Groups = new[] { vip, shop },
            });

        var merge = await MergeAsync(tenant, survivor, other, "phone", "email", "company");

        var merged = await GetAsync(tenant, survivor.Id);
        (merged.FirstName, merged.City, merged.Company, merged.Phone, merged.Email)
            .ShouldBe(("Asha", "Surat", "Patel & Sons", other.Phone, "asha@work.example"));
        merged.GroupIds.ShouldBe([vip, shop], ignoreOrder: true);
        (await tenant.ContactQueries.GetAsync(other.Id, ContactIncludes.None, None)).Error.ShouldBeOfType<NotFoundError>();
        (await CountAsync(tenant)).ShouldBe(1);
        (await tenant.Get<ContactMerger>().ListAsync(survivor.Id, None)).Value!.ShouldHaveSingleItem().MergedName.ShouldBe("Aasha Patel");

        var parted = await tenant.Get<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        parted.RestoredId.ShouldBe(other.Id);
        parted.Kept.ShouldBeEmpty();
        ShouldBeTheSame(await GetAsync(tenant, survivor.Id), survivor);
        ShouldBeTheSame(await GetAsync(tenant, other.Id), other);
        (await CountAsync(tenant)).ShouldBe(2);
        (await tenant.Get<ContactMerger>().ListAsync(survivor.Id, None)).Value!.ShouldBeEmpty();
        (await tenant.Get<ContactUnmerger>().UnmergeAsync(merge, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Unmerge_SurvivorEditedSince_KeepsLaterEditsAndNamesThem(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var later = await tenant.CreateGroupAsync("Later");
        var survivor = await tenant.CreateContactAsync(tenant.NewContact() with { City = "Surat", Zip = "395003" });
        var other = await tenant.CreateContactAsync(tenant.NewContact("Aasha") with { City = "Mumbai", Zip = "400001" });
        var merge = await MergeAsync(tenant, survivor, other, "city", "zip");
        await tenant.Contacts.UpdateAsync(
            survivor.Id, new ContactPatch { City = "Pune", Company = "New", Groups = new[] { later } }, null, None)
            .OrThrowAsync();

        var parted = await tenant.Get<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();

        parted.Kept.ShouldBe(["city"]);
        var after = await GetAsync(tenant, survivor.Id);
        (after.City, after.Zip, after.Company).ShouldBe(("Pune", "395003", "New"));
        after.GroupIds.ShouldBe([later]);
        ShouldBeTheSame(await GetAsync(tenant, other.Id), other);
    }

    [Theory, OnEachEngine]
    public async Task Unmerge_PhoneIsAnothersByNow_ChangesNothing(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (survivor, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync("Aasha"));
        var merge = await MergeAsync(tenant, survivor, other, "firstname");
        await tenant.CreateContactAsync("Third", phone: other.Phone);

        (await tenant.Get<ContactUnmerger>().UnmergeAsync(merge, None)).ShouldBeInvalid()["phone"].ShouldBe([ContactErrors.PhoneTaken]);
        (await GetAsync(tenant, survivor.Id)).FirstName.ShouldBe("Aasha");
        (await tenant.Get<ContactMerger>().ListAsync(survivor.Id, None)).Value!.ShouldHaveSingleItem();
    }

    [Theory, OnEachEngine]
    public async Task Unmerge_SurvivorIsGone_BringsTheOtherBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (survivor, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync("Aasha"));
        var merge = await MergeAsync(tenant, survivor, other);
        await tenant.Contacts.DeleteAsync(survivor.Id, null, None).OrThrowAsync();
        await tenant.Get<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        ShouldBeTheSame(await GetAsync(tenant, other.Id), other);
    }

    [Theory, OnEachEngine]
    public async Task Merge_OneWhoOptedOut_StaysOptedOut(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (survivor, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync("Aasha"));
        await using (var db = tenant.OpenDatabase())
        {
            await db.Contacts.Where(c => c.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, true));
        }

        var merge = await MergeAsync(tenant, survivor, other);
        (await GetAsync(tenant, survivor.Id)).IsOptedOut.ShouldBeTrue();
        await tenant.Get<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        (await GetAsync(tenant, survivor.Id)).IsOptedOut.ShouldBeFalse();
        (await GetAsync(tenant, other.Id)).IsOptedOut.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task Merge_ContactChangedMeanwhile_IsRefused(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (survivor, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync("Aasha"));
        await tenant.Contacts.UpdateAsync(other.Id, new ContactPatch { City = "Surat" }, null, None).OrThrowAsync();
        var request = new MergeContacts(survivor.Id, survivor.Version, other.Id, other.Version, []);
        (await tenant.Get<ContactMerger>().MergeAsync(request, None)).Error.ShouldBeOfType<StaleVersionError>();
        (await tenant.Get<ContactMerger>().MergeAsync(request with { OtherId = survivor.Id }, None)).ShouldBeInvalid().Any.ShouldBeTrue();
        (await CountAsync(tenant)).ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task Merge_AnotherTenantsContact_DoesNotExist(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var (contact, foreign) = (await mine.CreateContactAsync(), await theirs.CreateContactAsync("Aasha"));
        var request = new MergeContacts(contact.Id, contact.Version, foreign.Id, foreign.Version, ["firstname"]);
        (await mine.Get<ContactMerger>().MergeAsync(request, None)).Error.ShouldBeOfType<NotFoundError>();

        var merge = await MergeAsync(mine, contact, await mine.CreateContactAsync("Aasha"));
        (await theirs.Get<ContactUnmerger>().UnmergeAsync(merge, None)).Error.ShouldBeOfType<NotFoundError>();
        (await theirs.Get<ContactMerger>().ListAsync(contact.Id, None)).Value!.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.Agent, false)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Owner, true)]
    public async Task Merge_TakesTheRightToDelete(Role role, bool may)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var (survivor, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync("Aasha"));
        await tenant.SignInAsync(role);
        var merged = await tenant.Get<ContactMerger>()
            .MergeAsync(new MergeContacts(survivor.Id, survivor.Version, other.Id, other.Version, []), None);
        (merged.Error is null).ShouldBe(may);
        ((await tenant.Get<ContactUnmerger>().UnmergeAsync(merged.Value, None)).Error is null).ShouldBe(may);
    }

    private static Task<long> MergeAsync(TestTenant tenant, ContactDetails survivor, ContactDetails other, params string[] fromOther) =>
        tenant.Get<ContactMerger>()
            .MergeAsync(new MergeContacts(survivor.Id, survivor.Version, other.Id, other.Version, fromOther), None)
            .OrThrowAsync();

    private static Task<ContactDetails> GetAsync(TestTenant tenant, long id) =>
        tenant.ContactQueries.GetAsync(id, ContactIncludes.None, None).OrThrowAsync();

    private static async Task<long> CountAsync(TestTenant tenant) => (await tenant.ListAsync(new ContactQuery())).Total;

    private static void ShouldBeTheSame(ContactDetails now, ContactDetails before)
    {
        ContactFieldValues.Of(now).ShouldBe(ContactFieldValues.Of(before));
        now.GroupIds.ShouldBe(before.GroupIds);
        (now.PhoneKey, now.CreatedAt).ShouldBe((before.PhoneKey, before.CreatedAt));
    }
}
