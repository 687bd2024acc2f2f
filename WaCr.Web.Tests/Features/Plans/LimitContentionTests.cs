using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Otp;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Tests.Features.Plans;

/// <summary>Limits that many ask for in the same moment: who is within one is never refused, and nobody passes it.</summary>
public sealed class LimitContentionTests
{
    private static readonly DateTimeOffset Start = TestClock.Start;

    [Theory, OnEachEngine]
    public async Task FirstConversationsOfAMonth_AtOnce_AreAllCounted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        for (var round = 0; round < 10; round++)
        {
            await using var db = tenant.OpenDatabase();
            await db.UsageCounters.Where(counter => counter.Metric == Metric.Conversations).ExecuteDeleteAsync();

            (await AtOnceAsync(20, () => TakeAsync(tenant, 1))).ShouldAllBe(refusal => refusal == null);

            (await db.UsageCounters.SingleAsync(counter => counter.Metric == Metric.Conversations)).Value.ShouldBe(20);
        }
    }

    [Theory, OnEachEngine]
    public async Task LastConversationsOfThePlan_AtOnce_AreTakenExactly(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync(plan: "free"); // 100 a month

        var refusals = await AtOnceAsync(24, () => TakeAsync(tenant, 7));

        refusals.Count(refusal => refusal is null).ShouldBe(14);
        refusals.Where(refusal => refusal is not null).ShouldAllBe(refusal => refusal!.Current == 98 && refusal.Maximum == 100);
    }

    [Theory, OnEachEngine]
    public async Task TriesOfAPhoneThatWasNeverTried_AtOnce_AreRefusedBeyondTheLimitAlone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        for (var round = 0; round < 10; round++)
        {
            var phone = $"91958742{round:0000}";
            var waits = await AtOnceAsync(12, () => TryAsync(tenant, phone, Start));

            waits.Count(wait => wait is null).ShouldBe(OneTimeCodeLimits.Verify.Most);
        }
    }

    [Theory, OnEachEngine]
    public async Task ClockThatGoesBack_LocksNoPhoneForLongerThanALimitLasts(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, new FakeTimeProvider(Start));
        var tenant = await world.CreateTenantAsync();
        var ahead = Start.AddDays(2);
        for (var taken = 0; taken < OneTimeCodeLimits.Verify.Most; taken++)
        {
            (await TryAsync(tenant, "919587422369", ahead)).ShouldBeNull();
        }

        (await TryAsync(tenant, "919587422369", ahead)).ShouldBe(OneTimeCodeLimits.Verify.Within);
        (await TryAsync(tenant, "919587422369", Start)).ShouldBeNull();

        // It counts on from the clock as it is now.
        for (var taken = 1; taken < OneTimeCodeLimits.Verify.Most; taken++)
        {
            (await TryAsync(tenant, "919587422369", Start)).ShouldBeNull();
        }

        (await TryAsync(tenant, "919587422369", Start)).ShouldBe(OneTimeCodeLimits.Verify.Within);
    }

    private static async Task<LimitExceededError?> TakeAsync(TestTenant tenant, int count) =>
        (await tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
                await tenant.Get<UsageGate>().TakeAsync(db, Metric.Conversations, count) is { } limit
                    ? limit
                    : count, CancellationToken.None))
        .Error as LimitExceededError;

    private static async Task<TimeSpan?> TryAsync(TestTenant tenant, string phone, DateTimeOffset now) =>
        await tenant.GetFresh<IDatabaseWriter>().WriteAsync<TimeSpan?>(
            async db => await OneTimeCodeLimits.Verify.TakeAsync(db, phone, now), CancellationToken.None).OrThrowAsync();

    private static Task<T[]> AtOnceAsync<T>(int count, Func<Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(call)));
}
