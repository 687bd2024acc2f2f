using WaCr.Web.Features.Messaging;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class MessageSearchTests
{
    [Theory, OnEachEngine]
    public async Task APartOfTheText_IsFoundAnywhere_AndOfOneOrTwoLettersAtItsBeginning(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await WriteAsync(
            world, "acme", "Where is my order?", "ORDER 100% done", "مرحبا بك", "Olá, promoção", "🙂 thanks_a lot", "");
        await WriteAsync(world, "other", "Where is my order, too?");

        (await FindAsync(tenant, "order")).ShouldBe(["ORDER 100% done", "Where is my order?"]);
        (await FindAsync(tenant, "is my OR")).ShouldBe(["Where is my order?"]);
        (await FindAsync(tenant, "o")).ShouldBe(["Olá, promoção", "ORDER 100% done"]);
        (await FindAsync(tenant, "wh")).ShouldBe(["Where is my order?"]);
        (await FindAsync(tenant, "بك")).ShouldBeEmpty();
        (await FindAsync(tenant, "حبا ب")).ShouldBe(["مرحبا بك"]);
        (await FindAsync(tenant, "moção")).ShouldBe(["Olá, promoção"]);
        (await FindAsync(tenant, "🙂")).ShouldBe(["🙂 thanks_a lot"]);
        (await FindAsync(tenant, "100%")).ShouldBe(["ORDER 100% done"]);
        (await FindAsync(tenant, "100_")).ShouldBeEmpty();
        (await FindAsync(tenant, "thanks\"")).ShouldBeEmpty();
        (await FindAsync(tenant, "order OR where")).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Case_DoesNotCount_InAnyScript(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await WriteAsync(world, "acme", "NÃO QUERO", "ПРИВЕТ ВСЕМ", "ΚΑΛΗΜΕΡΑ");

        (await FindAsync(tenant, "não")).ShouldBe(["NÃO QUERO"]);
        (await FindAsync(tenant, "nã")).ShouldBe(["NÃO QUERO"]);
        (await FindAsync(tenant, "привет")).ShouldBe(["ПРИВЕТ ВСЕМ"]);
        (await FindAsync(tenant, "Καλημερα")).ShouldBe(["ΚΑΛΗΜΕΡΑ"]);
    }

    [Fact]
    public async Task AccentsAndBlanks_DoNotCount_OnSqlite()
    {
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await WriteAsync(world, "acme", "Olá,  promoção\nhoje", "ＡＢＣ wide");

        (await FindAsync(tenant, "PROMOCAO HOJE")).ShouldBe(["Olá,  promoção\nhoje"]);
        (await FindAsync(tenant, "abc")).ShouldBe(["ＡＢＣ wide"]);
        (await FindAsync(tenant, "\u0301")).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task WhatIsFound_ComesSortedFilteredAndInPages(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await WriteAsync(world, "acme", [.. Enumerable.Range(0, 30).Select(n => $"Order {n:D2}")]);

        var page = await tenant.Get<MessageQueries>().ListAsync(
            new MessageQuery
            {
                Search = "order",
                Filters = [FilterTerm.OfNumbers(MessageFilterFields.Direction, FilterOperator.Equal, (long)MessageDirection.Inbound)],
                Sort = [new SortTerm(MessageSortFields.CreatedAt, Descending: false)],
                Page = new PageRequest(2, 10),
            },
            default).OrThrowAsync();

        page.Total.ShouldBe(15);
        page.Items.Select(message => message.Text).ShouldBe(["Order 21", "Order 23", "Order 25", "Order 27", "Order 29"]);
    }

    [Theory, OnEachEngine]
    public async Task WhatWasChangedOrIsGone_IsFoundAsItIs(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await WriteAsync(world, "acme", "An apple", "A pear", "A plum");

        await tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                await db.Messages.Where(m => m.Text == "A pear").ExecuteUpdateAsync(set => set.SetProperty(m => m.Text, "A quince"));
                return await db.Messages.Where(m => m.Text == "A plum").ExecuteDeleteAsync();
            },
            default).OrThrowAsync();

        (await FindAsync(tenant, "pear")).ShouldBeEmpty();
        (await FindAsync(tenant, "plum")).ShouldBeEmpty();
        (await FindAsync(tenant, "quince")).ShouldBe(["A quince"]);
        (await FindAsync(tenant, "a")).ShouldBe(["A quince", "An apple"]);
    }

    private static async Task<List<string>> FindAsync(TestTenant tenant, string search)
    {
        var page = await tenant.Get<MessageQueries>().ListAsync(new MessageQuery { Search = search }, default).OrThrowAsync();
        page.Total.ShouldBe(page.Items.Count);
        return [.. page.Items.Select(message => message.Text)];
    }

    // Each a minute after the one before; every second one is the customer's.
    private static async Task<TestTenant> WriteAsync(TestWorld world, string subdomain, params string[] texts)
    {
        var tenant = await world.CreateTenantAsync(subdomain);
        await tenant.ConnectWhatsAppAsync();
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var conversation = await tenant.HearFromAsync((await tenant.CreateContactAsync()).Id, start);
        await tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                db.Messages.AddRange(texts.Select((text, i) => new Message
                {
                    ConversationId = conversation.Id,
                    ContactId = conversation.ContactId,
                    ChannelId = conversation.ChannelId,
                    Direction = i % 2 == 0 ? MessageDirection.Outbound : MessageDirection.Inbound,
                    Text = text,
                    CreatedAt = start.AddMinutes(i),
                    UpdatedAt = start.AddMinutes(i),
                }));
                return await db.SaveChangesAsync();
            },
            default).OrThrowAsync();
        return tenant;
    }
}
