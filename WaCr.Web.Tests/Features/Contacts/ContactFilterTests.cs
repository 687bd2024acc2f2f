using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactFilterTests
{
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
            var page = await tenant.ContactQueries.ListAsync(new ContactQuery { Filters = [filter], Search = search }, default)
                .OrThrowAsync();
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
}
