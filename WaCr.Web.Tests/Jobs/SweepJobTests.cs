using Microsoft.Extensions.Logging.Abstractions;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Jobs;

namespace WaCr.Web.Tests.Jobs;

public sealed class SweepJobTests
{
    [Theory, OnEachEngine]
    public async Task ASweeperThatFails_StopsNoneOfTheOthers(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(
            engine, time, services => services.AddScoped<TrashSweeper>(_ => throw new InvalidOperationException("the first of them")));
        var tenant = await world.CreateTenantAsync();
        await using var db = tenant.OpenDatabase();
        var now = time.GetUtcNow();
        db.IdempotentRequests.Add(new IdempotentRequest { TokenId = 1, Key = "k", LeaseEndsAt = now, ExpiresAt = now });
        db.UserSessions.Add(new UserSession { Id = Guid.NewGuid(), UserId = await tenant.AddUserAsync(Role.Agent), ExpiresAt = now });
        await db.SaveChangesAsync();
        time.Advance(TimeSpan.FromDays(1));
        using var job = new SweepJob(world.Services.GetRequiredService<IServiceScopeFactory>(), time, NullLogger<SweepJob>.Instance);

        await job.StartAsync(CancellationToken.None);

        await Eventually.HoldsAsync(
            async () => !await db.IdempotentRequests.AnyAsync() && !await db.UserSessions.AnyAsync(),
            TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(50));
        await job.StopAsync(CancellationToken.None);
        job.State.Failures.ShouldBe(1);
    }
}
