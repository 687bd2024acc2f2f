using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Tests.Features.Work;

/// <summary>What holds for every kind of work in the background, shown on bulk jobs.</summary>
public sealed class LeaseTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task DueRow_IsOnesAlone_HoweverManyAskForIt(DatabaseProvider engine)
    {
        await using var world = await LeaseWorld.CreateAsync(engine);
        await world.AddAsync(5);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.ClaimAsync(2))));

        var claimed = claims.OfType<Claim<BulkJob>>().SelectMany(claim => claim.Rows.Select(row => (row.Id, claim.Owner))).ToList();
        claimed.Select(row => row.Id).ShouldBeUnique();
        while (await world.ClaimAsync(2) is { } rest)
        {
            claimed.AddRange(rest.Rows.Select(row => (row.Id, rest.Owner)));
        }

        claimed.Count.ShouldBe(5);
        (await world.JobsAsync()).Select(job => (job.Id, job.LeaseOwner!.Value)).ShouldBe(claimed, ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task WhatWaitedLongest_IsFirst_AndWhatIsReleasedGoesBehind(DatabaseProvider engine)
    {
        await using var world = await LeaseWorld.CreateAsync(engine);
        var ids = await world.AddAsync(2);
        var first = (await world.ClaimAsync())!;
        first.Row.Id.ShouldBe(ids[0]);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.ReleaseAsync(first, world.Now);

        (await world.ClaimAsync())!.Row.Id.ShouldBe(ids[1]);
        var again = (await world.ClaimAsync())!;
        (again.Row.Id, again.Row.Attempts).ShouldBe((ids[0], 1)); // it got on in between
        (await world.ClaimAsync()).ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task LeaseThatRanOut_IsTakenOver_AndWhoComesBackChangesNothing(DatabaseProvider engine)
    {
        await using var world = await LeaseWorld.CreateAsync(engine);
        await world.AddAsync(1);
        var hung = (await world.ClaimAsync())!;
        (await world.TenantsAsync()).ShouldBeEmpty();

        world.Time.Advance(LeaseWorld.Lease);
        var heir = (await world.ClaimAsync())!;
        await world.ReleaseAsync(hung, null);
        await world.BackOffAsync(hung);

        var job = (await world.JobsAsync()).Single();
        (job.LeaseOwner, job.DueAt, job.Attempts).ShouldBe((heir.Owner, world.Now + LeaseWorld.Lease, 2));
    }

    [Theory, OnEachEngine]
    public async Task StepThatThrows_IsTriedAgainLater_TheLongerTheMoreOftenItDid(DatabaseProvider engine)
    {
        await using var world = await LeaseWorld.CreateAsync(engine);
        await world.AddAsync(1);
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Should.ThrowAsync<InvalidTimeZoneException>(() => world.TurnAsync(_ => throw new InvalidTimeZoneException()));
            var job = (await world.JobsAsync()).Single();
            job.LeaseOwner.ShouldBeNull();
            pauses.Add(job.DueAt!.Value - world.Now);
            world.Time.Advance(pauses[^1]);
        }

        pauses.ShouldBe([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)]);
    }

    [Theory, OnEachEngine]
    public async Task StepOfAProcessThatStops_IsDueAtOnce(DatabaseProvider engine)
    {
        await using var world = await LeaseWorld.CreateAsync(engine);
        await world.AddAsync(1);
        using var stopping = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => world.TurnAsync(
            _ =>
            {
                stopping.Cancel();
                throw new OperationCanceledException(stopping.Token);
            },
            stopping.Token));

        var job = (await world.JobsAsync()).Single();
        (job.LeaseOwner, job.DueAt, job.Attempts).ShouldBe((null, world.Now, 0));
    }

    [Theory, OnEachEngine]
    public async Task WhatAProcessOfBeforeLeft_IsDueAtTheStart_WhereNoOtherCanBeAtWork(DatabaseProvider engine)
    {
        await using var world = await LeaseWorld.CreateAsync(engine);
        var ids = await world.AddAsync(2);
        await world.ClaimAsync();
        await world.ReleaseAsync((await world.ClaimAsync())!, world.Now.AddHours(1)); // put off, not left behind

        await world.Claims(claims => claims.ReleaseLeftBehindAsync(None));

        var jobs = await world.JobsAsync();
        jobs.Find(job => job.Id == ids[0])!.DueAt.ShouldBe(engine == DatabaseProvider.Sqlite ? world.Now : world.Now + LeaseWorld.Lease);
        jobs.Find(job => job.Id == ids[1])!.DueAt.ShouldBe(world.Now.AddHours(1));
    }

    [Fact]
    public void Backoff_Doubles_UpToItsBound()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

        new[] { 0, 1, 2, 3, 9, 10, 11, 1_000, int.MaxValue }.Select(attempt => backoff.After(attempt).TotalSeconds)
            .ShouldBe([2, 2, 4, 8, 512, 600, 600, 600, 600]);
        Enumerable.Range(0, 200).Select(_ => backoff.SpreadAfter(2).TotalSeconds).ShouldAllBe(seconds => seconds >= 2 && seconds <= 6);
    }

    private sealed class LeaseWorld(TestWorld world, TestTenant tenant, FakeTimeProvider time) : IAsyncDisposable
    {
        public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

        public FakeTimeProvider Time => time;

        public DateTimeOffset Now => time.GetUtcNow();

        public static async Task<LeaseWorld> CreateAsync(DatabaseProvider engine)
        {
            var time = TestClock.Create();
            var world = await TestWorld.CreateAsync(engine, time);
            return new LeaseWorld(world, await world.CreateTenantAsync(), time);
        }

        public async Task<List<long>> AddAsync(int count)
        {
            await using var db = tenant.OpenDatabase();
            var jobs = Enumerable.Range(0, count)
                .Select(n => new BulkJob { ActorName = "Asha", CreatedAt = Now, DueAt = Now.AddSeconds(n - count) })
                .ToList();
            db.AddRange(jobs);
            await db.SaveChangesAsync();
            return jobs.ConvertAll(job => job.Id);
        }

        public async Task<List<BulkJob>> JobsAsync()
        {
            await using var db = tenant.OpenDatabase();
            return await db.BulkJobs.AsNoTracking().OrderBy(job => job.Id).ToListAsync();
        }

        public Task<Claim<BulkJob>?> ClaimAsync(int atMost = 1) =>
            Claims(claims => claims.ClaimAsync(tenant.Get<WaCr.Web.Tenancy.TenantContext>().Tenant, atMost, Lease, None));

        public Task<IReadOnlyList<WaCr.Web.Tenancy.TenantIdentity>> TenantsAsync() => Claims(claims => claims.FindTenantsAsync(None));

        public Task<bool> ReleaseAsync(Claim<BulkJob> claim, DateTimeOffset? due) => Claims(claims => claims.ReleaseAsync(claim, due));

        public Task<bool> BackOffAsync(Claim<BulkJob> claim) => Claims(claims => claims.BackOffAsync(claim, new Backoff(Lease, Lease)));

        public async Task TurnAsync(Func<Claim<BulkJob>, Task> step, CancellationToken stopping = default)
        {
            await using var scope = world.AnonymousScope();
            var turn = new WorkTurn<BulkJob, Step>(scope.ServiceProvider.GetRequiredService<LeaseClaims<BulkJob>>(), new Step(step), time);
            await turn.RunAsync(tenant.Get<WaCr.Web.Tenancy.TenantContext>().Tenant, stopping);
        }

        public async Task<TAnswer> Claims<TAnswer>(Func<LeaseClaims<BulkJob>, Task<TAnswer>> work)
        {
            await using var scope = world.AnonymousScope();
            return await work(scope.ServiceProvider.GetRequiredService<LeaseClaims<BulkJob>>());
        }

        public Task<bool> Claims(Func<LeaseClaims<BulkJob>, Task> work) => Claims(async claims =>
        {
            await work(claims);
            return true;
        });

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }

    private sealed class Step(Func<Claim<BulkJob>, Task> work) : IWorkStep<BulkJob>
    {
        public static TimeSpan Lease => LeaseWorld.Lease;

        public static int AtOnce => 1;

        public static TimeSpan PollInterval => TimeSpan.FromSeconds(1);

        public static ChangeKind WokenBy => ChangeKind.BulkJobs;

        public Task RunAsync(Claim<BulkJob> claim, CancellationToken cancellationToken) => work(claim);
    }
}
