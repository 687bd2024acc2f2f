using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactListTests
{
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
            await tenant.Batch.CreateAsync([.. rows], new ContactBatchOptions(), default).OrThrowAsync();
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

    private static async Task<string[]> NamesAsync(TestTenant tenant, params SortTerm[] sort) =>
        [.. (await tenant.ListAsync(new ContactQuery { Sort = sort })).Items.Select(contact => contact.FirstName)];
}
