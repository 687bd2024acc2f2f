using Microsoft.Extensions.Logging.Abstractions;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Live;

namespace WaCr.Web.Tests.Data;

/// <summary>What was committed is told, however it was written, and nothing else is.</summary>
public sealed class ChangeFeedTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task AnOptOut_IsInTheListAndItsTotalAtOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        var optedOut = new ContactQuery { Filters = [FilterTerm.OfNumbers(ContactFilterFields.IsOptedOut, FilterOperator.Equal, 1)] };
        (await tenant.ListAsync(optedOut)).Total.ShouldBe(0);

        await WriteAsync(tenant, db => tenant.Get<OptOuts>().SetAsync(db, contact.Id, null, ConsentChange.StopsAll));

        var page = await tenant.ListAsync(optedOut);
        page.Total.ShouldBe(1);
        page.Items.ShouldHaveSingleItem().Id.ShouldBe(contact.Id);
    }

    [Theory, OnEachEngine]
    public async Task WhateverWayContactsAreWritten_WhatWasRememberedIsDropped(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        var totals = world.Services.GetRequiredService<ContactCountCache>();
        var ways = new Dictionary<string, Func<AppDbContext, Task>>(StringComparer.Ordinal)
        {
            ["tracker"] = async db =>
            {
                (await db.Contacts.SingleAsync()).City = "Kochi";
                await db.SaveChangesAsync();
            },
            ["update"] = db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.City, "Pune")),
            ["delete"] = db => db.Contacts.Where(c => c.Id == -1).ExecuteDeleteAsync(),
            ["members"] = db => db.GroupMembers.ExecuteDeleteAsync(),
            ["raw"] = db => db.Database.ExecuteSqlRawAsync("UPDATE \"Contacts\" SET \"City\" = 'Goa' WHERE \"Id\" = {0}", contact.Id),
            ["bulk"] = async db => await db.BulkUpdateAsync(
                await db.Contacts.AsNoTracking().ToListAsync(), new HashSet<string>(StringComparer.Ordinal) { nameof(Contact.City) }),
        };

        foreach (var (name, write) in ways)
        {
            var before = totals.GenerationOf(tenant.Id);
            await WriteAsync(tenant, write);
            totals.GenerationOf(tenant.Id).ShouldBeGreaterThan(before, name);
        }
    }

    [Theory, OnEachEngine]
    public async Task WhatIsUndone_OrOfNoInterest_IsNotTold(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();
        var told = new List<Change>();
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            world.Services.GetRequiredService<ChangeFeed>().Subscribe(kind, told.Add);
        }

        (await tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.City, "Pune"));
                return new NotFoundError("no", "no");
            },
            None)).Succeeded.ShouldBeFalse();
        await WriteAsync(tenant, db => db.Channels.ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, DateTimeOffset.UnixEpoch)));
        await WriteAsync(tenant, db => db.Plans.ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, p => p.Name)));

        told.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task AListenerThatThrows_HarmsNobody(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var feed = world.Services.GetRequiredService<ChangeFeed>();
        var told = new List<Change>();
        using var bad = feed.Subscribe(ChangeKind.Contacts, _ => throw new InvalidOperationException("bug"));
        using var good = feed.Subscribe(ChangeKind.Contacts, told.Add);

        await tenant.CreateContactAsync();

        told.ShouldContain(change => change.Kind == ChangeKind.Contacts && change.TenantId == tenant.Id && change.Id > 0);
    }

    [Theory, OnPostgres]
    public async Task AWriteOfOneReplica_DropsWhatAnotherRemembers(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();
        var (here, there) = (world.Services.GetRequiredService<ChangeFeed>(), new ChangeFeed(NullLogger<ChangeFeed>.Instance));
        using var totals = new ContactCountCache(there);
        var counts = 0;
        Task<long> TotalAsync() => totals.GetAsync(tenant.Id, "all", mayChangeElsewhere: false, () => Task.FromResult<long>(++counts));
        (await TotalAsync()).ShouldBe(1);
        (await TotalAsync()).ShouldBe(1);

        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var link = world.Services.GetRequiredService<IBackplane>();
        var hears = new ReplicaBackplane(link, there, new ConversationPresence(TimeProvider.System), TimeProvider.System)
            .ReceiveAsync(stop.Token);
        var tells = new ReplicaBackplane(link, here, new ConversationPresence(TimeProvider.System), TimeProvider.System)
            .PublishAsync(stop.Token);

        // A replica that begins to listen a moment later hears of the next write.
        await Eventually.HoldsAsync(
            async () =>
            {
                await WriteAsync(tenant, db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.City, "Pune")));
                return await TotalAsync() > 1;
            },
            TimeSpan.FromMinutes(1),
            TimeSpan.FromMilliseconds(100));

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(hears, tells));
    }

    [Theory, OnEachEngine]
    public async Task WorkThatIsWritten_WakesItsLoop_AndNoOtherReplica(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var feed = world.Services.GetRequiredService<ChangeFeed>();
        var woken = new HashSet<ChangeKind>();
        using var all = new CompositeSubscription(
            Enum.GetValues<ChangeKind>().Select(kind => feed.Subscribe(kind, change => woken.Add(change.Kind))));

        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.1", "447700900123", """{"type":"image","image":{"id":"42","mime_type":"image/png","sha256":"x"}}""", world.Now));

        new[] { ChangeKind.WebhookEvents, ChangeKind.Media, ChangeKind.Conversation }.ShouldBeSubsetOf(woken);
        var told = new List<ChangeKind>();
        while (feed.Pending.TryRead(out var change))
        {
            told.Add(change.Kind);
        }

        told.ShouldContain(ChangeKind.Conversation);
        told.ShouldNotContain(ChangeKind.WebhookEvents);
        told.ShouldNotContain(ChangeKind.Media);
    }

    [Theory]
    [InlineData("UPDATE \"Contacts\" AS \"c\"\nSET \"City\" = @p", ChangeKind.Contacts)]
    [InlineData("-- rows: skip locked\n\nDELETE FROM \"GroupMembers\" AS \"g\"\nWHERE 1", ChangeKind.Contacts)]
    [InlineData("UPDATE \"Channels\" AS \"c\"\nSET \"CredentialRefusedAt\" = @now,\n    \"CredentialError\" = @text", ChangeKind.Channels)]
    [InlineData("UPDATE \"Channels\" AS \"c\"\nSET \"PacedUntil\" = @p\nWHERE \"c\".\"CredentialRefusedAt\" IS NULL", null)]
    [InlineData("UPDATE \"BulkJobs\" AS \"b\"\nSET \"ChunksDone\" = @p", ChangeKind.BulkJobs)]
    [InlineData("UPDATE \"BulkJobs\" AS \"b\"\nSET \"DueAt\" = @p,\n    \"LeaseOwner\" = @q\nWHERE \"b\".\"Id\" = @r", null)]
    [InlineData("SELECT 1 FROM \"Contacts\" WHERE \"Id\" = 1 FOR UPDATE", null)]
    [InlineData("UPDATE \"Messages\" AS m SET \"State\" = 1", null)]
    public void AStatement_SaysWhatItChanges(string sql, ChangeKind? kind) => ChangedTables.KindOf(sql).ShouldBe(kind);

    private static async Task WriteAsync(TestTenant tenant, Func<AppDbContext, Task> work) =>
        await tenant.GetFresh<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                await work(db);
                return default(Done);
            },
            None).OrThrowAsync();

    private sealed class CompositeSubscription(IEnumerable<IDisposable> subscriptions) : IDisposable
    {
        private readonly List<IDisposable> _subscriptions = [.. subscriptions];

        public void Dispose() => _subscriptions.ForEach(one => one.Dispose());
    }
}
