using Microsoft.Extensions.Diagnostics.HealthChecks;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.Data;

/// <summary>Whatever ends a write, the next one has its turn.</summary>
public sealed class WriteTurnTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory, OnEachEngine]
    public async Task OneAccountSavedFromTwoContexts_LeavesWritingFree(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Agent);
        await using var first = tenant.OpenDatabase();
        await using var second = tenant.OpenDatabase();
        foreach (var db in new[] { first, second })
        {
            var account = await db.Users.SingleAsync();
            account.AccessFailedCount++;
            account.ConcurrencyStamp = Guid.NewGuid().ToString();
        }

        // The stamp that was read is compared as Identity's store compares it.
        second.ChangeTracker.Entries<AppUser>().Single().Property(user => user.ConcurrencyStamp).Metadata.IsConcurrencyToken.ShouldBeTrue();
        await first.SaveChangesAsync();
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        await AddGroupAsync(tenant, "After").WaitAsync(Patience);
    }

    [Theory, OnEachEngine]
    public async Task HoweverASaveFails_TheNextWriteHasItsTurn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        using var gaveUp = new CancellationTokenSource();
        await gaveUp.CancelAsync();
        var saves = new Func<AppDbContext, Task>[]
        {
            db => db.SaveChangesAsync(),
            db => Task.Run(db.SaveChanges),
            db => db.SaveChangesAsync(gaveUp.Token),
        };

        foreach (var save in saves)
        {
            await using var db = tenant.OpenDatabase();
            db.GroupMembers.Add(new GroupMember { GroupId = 99_999, ContactId = 99_999 });
            await Should.ThrowAsync<Exception>(() => save(db));
            await AddGroupAsync(tenant, Guid.NewGuid().ToString("N")).WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task ATurnThatIsNotGivenBack_IsAnErrorInTime_AndSeenByTheHealthCheck()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var limits = world.Services.GetRequiredService<SqliteWriteLimits>();
        var usual = limits.Turn;
        limits.Turn = TimeSpan.FromMilliseconds(50);
        var turn = await world.Services.GetRequiredService<SqliteWriteGate>().TakeAsync(None);

        await Should.ThrowAsync<StorageUnavailableException>(() => AddGroupAsync(tenant, "Stuck").WaitAsync(Patience));
        await using (var db = tenant.OpenDatabase())
        {
            db.DataProtectionKeys.Add(new() { Xml = "<key/>" });
            await Should.ThrowAsync<StorageUnavailableException>(() => db.SaveChangesAsync().WaitAsync(Patience));
        }

        (await HealthAsync(world)).ShouldBe(HealthStatus.Unhealthy);
        turn.Dispose();
        limits.Turn = usual;
        await AddGroupAsync(tenant, "Free").WaitAsync(Patience);
        (await HealthAsync(world)).ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task WhoGivesUpInTheQueue_IsAnsweredAtOnce_AndNothingIsWritten()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        using var gaveUp = new CancellationTokenSource();
        using (await world.Services.GetRequiredService<SqliteWriteGate>().TakeAsync(None))
        {
            var write = AddGroupAsync(tenant, "Late", gaveUp.Token);
            await gaveUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => write.WaitAsync(Patience));
        }

        await AddGroupAsync(tenant, "After").WaitAsync(Patience);
        await using var db = tenant.OpenDatabase();
        (await db.Groups.Select(group => group.Name).ToListAsync()).ShouldBe(["After"]);
    }

    [Fact]
    public async Task AStuckWrite_DoesNotKeepTheProcessFromStopping()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        world.Services.GetRequiredService<SqliteWriteLimits>().Stop = TimeSpan.FromMilliseconds(50);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var stuck = tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async _ =>
            {
                begun.SetResult();
                await end.Task;
                return 1;
            },
            None);
        await begun.Task;
        (await HealthAsync(world, TimeSpan.FromMilliseconds(50))).ShouldBe(HealthStatus.Unhealthy);

        await ((IAsyncDisposable)world.Services).DisposeAsync().AsTask().WaitAsync(Patience);

        end.SetResult();
        await stuck.WaitAsync(Patience);
    }

    // One of its own each time: the one in the container answers the same for a second.
    private static async Task<HealthStatus> HealthAsync(TestWorld world, TimeSpan? limit = null)
    {
        var trial = new WriteTrial(world.Services.GetRequiredService<IServiceScopeFactory>(), limit);
        var check = new WriteHealth(trial, world.Services.GetRequiredService<OutageLog>());
        return (await check.CheckHealthAsync(new HealthCheckContext(), None)).Status;
    }

    private static async Task AddGroupAsync(TestTenant tenant, string name, CancellationToken cancellationToken = default) =>
        await tenant.GetFresh<IDatabaseWriter>().WriteAsync<long>(
            async db =>
            {
                var group = new Group();
                group.Rename(name);
                db.Groups.Add(group);
                await db.SaveChangesAsync(None);
                return group.Id;
            },
            cancellationToken).OrThrowAsync();
}
