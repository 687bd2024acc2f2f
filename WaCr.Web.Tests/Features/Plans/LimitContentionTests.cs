using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Otp;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.QuickReplies;
using WaCr.Web.Features.Views;

namespace WaCr.Web.Tests.Features.Plans;

/// <summary>Limits that many ask for in the same moment: who is within one is never refused, and nobody passes it.</summary>
public sealed class LimitContentionTests
{
    private static readonly CancellationToken None = CancellationToken.None;
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
    public async Task LastQuickReplies_AtOnce_AreMadeUpToTheLimit(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await using var db = tenant.OpenDatabase();
        db.QuickReplies.AddRange(
            Enumerable.Range(0, QuickReplyService.Most - 2).Select(n => new QuickReply { Shortcut = $"known{n}", Text = "Hello" }));
        await db.SaveChangesAsync();

        var made = await AtOnceAsync(12, n => tenant.GetFresh<QuickReplyService>().SaveAsync(null, $"new{n}", "Hello", None));

        ShouldBeMade(made, 2, QuickReplyErrors.TooMany);
        (await db.QuickReplies.CountAsync()).ShouldBe(QuickReplyService.Most);
    }

    [Theory, OnEachEngine]
    public async Task LastSavedViewsOfAPerson_AtOnce_AreMadeUpToTheLimit(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var owner = await tenant.SignInAsync(Role.Owner);
        await using var db = tenant.OpenDatabase();
        db.SavedViews.AddRange(
            Enumerable.Range(0, SavedViewService.MaxPerPerson - 2).Select(n => new SavedView { OwnerId = owner, Name = $"Known {n}" }));
        await db.SaveChangesAsync();

        var made = await AtOnceAsync(12, n => tenant.GetFresh<SavedViewService>().CreateAsync($"New {n}", false, "", None));

        ShouldBeMade(made, 2, SavedViewErrors.TooMany);
        (await db.SavedViews.CountAsync()).ShouldBe(SavedViewService.MaxPerPerson);
    }

    [Theory, OnEachEngine]
    public async Task LastPlaces_AtOnce_AreSavedUpToTheLimit(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await using var db = tenant.OpenDatabase();
        db.SavedPlaces.AddRange(
            Enumerable.Range(0, SavedPlaces.Max - 2).Select(n => new SavedPlace { Name = $"Known {n}", CreatedAt = Start }));
        await db.SaveChangesAsync();

        var saved = await AtOnceAsync(12, n => tenant.GetFresh<SavedPlaces>().SaveAsync(
            new SendLocation { Latitude = 22.5m, Longitude = 73.25m, Name = $"New {n}" }, None));

        ShouldBeMade(saved, 2, SavedPlaceErrors.TooMany);
        (await db.SavedPlaces.CountAsync()).ShouldBe(SavedPlaces.Max);
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
                    : count, None))
        .Error as LimitExceededError;

    private static async Task<TimeSpan?> TryAsync(TestTenant tenant, string phone, DateTimeOffset now) =>
        await tenant.GetFresh<IDatabaseWriter>().WriteAsync<TimeSpan?>(
            async db => await OneTimeCodeLimits.Verify.TakeAsync(db, phone, now), None).OrThrowAsync();

    private static void ShouldBeMade<T>(Result<T>[] results, int count, FieldError tooMany)
    {
        results.Count(result => result.Succeeded).ShouldBe(count);
        results.Where(result => !result.Succeeded)
            .ShouldAllBe(result => ((ValidationError)result.Error!).Fields.Single().Value.Single() == tooMany);
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<Task<T>> call) => AtOnceAsync(count, _ => call());

    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => Task.Run(() => call(n))));
}
