using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Demo;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Demo;

public sealed class DemoSeedTests(DemoSeedTests.SeededWorlds seeded) : IClassFixture<DemoSeedTests.SeededWorlds>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task An_empty_database_is_filled_once(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, new ScriptedGraph());
        var seed = SeedOf(world);
        (await seed.IsPresentAsync(None)).ShouldBeFalse();
        (await seed.IsNeededAsync(None)).ShouldBeTrue();

        await seed.SeedAsync(None);
        var first = await CountAsync(world);
        (await seed.IsPresentAsync(None)).ShouldBeTrue();
        (await seed.IsNeededAsync(None)).ShouldBeFalse();

        await seed.SeedAsync(None);
        (await CountAsync(world)).ShouldBe(first);
        first.Contacts.ShouldBe(DemoTenant.All.Sum(demo => demo.Contacts));
    }

    [Theory, OnEachEngine]
    public async Task The_demo_token_is_one_row_with_a_new_secret_at_each_start(DatabaseProvider engine)
    {
        await using var empty = await TestWorld.CreateAsync(engine, new ScriptedGraph());
        (await RenewAsync(empty)).ShouldBeNull("there is no demo tenant yet");
        var world = await seeded.OnAsync(engine);

        var first = await RenewAsync(world);
        var second = await RenewAsync(world);

        (await OpensAsync(first!)).ShouldBeFalse();
        (await OpensAsync(second!)).ShouldBeTrue();
        await using var scope = world.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync(DemoTenant.First.Request.Subdomain, ChangeOrigin.System, None))
            .OrThrow();
        var token = await scope.ServiceProvider.GetRequiredService<AppDbContext>().ApiTokens.AsNoTracking()
            .SingleAsync(t => t.Name == "Demo");
        second!.ShouldStartWith(token.Prefix);
        token.Scopes.Split(' ').ShouldBe(Permissions.ApiScopes, ignoreOrder: true);

        static async Task<string?> RenewAsync(TestWorld started)
        {
            await using var start = started.Services.CreateAsyncScope();
            return await start.ServiceProvider.GetRequiredService<DemoToken>().RenewAsync(None);
        }

        async Task<bool> OpensAsync(string secret)
        {
            await using var request = world.Services.CreateAsyncScope();
            return await request.ServiceProvider.GetRequiredService<ApiTokenAuthenticator>().EnterAsync(secret, None) is not null;
        }
    }

    [Theory, OnEachEngine]
    public async Task Conversations_are_as_life_would_have_left_them(DatabaseProvider engine)
    {
        var world = await seeded.OnAsync(engine);
        await using var scope = world.Services.CreateAsyncScope();
        var tenant = await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync(DemoTenant.First.Request.Subdomain, ChangeOrigin.System, None);
        tenant.Succeeded.ShouldBeTrue();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        var conversations = await db.Conversations.AsNoTracking().ToListAsync();
        conversations.Count.ShouldBe(300);
        conversations.Count(conversation => conversation.UnreadCount > 0).ShouldBeInRange(20, 100);
        conversations.Count(conversation => conversation.WindowClosesAt(conversation.ContactPhoneKey!) > TimeProvider.System.GetUtcNow())
            .ShouldBeInRange(5, 40);
        var messages = await db.Messages.AsNoTracking().ToListAsync();
        messages.Select(message => message.Wamid).Distinct().Count().ShouldBe(messages.Count);
        messages.OrderBy(message => message.Id).Select(message => message.CreatedAt).ShouldBeInOrder();
        messages.ShouldAllBe(message => message.CreatedAt <= TimeProvider.System.GetUtcNow());
        foreach (var conversation in conversations)
        {
            var own = messages.Where(message => message.ConversationId == conversation.Id).OrderBy(message => message.Id).ToList();
            own[^1].Id.ShouldBe(conversation.LastMessageId!.Value);
            own.Count(message => message.Direction == MessageDirection.Inbound && message.Id > conversation.ReadUpToId)
                .ShouldBe(conversation.UnreadCount);

            // What is free text came within 24 hours of the customer's last message.
            DateTimeOffset? wrote = null;
            foreach (var message in own)
            {
                wrote = message.Direction == MessageDirection.Inbound ? message.CreatedAt : wrote;
                (message.Type == MessageType.Template || message.CreatedAt - wrote <= Conversation.ServiceWindow).ShouldBeTrue();
            }
        }

        var counters = await db.UsageCounters.Where(counter => counter.Metric == Metric.Conversations && counter.Period != "")
            .ToListAsync();
        counters.Sum(counter => counter.Value).ShouldBe(await db.UsageWindows.CountAsync());
        (await db.UsageWindows.SumAsync(window => window.Messages))
            .ShouldBe(messages.Count(message => message.UsageWindowOpenedAt is not null));
        (await db.MessageMedia.CountAsync()).ShouldBeGreaterThan(20);
        (await db.Comments.CountAsync()).ShouldBeGreaterThan(20);
        (await db.Templates.Select(template => template.Name).Distinct().ToListAsync()).ShouldBe(
            ["hello_world", "seasonal_offer", "appointment_reminder", "order_update", "pedido_enviado", "login_code"], ignoreOrder: true);

        var hidden = await db.Contacts.Where(contact => contact.Phone == "").OrderBy(contact => contact.Id).ToListAsync();
        hidden.ConvertAll(contact => PersonHandle.Of(contact.PhoneKey, contact.Username)).ShouldBe(["@rosa.mendes", "@kofi_builds"]);
        hidden.ShouldAllBe(contact => conversations.Exists(conversation =>
            conversation.ContactId == contact.Id && conversation.WaId == null && conversation.UserId != null));

        var remembered = await world.Services.GetRequiredService<OpenWindows>().ListAsync(None);
        remembered.Select(window => window.Username).OfType<string>().Distinct().ShouldBe(["rosa.mendes", "kofi_builds"], ignoreOrder: true);
        remembered.Count.ShouldBeGreaterThanOrEqualTo(
            conversations.Count(conversation => conversation.LastInboundAt > TimeProvider.System.GetUtcNow().AddHours(-23)));
    }

    [Theory, OnEachEngine]
    public async Task A_seeding_that_was_cut_short_is_completed(DatabaseProvider engine)
    {
        var whole = await seeded.OnAsync(engine);
        await using var world = await TestWorld.CreateAsync(engine, new ScriptedGraph());
        await using (var scope = world.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<TenantService>()
                .CreateAsync(DemoTenant.First.Request, ChangeOrigin.System, None)
                .OrThrowAsync();
            await scope.ServiceProvider.GetRequiredService<UserService>()
                .CreateAsync(new CreateUser(DemoTenant.First.EmailOf(Role.Viewer), "Farah Khan", Role.Viewer, DemoSeed.Password), None)
                    .OrThrowAsync();
        }

        var seed = SeedOf(world);
        (await seed.IsNeededAsync(None)).ShouldBeTrue();
        await seed.SeedAsync(None);

        (await CountAsync(world)).ShouldBe(await CountAsync(whole));
        (await seed.IsNeededAsync(None)).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task Beside_a_tenant_of_someones_own_there_is_no_demo(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, new ScriptedGraph());
        await using (var scope = world.Services.CreateAsyncScope())
        {
            // Their own, though it goes by the demo's subdomain.
            await scope.ServiceProvider.GetRequiredService<TenantService>()
                .CreateAsync(DemoTenant.First.Request with { Name = "Acme" }, ChangeOrigin.System, None).OrThrowAsync();
        }

        var seed = SeedOf(world);
        (await seed.IsNeededAsync(None)).ShouldBeFalse();
        (await seed.IsPresentAsync(None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Outside_Development_the_server_does_not_start_on_a_demo_database()
    {
        await using var folder = new TempFolder();
        var settings = new ProductSettings(DatabaseProvider.Sqlite, $"Data Source={folder.File("demo.db")}", "Development");
        await using (await ProductProcess.StartAsync(settings))
        {
        }

        var outcome = await ProductProcess.RunAsync(settings with { Environment = "Production" }, []);

        outcome.ExitCode.ShouldBe(1);
        (outcome.Output + outcome.Error).ShouldContain("whose passwords are known to everybody");
    }

    private static DemoSeed SeedOf(TestWorld world) => new(world.Services.GetRequiredService<IServiceScopeFactory>());

    private static async Task<(int Tenants, int Users, int Lookups, int Contacts)> CountAsync(TestWorld world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        return (
            await db.Tenants.CountAsync(),
            await db.Users.CountAsync(),
            await db.Statuses.IgnoreQueryFilters()
                .CountAsync() + await db.Sources.IgnoreQueryFilters()
                .CountAsync() + await db.Groups.IgnoreQueryFilters()
                .CountAsync(),
            await db.Contacts.IgnoreQueryFilters().CountAsync());
    }

    /// <summary>The demo on each engine, for tests that look at it.</summary>
    public sealed class SeededWorlds : IAsyncLifetime
    {
        private readonly Dictionary<DatabaseProvider, TestWorld> _worlds = [];

        public async Task<TestWorld> OnAsync(DatabaseProvider engine)
        {
            if (!_worlds.TryGetValue(engine, out var world))
            {
                world = await TestWorld.CreateAsync(engine, new ScriptedGraph());
                _worlds.Add(engine, world);
                await SeedOf(world).SeedAsync(None);
            }

            return world;
        }

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            foreach (var world in _worlds.Values)
            {
                await world.DisposeAsync();
            }
        }
    }
}
