using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Tests.Api;

public sealed class IdempotencyTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Key = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    [Theory, OnEachEngine]
    public async Task SameKeyAndBody_ReplaysTheStoredAnswer(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var body = ApiBodies.Contact(tenant);

        var first = (await client.PostAsync("/contacts", body, (Key, "a"))).ShouldBe(HttpStatusCode.Created);
        var second = (await client.PostAsync("/contacts", body, (Key, "a"))).ShouldBe(HttpStatusCode.Created);

        first.Headers.ShouldNotContainKey(Replayed);
        second.Headers[Replayed].ShouldBe("true");
        second.Body.ShouldBe(first.Body);
        second.Headers["Location"].ShouldBe(first.Headers["Location"]);
        second.Headers["ETag"].ShouldBe(first.Headers["ETag"]);
        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(1);
    }

    /// <summary>The first was slower than its lease: just before another takes its place, its effect is written.</summary>
    [Theory, OnPostgres]
    public async Task ARequestThatEndsWhileItsKeyIsTakenOver_IsNotMadeAgain(DatabaseProvider engine)
    {
        var meanwhile = new BeforeTakeOver();
        var app = new TestApp { Engine = engine, More = services => services.AddSingleton<IInterceptor>(meanwhile) };
        await app.InitializeAsync();
        try
        {
            await TakeOverAsync(app, meanwhile);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task TakeOverAsync(TestApp app, BeforeTakeOver meanwhile)
    {
        var (tenant, client) = await app.NewTenantAsync();
        var body = ApiBodies.Contact(tenant);
        var first = (await client.PostAsync("/contacts", body, (Key, "a"))).ShouldBe(HttpStatusCode.Created);
        await using var db = tenant.OpenDatabase();
        var outcome = (await db.IdempotentRequests.Select(request => request.Outcome).SingleAsync()).ShouldNotBeNull();
        await db.IdempotentRequests.ExecuteUpdateAsync(set => set
            .SetProperty(request => request.StatusCode, (int?)null).SetProperty(request => request.Body, (byte[]?)null)
            .SetProperty(request => request.Outcome, (string?)null).SetProperty(request => request.LeaseEndsAt, TestClock.Start));
        meanwhile.Run = () => db.IdempotentRequests.ExecuteUpdateAsync(set => set.SetProperty(request => request.Outcome, outcome));

        (await client.PostAsync("/contacts", body, (Key, "a"))).ShouldFail(HttpStatusCode.Conflict, "IDEMPOTENCY_IN_PROGRESS");
        (await client.PostAsync("/contacts", body, (Key, "a"))).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(first.Id);
        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(1);
    }

    private sealed class BeforeTakeOver : DbCommandInterceptor
    {
        public Func<Task>? Run { get; set; }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Run is { } run && command.CommandText.Contains("\"LeaseOwner\" = ", StringComparison.Ordinal)
                && command.CommandText.StartsWith("UPDATE \"IdempotentRequests\"", StringComparison.Ordinal))
            {
                Run = null;
                await run();
            }

            return result;
        }
    }

    [Theory, OnEachEngine]
    public async Task Refusals_AreStoredToo(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (_, client) = await app.NewTenantAsync();

        var first = (await client.PostAsync("/groups", "{}", (Key, "a"))).ShouldBeInvalid("name");
        var malformed = (await client.PostAsync("/groups", "{", (Key, "b"))).ShouldBe(HttpStatusCode.BadRequest);

        (await client.PostAsync("/groups", "{}", (Key, "a"))).Body.ShouldBe(first.Body);
        (await client.PostAsync("/groups", "{", (Key, "b"))).Body.ShouldBe(malformed.Body);
    }

    [Theory, OnEachEngine]
    public async Task SameKey_OtherBodyOrPath_IsRefused(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (_, client) = await app.NewTenantAsync();
        await client.PostAsync("/groups", new { name = "A" }, (Key, "a"));

        (await client.PostAsync("/groups", new { name = "B" }, (Key, "a")))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
        (await client.PostAsync("/sources", new { name = "A" }, (Key, "a")))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Theory, OnEachEngine]
    public async Task SameKey_OfAnotherToken_IsAnotherKey(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        using var other = await app.ClientForAsync(tenant);
        await client.PostAsync("/groups", new { name = "A" }, (Key, "a"));

        (await other.PostAsync("/groups", new { name = "B" }, (Key, "a")))
            .ShouldBe(HttpStatusCode.Created).Headers.ShouldNotContainKey(Replayed);
    }

    [Theory, OnEachEngine]
    public async Task SameKey_AtOnce_RunsOnce(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var body = ApiBodies.Contact(tenant).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.PostAsync("/contacts", body, (Key, "a"))));

        answers.Count(answer => answer.Status == HttpStatusCode.Created && !answer.Headers.ContainsKey(Replayed)).ShouldBe(1);
        foreach (var other in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            other.ShouldFail(HttpStatusCode.Conflict, "IDEMPOTENCY_IN_PROGRESS");
        }

        (await client.GetAsync("/contacts")).Items.Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task AProcessThatDied_BlocksTheKeyOnlyForItsLease(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await client.PostAsync("/groups", new { name = "A" }, (Key, "a"));
        await using (var db = tenant.OpenDatabase())
        {
            await db.Groups.ExecuteDeleteAsync();
            var lease = app.Time.GetUtcNow().AddMinutes(1);
            await db.IdempotentRequests.ExecuteUpdateAsync(set => set
                .SetProperty(request => request.StatusCode, (int?)null)
                .SetProperty(request => request.Body, (byte[]?)null)
                .SetProperty(request => request.Outcome, (string?)null)
                .SetProperty(request => request.LeaseEndsAt, lease));
        }

        (await client.PostAsync("/groups", new { name = "A" }, (Key, "a"))).ShouldFail(HttpStatusCode.Conflict, "IDEMPOTENCY_IN_PROGRESS");
        app.Time.Advance(TimeSpan.FromMinutes(2));
        (await client.PostAsync("/groups", new { name = "A" }, (Key, "a"))).ShouldBe(HttpStatusCode.Created);
    }

    [Theory, OnEachEngine]
    public async Task AKey_IsForgottenAfterADay(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await client.PostAsync("/groups", new { name = "A" }, (Key, "a"));
        app.Time.Advance(TimeSpan.FromHours(23));
        (await client.PostAsync("/groups", new { name = "A" }, (Key, "a"))).ShouldBe(HttpStatusCode.Created);
        app.Time.Advance(TimeSpan.FromHours(1));

        (await client.PostAsync("/groups", new { name = "B" }, (Key, "a")))
            .ShouldBe(HttpStatusCode.Created).Headers.ShouldNotContainKey(Replayed);
        await using var db = tenant.OpenDatabase();
        (await db.IdempotentRequests.CountAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Key_EmptyOrTooLong_IsRefused(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/groups", new { name = "A" }, (Key, ""))).ShouldBeInvalid(Key);
        (await client.PostAsync("/groups", new { name = "A" }, (Key, new string('k', 256)))).ShouldBeInvalid(Key);
        (await client.PostAsync("/groups", new { name = "A" }, (Key, new string('k', 255)))).ShouldBe(HttpStatusCode.Created);
    }

    [Theory, OnEachEngine]
    public async Task Body_TooLargeWithAKey_Answers413(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (_, client) = await app.NewTenantAsync();

        (await client.PostAsync("/groups", new { name = new string('a', 1_100_000) }, (Key, "a")))
            .ShouldFail(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }
}
