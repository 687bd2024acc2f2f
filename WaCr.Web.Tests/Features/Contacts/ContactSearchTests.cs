using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactSearchTests
{
    [Theory, OnEachEngine]
    public async Task WordsOfASearch_AreFound_InAnyOrder(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync(tenant.NewContact("Hanna", "Lindgren") with { Company = "Nordlicht" });
        await tenant.CreateContactAsync("Hanna", "Berg");
        await tenant.CreateContactAsync("Jo", "Li");
        await tenant.CreateContactAsync("João Maria", "da Silva");

        (await FindAsync("Lindgren Hanna")).ShouldBe(["Hanna Lindgren"]);
        (await FindAsync("Lindgren, Hanna")).ShouldBe(["Hanna Lindgren"]);
        (await FindAsync("nordlicht hanna")).ShouldBe(["Hanna Lindgren"]);
        (await FindAsync("hann berg")).ShouldBe(["Hanna Berg"]);
        (await FindAsync("li jo")).ShouldBe(["Jo Li"]);
        (await FindAsync("silva JOAO maria")).ShouldBe(["João Maria da Silva"]);
        (await FindAsync("maria da")).ShouldBe(["João Maria da Silva"]);
        (await FindAsync("lindgren berg")).ShouldBeEmpty();

        async Task<List<string>> FindAsync(string search)
        {
            var page = await tenant.ContactQueries.ListAsync(new ContactQuery { Search = search }, default).OrThrowAsync();
            return [.. page.Items.Select(contact => $"{contact.FirstName} {contact.LastName}")];
        }
    }

    [Theory, OnEachEngine]
    public async Task Search_FindsAPartOfAnySearchedField(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync(
            tenant.NewContact(
                "José", "Ångström", phone: "+919587422369", email: "jose@Sub.example.com") with
            { Company = "Müller & Söhne" });
        await tenant.CreateContactAsync("Other", "Person");

        foreach (var typed in new[]
        {
            "jos", "JOSÉ", "ose", "angstrom", "ÅNGS", "gström", "josé ång", "sub.example", "@sub", "Muller", "& söh", "587422",
            "+91 95874-22369", "919587422369", "95874 22369", "(95874) 22369", "095874 22369",
        })
        {
            (await tenant.FindAsync(typed)).ShouldBe(["José"], $"typed: {typed}");
        }

        foreach (var typed in new[] { "josx", "example.org", "111111", "%", "_", "\"", "jos* OR other", "NEAR(a b)", "jos%" })
        {
            (await tenant.FindAsync(typed)).ShouldBeEmpty($"typed: {typed}");
        }
    }

    [Theory, OnEachEngine]
    public async Task Search_OfOneOrTwoLetters_MatchesTheStartOfAField(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync(
            tenant.NewContact("Zoé", "Quist", phone: "+919587422369", email: "wx@example.com") with { Company = "Ypsilon" });
        await tenant.CreateContactAsync("Abzoq", "Bqzy", phone: "+4915112345678");

        foreach (var typed in new[] { "z", "Z", "zo", "ZÓ", "q", "qu", "w", "wx", "y", "yp", "91", "+9", "09" })
        {
            (await tenant.FindAsync(typed)).ShouldBe(["Zoé"], $"typed: {typed}");
        }

        (await tenant.FindAsync("oe")).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Search_InOtherScripts_FindsThem(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync("محمد", "الأمين");
        await tenant.CreateContactAsync("王小明", "李");
        await tenant.CreateContactAsync("Сергей", "Ёлкин");
        await tenant.CreateContactAsync("अनिल", "कुमार");

        (await tenant.FindAsync("مُحَمَّد")).ShouldBe(["محمد"]);
        (await tenant.FindAsync("王小明")).ShouldBe(["王小明"]);
        (await tenant.FindAsync("小明")).ShouldBeEmpty("two letters match the start of a field only");
        (await tenant.FindAsync("李")).ShouldBe(["王小明"]);
        (await tenant.FindAsync("ЕЛКИН")).ShouldBe(["Сергей"]);
        (await tenant.FindAsync("कुमार")).ShouldBe(["अनिल"]);
    }

    [Theory, OnEachEngine]
    public async Task Search_FollowsEveryChange(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync("Before");
        (await tenant.FindAsync("before")).ShouldBe(["Before"]);

        await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { FirstName = "After" }, null, default).OrThrowAsync();

        (await tenant.FindAsync("before")).ShouldBeEmpty();
        (await tenant.FindAsync("after")).ShouldBe(["After"]);
    }

    [Theory, OnEachEngine]
    public async Task Search_NeverFindsAnotherTenantsContacts(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        await theirs.CreateContactAsync("Secret", phone: "+919587422369");
        await theirs.Batch.CreateAsync([theirs.NewContact("Secretive")], new ContactBatchOptions(), default).OrThrowAsync();

        (await mine.FindAsync("secret")).ShouldBeEmpty();
        (await mine.FindAsync("se")).ShouldBeEmpty();
        (await mine.ListAsync(new ContactQuery { Search = "95874" })).Total.ShouldBe(0);
        (await theirs.FindAsync("secret")).ShouldBe(["Secret", "Secretive"]);
    }

    [Theory, OnEachEngine]
    public async Task Search_AskedAgain_AnswersTheSameUntilSomethingChanges(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var other = await tenant.CreateStatusAsync("Other");
        var rows = Enumerable.Range(0, 40).Select(n =>
            tenant.NewContact($"Marta {n:D2}") with { StatusId = n % 2 == 0 ? other : tenant.StatusId });
        await tenant.Batch.CreateAsync([.. rows], new ContactBatchOptions(), default).OrThrowAsync();

        foreach (var search in new[] { "mart", "mar", "ma" })
        {
            await ShouldFindTwentyAsync(search);
        }

        var changed = (await tenant.ListAsync(Of("marta 02", "id"))).Items.Single();
        await tenant.Contacts.UpdateAsync(changed.Id, new ContactPatch { FirstName = "Else" }, null, default).OrThrowAsync();
        var moved = (await tenant.ListAsync(Of("marta 04", "id"))).Items.Single();
        await tenant.Contacts.UpdateAsync(moved.Id, new ContactPatch { StatusId = tenant.StatusId }, null, default).OrThrowAsync();
        var deleted = (await tenant.ListAsync(Of("marta 06", "id"))).Items.Single();
        await tenant.Contacts.DeleteAsync(deleted.Id, null, default).OrThrowAsync();
        await tenant.CreateContactAsync(tenant.NewContact("Marta 41") with { StatusId = other });
        await tenant.CreateContactAsync(tenant.NewContact("Marta 42") with { StatusId = other });
        await tenant.CreateContactAsync(tenant.NewContact("Marta 43") with { StatusId = other });

        foreach (var search in new[] { "mart", "mar", "ma" })
        {
            await ShouldFindTwentyAsync(search);
        }

        async Task ShouldFindTwentyAsync(string search)
        {
            for (var time = 1; time <= 3; time++)
            {
                foreach (var sort in new[] { ContactSortFields.Id, ContactSortFields.FirstName })
                {
                    foreach (var descending in new[] { false, true })
                    {
                        var pages = new List<string>();
                        foreach (var number in new[] { 1, 2, 3 })
                        {
                            var page = await tenant.ListAsync(Of(search, sort, descending) with { Page = new PageRequest(number, 8) });
                            page.Total.ShouldBe(20, $"{search}, {sort}, {descending}");
                            pages.AddRange(page.Items.Select(contact => contact.FirstName));
                        }

                        pages.Count.ShouldBe(20);
                        pages.ShouldBe(descending ? pages.OrderDescending(StringComparer.Ordinal) : pages.Order(StringComparer.Ordinal));
                    }
                }
            }
        }

        ContactQuery Of(string search, string sort, bool descending = false) => new()
        {
            Search = search,
            Filters = [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, other)],
            Sort = [new(sort, descending)],
        };
    }

    [Theory, OnEachEngine]
    public async Task Search_OfLettersThatStandApart_DoesNotFindThem(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync("Abcx Bcdx");
        await tenant.CreateContactAsync("Abcd");

        (await tenant.FindAsync("abcd")).ShouldBe(["Abcd"]);
        (await tenant.FindAsync("bcd")).ShouldBe(["Abcd", "Abcx Bcdx"]);
    }
}
