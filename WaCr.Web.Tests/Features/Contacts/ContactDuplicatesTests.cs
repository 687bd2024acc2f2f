using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactDuplicatesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Find_TellsWhyTwoMayBeOne(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync("Asha", "Patel", "+919587422369", "asha.patel@gmail.com");
        var phone = await tenant.CreateContactAsync("Someone", "Else", "+49 15 8742 2369");
        var mail = await tenant.CreateContactAsync("A.", "P.", email: "ashapatel+shop@googlemail.com");
        var swapped = await tenant.CreateContactAsync("Patel", "Asha");
        var misspelt = await tenant.CreateContactAsync("Ashaa", "Patel");
        var both = await tenant.CreateContactAsync("ASHA", "Pátel", email: "asha.patel+home@gmail.com");
        await tenant.CreateContactAsync("Ashok", "Rao", email: "ashok@example.org");
        await tenant.CreateContactAsync("Somebody", "Elsewhere", email: "ashapatel@example.org"); // a mailbox of another domain
        await tenant.CreateContactAsync("Maria", "Patel");

        var found = await FindAsync(tenant, contact.Id);
        found.Select(candidate => candidate.Id).ShouldBe([both.Id, phone.Id, mail.Id, swapped.Id, misspelt.Id]);
        found[0].Reasons.ShouldBe([DuplicateReason.SimilarEmail, DuplicateReason.SimilarName]);
        found[1].Reasons.ShouldBe([DuplicateReason.SimilarPhone]);
        found[2].Reasons.ShouldBe([DuplicateReason.SimilarEmail]);
        found[3].Reasons.ShouldBe([DuplicateReason.SimilarName]);
    }

    [Theory, OnEachEngine]
    public async Task List_PairsByNumberAndMailbox_NotByName_OfThisTenant(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (tenant, other) = (await world.CreateTenantAsync(), await world.CreateTenantAsync("other"));
        var contact = await tenant.CreateContactAsync("Asha", "Patel", "+919587422369", "asha.patel@gmail.com");
        var phone = await tenant.CreateContactAsync("Someone", "Else", "+49 15 8742 2369", "info@one.example");
        var mail = await tenant.CreateContactAsync("A.", "P.", email: "ashapatel+shop@googlemail.com");
        await tenant.CreateContactAsync("Asha", "Patel", email: "info@two.example");

        var found = await tenant.Get<ContactDuplicates>().ListAsync(None).OrThrowAsync();

        found.Pairs.Select(pair => (pair.First.Id, pair.Second.Id, pair.Reason)).ShouldBe(
            [(contact.Id, mail.Id, DuplicateReason.SimilarEmail), (contact.Id, phone.Id, DuplicateReason.SimilarPhone)], ignoreOrder: true);
        found.Total.ShouldBe(2);
        (await other.Get<ContactDuplicates>().ListAsync(None).OrThrowAsync()).Pairs.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Find_NamesInOtherScripts(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync("عبد الله", "الغامدي");
        var same = await tenant.CreateContactAsync("عبد اللّه", "الغامدي");
        (await FindAsync(tenant, contact.Id)).ShouldHaveSingleItem().Id.ShouldBe(same.Id);
    }

    [Theory, OnEachEngine]
    public async Task Find_AmongAnotherTenantsContacts_FindsNone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var contact = await mine.CreateContactAsync("Asha", "Patel");
        await theirs.CreateContactAsync("Asha", "Patel");
        (await FindAsync(mine, contact.Id)).ShouldBeEmpty();
        (await theirs.Get<ContactDuplicates>().FindAsync(contact.Id, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Find_OddNames_IsNoError(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        foreach (var (first, last) in new[] { ("X", "Y"), (".", "."), ("😀", "😀😀😀😀😀😀😀😀😀"), ("\"quoted\"", "OR 1=1 --"),
            ("100%", "_under_score_") })
        {
            await FindAsync(tenant, (await tenant.CreateContactAsync(first, last)).Id);
        }
    }

    private static Task<IReadOnlyList<DuplicateCandidate>> FindAsync(TestTenant tenant, long id) =>
        tenant.Get<ContactDuplicates>().FindAsync(id, None).OrThrowAsync();
}
