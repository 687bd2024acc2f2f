using System.Globalization;
using WaCr.Web.Api.Auth;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Api;

/// <summary>How much a tenant may call is its plan's to say, whatever tokens it makes for itself.</summary>
public sealed class PlanRateLimitTests : IAsyncLifetime
{
    private const int Ceiling = 20;

    private readonly TestApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task TokensOfATenant_ShareThePlansLimit_AndAnotherTenantHasItsOwn()
    {
        var tenant = await LimitedAsync();
        using var first = _app.ClientFor(await TestApp.CreateTokenAsync(tenant, rateLimit: 15));
        using var second = _app.ClientFor(await TestApp.CreateTokenAsync(tenant, rateLimit: 15));
        using var other = _app.ClientFor(await TestApp.CreateTokenAsync(await _app.CreateTenantAsync("starter"), rateLimit: 15));
        for (var n = 0; n < 15; n++)
        {
            (await first.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        }

        for (var left = 4; left >= 0; left--)
        {
            var reply = (await second.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
            reply.Headers["X-RateLimit-Remaining"].ShouldBe(left.ToString(CultureInfo.InvariantCulture));
        }

        (await second.GetAsync("/account")).ShouldFail(
            HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED").Headers.ShouldContainKey("Retry-After");
        (await other.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        (await second.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Token_CannotHaveMoreThanThePlan_AndOneThatHasSays()
    {
        var tenant = await _app.CreateTenantAsync("starter");
        using var client = _app.ClientFor(await TestApp.CreateTokenAsync(tenant, rateLimit: 1_000));
        await SetAsync(Ceiling);

        var refused = await CreateAsync(tenant, Ceiling + 1);

        refused.ShouldBeInvalid()["rate_limit_per_minute"].ShouldBe([ApiTokenErrors.RateLimitAbovePlan]);
        var limits = (await client.GetAsync("/account/limits")).ShouldBe(HttpStatusCode.OK);
        ((int)limits.Data!["limits"]!["api_calls_per_minute"]!["limit"]!).ShouldBe(Ceiling);
        limits.Headers["X-RateLimit-Limit"].ShouldBe("20");
    }

    [Theory, OnEachEngine]
    public async Task TokensThatCanBeUsed_AreBounded(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, ApiToken.MaxPerTenant + 5).Select(_ => Task.Run(() => CreateAsync(tenant, 60))));

        made.Count(token => token.Succeeded).ShouldBe(ApiToken.MaxPerTenant);
        made.Where(token => !token.Succeeded).ShouldAllBe(token => token.Error is LimitExceededError);
        (await tenant.GetFresh<ApiTokenService>().RevokeAsync(made.First(token => token.Succeeded).Value!.Id, CancellationToken.None))
            .Succeeded.ShouldBeTrue();
        (await CreateAsync(tenant, 60)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task AddressWithoutAToken_IsBounded_AndHoldsUpNobodyWhoHasOne()
    {
        var (_, client) = await _app.NewTenantAsync();
        using var stranger = _app.Stranger();
        for (var n = 0; n < TokenRateLimits.AnonymousPerMinute; n++)
        {
            (await stranger.GetAsync("/account")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await stranger.GetAsync("/account")).ShouldFail(
            HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED").Headers.ShouldContainKey("Retry-After");
        (await stranger.GetAsync("//openapi/v2.json")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await stranger.GetAsync("//health/live")).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<TestTenant> LimitedAsync()
    {
        await SetAsync(Ceiling);
        return await _app.CreateTenantAsync("starter");
    }

    private async Task SetAsync(long limit)
    {
        var tenant = await _app.CreateTenantAsync();
        await tenant.Get<PlanService>().SetApiCallsPerMinuteAsync("starter", limit, CancellationToken.None).OrThrowAsync();
    }

    private static Task<Result<CreatedApiToken>> CreateAsync(TestTenant tenant, int perMinute) => tenant.GetFresh<ApiTokenService>()
        .CreateAsync(new CreateApiToken("test", Permissions.ApiScopes, perMinute, ExpiresAt: null), CancellationToken.None);
}
