using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Api.Auth;
using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.Tests.Features.ApiTokens;

/// <summary>A limit holds over all replicas, whoever of them is asked.</summary>
public sealed class RateLeaseTests
{
    private const int Replicas = 3;
    private const int Limit = 600;

    private readonly FakeTimeProvider _time = new(TestClock.Start);
    private readonly WriteCount _writes = new();

    [Theory, OnPostgres]
    public async Task Replicas_AskedInTurn_LetThroughTheLimitTogether(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var replicas = New();

        (await AskAsync(tenant, 3 * Limit, n => replicas[n % Replicas])).ShouldBeInRange(Limit * 9 / 10, Limit);

        _writes.Runs.ShouldBeLessThan(110);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await AskAsync(tenant, 3 * Limit, n => replicas[n % Replicas])).ShouldBeInRange(Limit * 9 / 10, Limit);
    }

    [Theory, OnPostgres]
    public async Task Replicas_OfWhichTwoAreAskedOnceOnly_KeepLittleBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var replicas = New();

        (await AskAsync(tenant, 2 * Limit, n => replicas[n < Replicas ? n : 0])).ShouldBeInRange(Limit * 9 / 10, Limit);
    }

    [Theory, OnPostgres]
    public async Task Tenant_WithManyTokensOnManyReplicas_HasOneLimit(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var replicas = New();

        (await AskAsync(tenant, 3 * Limit, n => replicas[n % Replicas], n => new AdmittedToken(n % 5 + 1, tenant.Id, Limit, Limit, true)))
            .ShouldBeInRange(Limit * 9 / 10, Limit);
    }

    [Theory, OnPostgres]
    public async Task SmallLimit_IsExact(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var replicas = New();

        (await AskAsync(tenant, 60, n => replicas[n % Replicas], _ => new AdmittedToken(1, tenant.Id, 20, null, true))).ShouldBe(20);
    }

    [Fact]
    public async Task OneProcess_CountsWithoutADatabase()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, _time);
        var tenant = await world.CreateTenantAsync();
        var alone = New()[0];

        (await AskAsync(tenant, 2 * Limit, _ => alone)).ShouldBe(Limit);
        _writes.Runs.ShouldBe(0);
    }

    [Theory, OnPostgres]
    public async Task ADatabaseThatTakesNoWrites_LeavesEachProcessTheWholeLimit(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var readOnly = new ReadOnlyWriter(tenant.GetFresh<IDatabaseWriter>());
        var alone = New()[0];

        (await AskAsync(tenant, 2 * Limit, _ => alone, writer: readOnly)).ShouldBe(Limit);
        await Should.ThrowAsync<StorageUnavailableException>(readOnly.WriteAsync<int>(
            async db => await db.UsageCounters.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 1)), default));
    }

    [Theory, OnPostgres]
    public async Task ALeaseThatFails_RefusesNobodyAfterwards(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var (limits, token) = (New()[0], new AdmittedToken(1, tenant.Id, Limit, null, true));

        await Should.ThrowAsync<InvalidDataException>(limits.TakeAsync(token, LeasesOf(tenant, new BrokenWriter())).AsTask());

        (await limits.TakeAsync(token, LeasesOf(tenant))).Allowed.ShouldBeTrue();
    }

    /// <summary>A request that read the clock before the minute ended may be counted after one that read it later.</summary>
    [Fact]
    public async Task ARequestOfTheMinuteBefore_CountsInTheNewOne_AndAClockSetBackStartsAnew()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, _time);
        var leases = LeasesOf(await world.CreateTenantAsync());
        var count = new RateCount(1);

        (await count.TakeAsync(10, 2, leases)).ShouldBe(1);
        (await count.TakeAsync(9, 2, leases)).ShouldBe(0);
        (await count.TakeAsync(10, 2, leases)).ShouldBe(-1);
        (await count.TakeAsync(5, 2, leases)).ShouldBe(1);
    }

    private TokenRateLimits[] New() => [.. Enumerable.Range(0, Replicas).Select(_ => new TokenRateLimits(_time))];

    private async Task<int> AskAsync(
        TestTenant tenant, int requests, Func<int, TokenRateLimits> replica, Func<int, AdmittedToken>? token = null,
        IDatabaseWriter? writer = null)
    {
        var allowed = 0;
        var leases = LeasesOf(tenant, writer);
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            var verdict = await replica(n).TakeAsync(token?.Invoke(n) ?? new AdmittedToken(1, tenant.Id, Limit, null, true), leases);
            Interlocked.Add(ref allowed, verdict.Allowed ? 1 : 0);
        });
        return allowed;
    }

    private RateLeases LeasesOf(TestTenant tenant, IDatabaseWriter? writer = null) => new(
        new CountingWriter(writer ?? tenant.GetFresh<IDatabaseWriter>(), _writes), tenant.GetFresh<IDbContextFactory<AppDbContext>>());

    /// <summary>As a standby, or a server whose disk is full, answers.</summary>
    private sealed class ReadOnlyWriter(IDatabaseWriter inner) : IDatabaseWriter
    {
        public int Commits => inner.Commits;

        public Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken) =>
            inner.WriteAsync<T>(
                async db =>
                {
                    await db.Database.ExecuteSqlRawAsync("SET TRANSACTION READ ONLY", cancellationToken);
                    return await work(db);
                },
                cancellationToken);
    }

    private sealed class BrokenWriter : IDatabaseWriter
    {
        public int Commits => 0;

        public Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken) =>
            throw new InvalidDataException("Something that nobody foresaw.");
    }
}
