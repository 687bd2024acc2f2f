namespace WaCr.Web.Tests.Api;

/// <summary>Many clients that change the same contacts in the same moment: each is answered, and nothing is lost.</summary>
public sealed class ContactContentionTests(TestApps apps) : IClassFixture<TestApps>
{
    private const int Rounds = 3;

    [Theory, OnEachEngine]
    public async Task MembersOfAGroup_ChangedByThirtyTwoAtOnce(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var ids = await CreateAsync(client, tenant, 60);
        var group = await tenant.CreateGroupAsync("Wholesale");

        var replies = await AtOnceAsync(32, Rounds, n => n % 3 == 0
            ? client.DeleteAsync($"/groups/{group}/contacts", new { contact_ids = Some(ids, n, 30) })
            : client.PostAsync($"/groups/{group}/contacts", new { contact_ids = Some(ids, n, 30) }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        (await client.PostAsync($"/groups/{group}/contacts", new { contact_ids = ids })).ShouldBe(HttpStatusCode.OK);
        await using var db = tenant.OpenDatabase();
        (await db.GroupMembers.CountAsync(member => member.GroupId == group)).ShouldBe(ids.Length);
    }

    [Theory, OnEachEngine]
    public async Task OneContact_PatchedByThirtyTwoAtOnce(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var group = await tenant.CreateGroupAsync("Wholesale");
        var id = (await CreateAsync(client, tenant, 1))[0];

        var replies = await AtOnceAsync(32, Rounds, n => n % 4 == 0
            ? client.PatchAsync($"/contacts/{id}", new { groups = n % 8 == 0 ? new[] { group } : [] })
            : client.PatchAsync($"/contacts/{id}", new { city = $"City {n}" }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
    }

    [Theory, OnEachEngine]
    public async Task SameContacts_CreatedAndDeletedByTwentyFourAtOnce(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var phones = Enumerable.Range(0, 3).Select(_ => ApiBodies.NextPhone()).ToArray();

        var replies = await AtOnceAsync(24, Rounds, async n =>
        {
            var created = await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("phone", phones[n % 3])));
            return created.Status == HttpStatusCode.Created ? await client.DeleteAsync($"/contacts/{created.Id}") : created;
        });

        // Taken by another at that moment, or made and deleted.
        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK || reply.Status == HttpStatusCode.UnprocessableEntity);
        await CountsAreRightAsync(tenant, 0);
    }

    [Theory, OnEachEngine]
    public async Task OverlappingBatches_DeletedByTwentyFourAtOnce(DatabaseProvider engine)
    {
        var (tenant, client) = await (await apps.OnAsync(engine)).NewTenantAsync();
        var ids = await CreateAsync(client, tenant, 90);

        var replies = await AtOnceAsync(24, 1, n => n % 4 == 0
            ? client.PatchAsync($"/contacts/{ids[n]}", new { city = "Goa" })
            : client.DeleteAsync("/contacts/batch", new { ids = Some(ids, n, 40) }));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK || reply.Status == HttpStatusCode.NotFound);
        await CountsAreRightAsync(
            tenant,
            ids.Length - replies.Where(reply => reply.Data?["summary"] is not null).Sum(reply => (int)reply.Data!["summary"]!["deleted"]!));
    }

    private static async Task CountsAreRightAsync(TestTenant tenant, int expected)
    {
        await using var db = tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(expected);
        (await db.UsageCounters.SingleAsync(counter => counter.Metric == Metric.Contacts)).Value.ShouldBe(expected);
    }

    private static async Task<long[]> CreateAsync(ApiClient client, TestTenant tenant, int count) =>
        [.. (await client.PostAsync("/contacts/batch",
            new { contacts = Enumerable.Range(0, count).Select(_ => ApiBodies.Contact(tenant)) }))
            .ShouldBe(HttpStatusCode.OK).Data!["created"]!.AsArray().Select(contact => (long)contact!["id"]!)];

    // In an order of its own for each caller, and the same in each run.
    private static long[] Some(long[] ids, int seed, int count)
    {
        var shuffled = ids.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled[..count];
    }

    /// <summary>Each client makes its calls one after the other; each call has a number of its own.</summary>
    private static async Task<ApiReply[]> AtOnceAsync(int clients, int rounds, Func<int, Task<ApiReply>> call)
    {
        var replies = new ApiReply[clients * rounds];
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var n = client; n < replies.Length; n += clients)
            {
                replies[n] = await call(n);
            }
        })));
        return replies;
    }
}
