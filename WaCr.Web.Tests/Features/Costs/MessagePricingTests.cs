using WaCr.Web.Features.Costs;

namespace WaCr.Web.Tests.Features.Costs;

public sealed class MessagePricingTests
{
    private static readonly string[] Ladder = ["sent", "delivered", "read", "played"];

    [Theory, OnEachEngine]
    public async Task Statuses_TenTimesEachAndShuffled_CountAMessageOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var wamids = new[] { await SendAsync(world), await SendAsync(world) };
        var webhooks = wamids
            .SelectMany(wamid => Enumerable.Repeat(Ladder, 10).SelectMany(all => all)
                .Select(status => MetaWebhook.Priced(MetaWebhook.Status(wamid, status, world.Now), "utility")))
            .ToArray();
        new Random(7).Shuffle(webhooks);

        foreach (var some in webhooks.Chunk(9))
        {
            await world.TakeInAsync(some);
        }

        (await CountedAsync(world)).ShouldBe([(TestClock.Start.Day, "utility", "GB", true, 2)]);
    }

    [Theory, OnEachEngine]
    public async Task AMessage_CountsOnceItIsDelivered_AndNotIfItFails(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var (sent, failed) = (await SendAsync(world), await SendAsync(world));

        await world.TakeInAsync(
            MetaWebhook.Priced(MetaWebhook.Status(sent, "sent", world.Now), "service", billable: false),
            MetaWebhook.Priced(MetaWebhook.Status(failed, "sent", world.Now), "service"),
            MetaWebhook.Status(failed, "failed", world.Now, error: 131026));
        (await CountedAsync(world)).ShouldBeEmpty();

        await world.TakeInAsync(MetaWebhook.Priced(MetaWebhook.Status(sent, "delivered", world.Now), "service", billable: false));
        (await CountedAsync(world)).ShouldBe([(TestClock.Start.Day, "service", "GB", false, 1)]);
    }

    [Theory, OnEachEngine]
    public async Task APrice_ThatComesAfterTheLastStatus_IsCounted(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var wamid = await SendAsync(world);

        await world.TakeInAsync(MetaWebhook.Status(wamid, "read", world.Now));
        await world.TakeInAsync(MetaWebhook.Priced(MetaWebhook.Status(wamid, "sent", world.Now), "marketing"));

        (await CountedAsync(world)).ShouldBe([(TestClock.Start.Day, "marketing", "GB", true, 1)]);
    }

    [Theory, OnEachEngine]
    public async Task ADelivery_ThatIsToldAfterTheReading_CountsOnItsOwnDay(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var wamid = await SendAsync(world);
        world.Time.Advance(TimeSpan.FromDays(1));

        await world.TakeInAsync(MetaWebhook.Priced(MetaWebhook.Status(wamid, "read", world.Now), "utility"));
        (await CountedAsync(world)).ShouldBe([(TestClock.Start.Day + 1, "utility", "GB", true, 1)]);
        await world.TakeInAsync(MetaWebhook.Priced(MetaWebhook.Status(wamid, "delivered", TestClock.Start), "utility"));

        (await CountedAsync(world)).ShouldBe([(TestClock.Start.Day, "utility", "GB", true, 1)]);
        (await world.MessageAsync(wamid)).DeliveredAt.ShouldBe(TestClock.Start);
    }

    [Theory, OnEachEngine]
    public async Task SomebodyWhoHidesTheNumber_CountsInTheCountryOfTheirId(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var wamid = await SendAsync(world);

        await world.TakeInAsync(MetaWebhook.Priced(MetaWebhook.Status(wamid, "delivered", world.Now), "utility", recipientUserId: "BR.1234"));

        (await CountedAsync(world)).ShouldBe([(TestClock.Start.Day, "utility", "BR", true, 1)]);
    }

    [Theory, OnEachEngine]
    public async Task Costs_AreSummedByNumberCategoryAndDay_ForTheWorkspaceAlone(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var prices = PriceFile.Read(
            "F", "source,A card\ndate,2026-01-01\ncurrency,USD\ncountries,category,from,price\nGB,utility,2026-01-01,0.0182\n*,marketing,2026-01-01,0.05\n");
        foreach (var (category, billable) in new[] { ("utility", true), ("utility", true), ("utility", false), ("marketing", true), ("service", true) })
        {
            var wamid = await SendAsync(world);
            await world.TakeInAsync(MetaWebhook.Priced(MetaWebhook.Status(wamid, "delivered", world.Now), category, billable));
        }

        var report = await Queries(world.Tenant, world, prices).GetAsync(null, default).OrThrowAsync();

        report.Total.ShouldBe(new CostSum(new Money(0.0864m, "USD"), 5, 1, 1));
        report.Numbers.ShouldHaveSingleItem().ShouldBe(new NumberCost(world.ChannelId, "Sales", report.Total));
        report.Categories.Select(category => (category.Category, category.Sum.Total.Amount, category.Sum.Messages))
            .ShouldBe([("marketing", 0.05m, 1), ("utility", 0.0364m, 3), ("service", 0m, 1)]);
        report.Days.ShouldHaveSingleItem().Day.ShouldBe(DateOnly.FromDateTime(TestClock.Start.Date));
        (await Queries(world.Tenant, world, prices).GetAsync(new DateOnly(2026, 2, 28), default).OrThrowAsync()).Total.Messages.ShouldBe(0);
        var other = await world.CreateTenantAsync("other");
        (await Queries(other, world, prices).GetAsync(null, default).OrThrowAsync()).Total.Messages.ShouldBe(0);
    }

    private static CostQueries Queries(TestTenant tenant, MessagingWorld world, PriceList prices)
    {
        var scope = tenant.Get<WaCr.Web.Tenancy.TenantContext>();
        return new(tenant.Get<IDbContextFactory<AppDbContext>>(), scope, new MessageCosts(prices, scope, world.Time), world.Time);
    }

    private static async Task<string> SendAsync(MessagingWorld world)
    {
        world.WhatsApp.AcceptAll();
        await using var db = world.Tenant.OpenDatabase();
        var open = await db.Conversations.Select(c => (long?)c.Id).FirstOrDefaultAsync();
        var id = await world.EnqueueAsync(open ?? await world.OpenConversationAsync());
        await world.DispatchAsync();
        return (await world.MessageAsync(id)).Wamid!;
    }

    private static async Task<List<(int Day, string Category, string Country, bool IsBillable, int Count)>> CountedAsync(
        MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        var rows = await db.PricedMessages.AsNoTracking().ToListAsync();
        return rows.GroupBy(row => (row.Day.Day, row.Category, row.Country, row.IsBillable))
            .Select(some => (some.Key.Day, some.Key.Category, some.Key.Country, some.Key.IsBillable, some.Sum(row => row.Count)))
            .Where(some => some.Item5 != 0)
            .ToList();
    }
}
