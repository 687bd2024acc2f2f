using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Tests.Data;

/// <summary>An operator reads of each fault once.</summary>
public sealed class DatabaseLogTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task CollisionsThatAreAnsweredRightly_LeaveNoWarning(DatabaseProvider engine)
    {
        using var log = new LogCollector();
        await using var world = await TestWorld.CreateAsync(
            engine, more: services => services.AddLogging(logging => logging.AddProvider(log)));
        var tenant = await world.CreateTenantAsync();

        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
                tenant.GetFresh<WaCr.Web.Features.Contacts.ContactService>()
                    .CreateAsync(tenant.NewContact(phone: "+919587422369"), None))));
        await using var db = tenant.OpenDatabase();
        db.GroupMembers.Add(new GroupMember { GroupId = 99_999, ContactId = 99_999 });
        await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());

        created.Count(one => one.Succeeded).ShouldBe(1);
        log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task WritesThatAreRefusedInARow_AreOneLine_AndOneWhenItIsOver()
    {
        using var log = new LogCollector();
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddLogging(logging => logging.AddProvider(log)));
        var tenant = await world.CreateTenantAsync();
        var limits = world.Services.GetRequiredService<SqliteWriteLimits>();
        var usual = limits.Turn;
        limits.Turn = TimeSpan.FromMilliseconds(20);
        using (await world.Services.GetRequiredService<SqliteWriteGate>().TakeAsync(None))
        {
            await Task.WhenAll(
                Enumerable.Range(0, 20).Select(_ => Should.ThrowAsync<StorageUnavailableException>(() => WriteAsync(tenant))));
        }

        limits.Turn = usual;
        await WriteAsync(tenant);

        log.Warnings.Select(entry => entry.Event.Id).ShouldBe([1011, 1013]);
        log.Warnings.ShouldAllBe(entry => entry.Exception == null);
    }

    [Fact]
    public async Task AWriteThatWaitsTooLongForAnother_IsToldToo()
    {
        using var log = new LogCollector();
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddLogging(logging => logging.AddProvider(log)));
        var tenant = await world.CreateTenantAsync();
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async _ =>
            {
                begun.SetResult();
                await released.Task;
                return 1;
            },
            None);
        await begun.Task;

        world.Services.GetRequiredService<SqliteWriteLimits>().Turn = TimeSpan.FromMilliseconds(20);
        await Should.ThrowAsync<StorageUnavailableException>(() => WriteAsync(tenant));
        released.SetResult();
        await first.OrThrowAsync();

        log.Warnings.Select(entry => entry.Event.Id).ShouldBe([1011, 1013]);
    }

    [Fact]
    public void AnOutageThatGoesOn_IsCountedOnceAMinute()
    {
        using var log = new LogCollector();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var time = new FakeTimeProvider();
        var outages = new OutageLog(time, factory.CreateLogger<OutageLog>());

        for (var second = 0; second < 150; second++)
        {
            outages.Refused(new StorageUnavailableException(new IOException("No space left on device")));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        outages.Works();
        outages.Works();

        log.Warnings.Select(entry => entry.Text).ShouldBe(
        [
            "The database is unavailable: No space left on device",
            "The database is still unavailable: 61 calls failed in 60 s.",
            "The database is still unavailable: 121 calls failed in 120 s.",
            "The database is available again after 150 s; 150 calls failed.",
        ]);
    }

    [Fact]
    public async Task ACheckpointThatFails_IsToldOnce_AndNeverThrown()
    {
        using var log = new LogCollector();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        await using var folder = new TempFolder();
        var writer = SqliteConnections.OpenWriter($"Data Source={folder.File("wacr.db")}");
        using var checkpoints = new SqliteCheckpoints($"Data Source={folder.File("wacr.db")}", factory.CreateLogger("test"));
        SqliteConnections.Close(writer);

        checkpoints.AfterCommit(writer);
        checkpoints.AfterCommit(writer);

        log.Warnings.ShouldHaveSingleItem();
    }

    private static Task<int> WriteAsync(TestTenant tenant) => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
        async db => await db.Groups.Where(group => group.Id == -1).ExecuteDeleteAsync(), None).OrThrowAsync();
}
