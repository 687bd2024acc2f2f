using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactListTests
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
    public async Task FiltersByMessages_FollowThem_ThoughNoContactChanges(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var now = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
        var (old, fresh) = (await tenant.CreateContactAsync("Old"), await tenant.CreateContactAsync("Fresh"));
        var broadcasts = await tenant.CreateContactAsync("Broadcasts");
        await tenant.CreateContactAsync("Never");
        await tenant.AddConversationAsync(old.Id, now.AddDays(-20));
        await tenant.AddConversationAsync(broadcasts.Id, Conversation.BroadcastsOnly);
        var since = FilterTerm.OfNumbers(ContactFilterFields.LastMessageAt, FilterOperator.GreaterOrEqual, now.AddDays(-7).UtcTicks);
        var until = FilterTerm.OfNumbers(ContactFilterFields.LastMessageAt, FilterOperator.LessThan, now.UtcTicks);
        var unread = FilterTerm.OfNumbers(ContactFilterFields.Unread, FilterOperator.Equal, 1);
        (await FindAsync(since)).ShouldBeEmpty();
        (await FindAsync(unread)).ShouldBeEmpty();

        await tenant.AddConversationAsync(fresh.Id, now.AddDays(-1), unread: 2);

        (await FindAsync(since)).ShouldBe(["Fresh"]);
        (await FindAsync(until)).ShouldBe(["Fresh", "Old"]);
        (await FindAsync(unread)).ShouldBe(["Fresh"]);
        (await FindAsync(unread, search: "fresh")).ShouldBe(["Fresh"]);
        (await FindAsync(FilterTerm.OfNumbers(ContactFilterFields.Unread, FilterOperator.Equal, 0))).ShouldBe(["Never", "Broadcasts", "Old"]);

        async Task<List<string>> FindAsync(FilterTerm filter, string? search = null)
        {
            var page = await tenant.ContactQueries.ListAsync(new ContactQuery { Filters = [filter], Search = search }, default).OrThrowAsync();
            page.Total.ShouldBe(page.Items.Count);
            return [.. page.Items.Select(contact => contact.FirstName)];
        }
    }

    [Theory, OnEachEngine]
    public async Task FilterByLastMessage_GoesByTheNewestOverAllNumbers(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var now = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
        var (both, old) = (await tenant.CreateContactAsync("Both"), await tenant.CreateContactAsync("Old"));
        await tenant.AddConversationAsync(both.Id, now.AddDays(-20));
        await tenant.AddConversationAsync(both.Id, now.AddDays(-1), channel: "Service");
        await tenant.AddConversationAsync(old.Id, now.AddDays(-21));
        await tenant.AddConversationAsync(old.Id, now.AddDays(-20), channel: "Service");
        long Ticks(int days) => now.AddDays(days).UtcTicks;

        (await FindAsync(FilterOperator.LessThan, Ticks(-7))).ShouldBe(["Old"]);
        (await FindAsync(FilterOperator.LessOrEqual, Ticks(-20))).ShouldBe(["Old"]);
        (await FindAsync(FilterOperator.Between, Ticks(-30), Ticks(-7))).ShouldBe(["Old"]);
        (await FindAsync(FilterOperator.Between, Ticks(-30), Ticks(0))).ShouldBe(["Old", "Both"]);
        (await FindAsync(FilterOperator.GreaterOrEqual, Ticks(-7))).ShouldBe(["Both"]);

        async Task<List<string>> FindAsync(FilterOperator op, params long[] ticks)
        {
            var term = FilterTerm.OfNumbers(ContactFilterFields.LastMessageAt, op, ticks);
            var found = await tenant.ListAsync(new ContactQuery { Filters = [term] });
            var searched = await tenant.ListAsync(new ContactQuery { Filters = [term], Search = "patel" });
            searched.Items.Select(contact => contact.Id).ShouldBe(found.Items.Select(contact => contact.Id));
            return [.. found.Items.Select(contact => contact.FirstName)];
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
        await theirs.Batch.CreateAsync([theirs.NewContact("Secretive")], new BatchOptions(), default).OrThrowAsync();

        (await mine.FindAsync("secret")).ShouldBeEmpty();
        (await mine.FindAsync("se")).ShouldBeEmpty();
        (await mine.ListAsync(new ContactQuery { Search = "95874" })).Total.ShouldBe(0);
        (await theirs.FindAsync("secret")).ShouldBe(["Secret", "Secretive"]);
    }

    [Theory, OnEachEngine]
    public async Task Sort_IgnoresCaseAndAccentsAndBreaksTiesById(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        foreach (var name in new[] { "bob", "Álvaro", "Zed", "alan", "Bob", "Émile", "Ωmega", "𐐷eseret", "ｆull" })
        {
            await tenant.CreateContactAsync(name);
        }

        (await NamesAsync(tenant, new SortTerm("firstname", false)))
            .ShouldBe(["alan", "Álvaro", "bob", "Bob", "Émile", "ｆull", "Zed", "Ωmega", "𐐷eseret"]);
        (await NamesAsync(tenant, new SortTerm("firstname", true)))
            .ShouldBe(["𐐷eseret", "Ωmega", "Zed", "ｆull", "Émile", "Bob", "bob", "Álvaro", "alan"]);
        (await NamesAsync(tenant))[0].ShouldBe("ｆull", "newest first without a sort");
    }

    [Theory, OnEachEngine]
    public async Task Sort_ByTwoFields_OrdersWithinEquals(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync("Ana", "B");
        await tenant.CreateContactAsync("Bea", "A");
        await tenant.CreateContactAsync("Ana", "C");

        var page = await tenant.ListAsync(new ContactQuery { Sort = [new("firstname", false), new("lastname", true)] });

        page.Items.Select(contact => contact.FirstName + contact.LastName).ShouldBe(["AnaC", "AnaB", "BeaA"]);
    }

    [Theory, OnEachEngine]
    public async Task Filters_WithEveryOperator_NarrowAsTheySay(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var other = await tenant.CreateStatusAsync("Other");
        var (vip, vapor) = (await tenant.CreateGroupAsync("VIP"), await tenant.CreateGroupAsync("Vapor"));
        await tenant.CreateContactAsync(tenant.NewContact("A") with { Groups = new[] { vip } });
        await tenant.CreateContactAsync(tenant.NewContact("B") with { StatusId = other, Type = "customer", Groups = new[] { vip, vapor } });
        await tenant.CreateContactAsync(
            tenant.NewContact("C", email: "c@example.com") with { StatusId = other, Type = "guest", CountryId = 356 });
        await using (var db = tenant.OpenDatabase())
        {
            await db.Contacts.Where(contact => contact.FirstName == "B")
                .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.IsOptedOut, true));
        }

        await ShouldFind("C", "country_id", FilterOperator.In, 356, 76);
        await ShouldFind("B", "is_opted_out", FilterOperator.Equal, 1);
        await ShouldFind("AC", "is_opted_out", FilterOperator.Equal, 0);
        await ShouldFind("AB", "email", FilterOperator.Null, 1);
        await ShouldFind("C", "email", FilterOperator.Null, 0);
        await ShouldFind("BC", "status_id", FilterOperator.Equal, other);
        await ShouldFind("A", "status_id", FilterOperator.NotEqual, other);
        await ShouldFind("ABC", "status_id", FilterOperator.In, other, tenant.StatusId);
        await ShouldFind("A", "status_id", FilterOperator.NotIn, other);
        await ShouldFind("BC", "status_id", FilterOperator.GreaterThan, tenant.StatusId);
        await ShouldFind("ABC", "status_id", FilterOperator.GreaterOrEqual, tenant.StatusId);
        await ShouldFind("A", "status_id", FilterOperator.LessThan, other);
        await ShouldFind("A", "status_id", FilterOperator.LessOrEqual, tenant.StatusId);
        await ShouldFind("ABC", "status_id", FilterOperator.Between, tenant.StatusId, other);
        await ShouldFind("", "status_id", FilterOperator.Null, 1);
        await ShouldFind("ABC", "status_id", FilterOperator.Null, 0);
        await ShouldFind("B", "type", FilterOperator.Equal, 1);
        await ShouldFind("AC", "type", FilterOperator.NotIn, 1);
        await ShouldFind("ABC", "assigned_id", FilterOperator.Null, 1);
        await ShouldFind("ABC", "assigned_id", FilterOperator.NotEqual, 5);
        await ShouldFind("ABC", "assigned_id", FilterOperator.NotIn, 5, 6);
        await ShouldFind("", "assigned_id", FilterOperator.Equal, 5);
        await ShouldFind("AB", "group_id", FilterOperator.Equal, vip);
        await ShouldFind("AC", "group_id", FilterOperator.NotEqual, vapor);
        await ShouldFind("C", "group_id", FilterOperator.NotIn, vip, vapor);
        await ShouldFind("AB", "group_id", FilterOperator.In, vip, vapor);
        await ShouldFind("C", "group_id", FilterOperator.Null, 1);
        await ShouldFind("AB", "group_id", FilterOperator.Null, 0);
        await ShouldFind("B", "group_id", FilterOperator.GreaterThan, vip);
        await ShouldFind("ABC", "created_at", FilterOperator.GreaterThan, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks);
        await ShouldFind("", "created_at", FilterOperator.LessThan, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks);

        var both = await tenant.ListAsync(new ContactQuery
        {
            Search = "b",
            Filters =
            [
                FilterTerm.OfNumbers("status_id", FilterOperator.Equal, other),
                FilterTerm.OfNumbers("group_id", FilterOperator.Equal, vip)
            ],
        });
        both.Items.Single().FirstName.ShouldBe("B");

        async Task ShouldFind(string names, string field, FilterOperator op, params long[] values)
        {
            foreach (var sort in new[] { ContactSortFields.Id, ContactSortFields.FirstName, ContactSortFields.CreatedAt })
            {
                var page = await tenant.ListAsync(
                    new ContactQuery { Filters = [FilterTerm.OfNumbers(field, op, values)], Sort = [new(sort, false)] });
                string.Concat(page.Items.Select(contact => contact.FirstName))
                    .ShouldBe(names, $"{field} {op} {string.Join(',', values)} sorted by {sort}");
                page.Total.ShouldBe(names.Length);
            }
        }
    }

    [Theory, OnEachEngine]
    public async Task LargeResults_ComeOutAsSmallOnesDo(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var other = await tenant.CreateStatusAsync("Other");
        var group = await tenant.CreateGroupAsync("Crowd");
        for (var batch = 0; batch < 25; batch++)
        {
            var rows = Enumerable.Range(batch * 100, 100).Select(n => tenant.NewContact($"Name {n * 7919 % 2500:D4}", $"Last {n % 10}") with
            {
                StatusId = n < 2400 ? other : tenant.StatusId,
                Groups = n < 2300 ? new[] { group } : [],
            });
            await tenant.Batch.CreateAsync([.. rows], new BatchOptions(), default).OrThrowAsync();
        }

        // 2,400 and 2,300 rows: beyond what is sorted by hand.
        var byStatus = new[] { FilterTerm.OfNumbers("status_id", FilterOperator.Equal, other) };
        var byGroup = new[] { FilterTerm.OfNumbers("group_id", FilterOperator.In, group) };
        foreach (var (filters, search, expected) in new[] { (byStatus, (string?)null, 2400L), (byGroup, null, 2300),
            (byStatus, "name", 2400), ([], "nam", 2500), ([], "na", 2500) })
        {
            var seen = new List<string>();
            for (var page = 1; page <= 25; page++)
            {
                var found = await tenant.ListAsync(new ContactQuery
                {
                    Filters = filters,
                    Search = search,
                    Sort = [new("firstname", false)],
                    Page = new PageRequest(page, 100),
                });
                found.Total.ShouldBe(expected);
                seen.AddRange(found.Items.Select(contact => contact.FirstName));
            }

            seen.Count.ShouldBe((int)expected);
            seen.ShouldBe(seen.Order(StringComparer.Ordinal));
            seen.Distinct().Count().ShouldBe((int)expected);
        }
    }

    [Theory, OnEachEngine]
    public async Task Total_FollowsWritesAtOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var query = new ContactQuery { Filters = [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, tenant.StatusId)] };
        (await tenant.ListAsync(query)).Total.ShouldBe(0);

        var contact = await tenant.CreateContactAsync();
        (await tenant.ListAsync(query)).Total.ShouldBe(1);

        await tenant.Contacts.DeleteAsync(contact.Id, null, default).OrThrowAsync();
        (await tenant.ListAsync(query)).Total.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task Search_AskedAgain_AnswersTheSameUntilSomethingChanges(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var other = await tenant.CreateStatusAsync("Other");
        var rows = Enumerable.Range(0, 40).Select(n =>
            tenant.NewContact($"Marta {n:D2}") with { StatusId = n % 2 == 0 ? other : tenant.StatusId });
        await tenant.Batch.CreateAsync([.. rows], new BatchOptions(), default).OrThrowAsync();

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

    private static async Task<string[]> NamesAsync(TestTenant tenant, params SortTerm[] sort) =>
        [.. (await tenant.ListAsync(new ContactQuery { Sort = sort })).Items.Select(contact => contact.FirstName)];
}
