using System.Text;
using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.Tests.Api;

public sealed class ConventionsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Json = "application/json";

    [Fact]
    public async Task Success_AnyCall_HasEnvelopeAndRequestId()
    {
        var (_, client) = await app.NewTenantAsync();

        var reply = (await client.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);

        ((bool)reply.Json["success"]!).ShouldBeTrue();
        reply.Headers["Content-Type"].ShouldStartWith(Json);
        Guid.TryParse((string)reply.Json["meta"]!["request_id"]!, out _).ShouldBeTrue();
        ((string)reply.Json["meta"]!["request_id"]!).ShouldBe(reply.Headers["X-Request-Id"]);
        ((string)reply.Json["meta"]!["timestamp"]!).ShouldBe(app.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wacr_kwGBjCrT76zDSIpCaKjNHl03iNuWcGLlqEJwCMpMEs8")]
    [InlineData("x")]
    public async Task Token_MissingOrUnknown_Answers401(string? token)
    {
        using var client = new ApiClient(app.Address, token);

        var reply = await client.GetAsync("/contacts");

        reply.ShouldFail(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        ((string)reply.Json["error"]!["message"]!).ShouldBe("Invalid or missing API token");
        reply.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        reply.Headers.ShouldNotContainKey("X-RateLimit-Limit");
    }

    [Fact]
    public async Task Token_RevokedOrExpired_Answers401AtOnce()
    {
        var tenant = await app.CreateTenantAsync();
        var revoked = await TestApp.CreateTokenAsync(tenant);
        var expiring = await TestApp.CreateTokenAsync(tenant, expiresAt: app.Time.GetUtcNow().AddMinutes(30));
        using var first = app.ClientFor(revoked);
        using var second = app.ClientFor(expiring);
        (await first.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        (await second.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);

        await tenant.GetFresh<ApiTokenService>().RevokeAsync(revoked.Id, CancellationToken.None).OrThrowAsync();
        (await first.GetAsync("/account")).ShouldFail(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        app.Time.Advance(TimeSpan.FromMinutes(30));
        (await second.GetAsync("/account")).ShouldFail(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Token_OfASuspendedTenant_Answers401UntilTheTenantIsBack()
    {
        var (tenant, client) = await app.NewTenantAsync();
        await SetStatusAsync(TenantStatus.Suspended);
        (await client.GetAsync("/contacts")).ShouldFail(HttpStatusCode.Unauthorized, "UNAUTHORIZED");

        await SetStatusAsync(TenantStatus.Active);
        (await client.GetAsync("/contacts")).ShouldBe(HttpStatusCode.OK);

        async Task SetStatusAsync(TenantStatus status)
        {
            await using var db = tenant.OpenDatabase();
            await db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, status));
        }
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("Bearer ")]
    public async Task Token_SchemeInAnyCase_IsTaken(string scheme)
    {
        var token = await TestApp.CreateTokenAsync(await app.CreateTenantAsync());
        using var client = app.Stranger();

        (await client.GetAsync("/account", ("Authorization", $"{scheme} {token.Secret}"))).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/account", ("Authorization", $"Basic {token.Secret}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Scope_Lacking_IsNamed()
    {
        using var client = await app.ClientForAsync(await app.CreateTenantAsync(), "contacts:read");

        var reply = await client.PostAsync("/contacts", new { });

        reply.ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        ((string)reply.Json["error"]!["message"]!).ShouldBe("Token missing contacts:write scope");
    }

    [Fact]
    public async Task Path_Unknown_Answers404InEnvelopeAndNeverRedirects()
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync("/nothing")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND").Headers.ShouldContainKey("X-RateLimit-Limit");
        (await client.GetAsync("//api/v1/contacts")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await app.Stranger().GetAsync("/nothing")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await app.Stranger().GetAsync("//api")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Method_Unknown_Answers405WithAllow()
    {
        var (_, client) = await app.NewTenantAsync();

        var reply = await client.SendAsync(HttpMethod.Put, "/contacts/1", null);

        reply.ShouldFail(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        reply.Headers["Allow"].Split(", ").ShouldBe(["DELETE", "GET", "HEAD", "PATCH"]);
    }

    [Fact]
    public async Task Head_WhereGetIs_AnswersWithoutBody()
    {
        var (tenant, client) = await app.NewTenantAsync();
        var contact = await tenant.CreateContactAsync();

        foreach (var path in new[] { "/account", "/contacts", $"/contacts/{contact.Id}", "/groups", "/countries", "/users" })
        {
            var reply = (await client.SendAsync(HttpMethod.Head, path, null)).ShouldBe(HttpStatusCode.OK);
            reply.Body.ShouldBeEmpty();
            int.Parse(reply.Headers["Content-Length"]).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task RateLimit_Exceeded_Answers429UntilTheNextMinute()
    {
        using var client = app.ClientFor(await TestApp.CreateTokenAsync(await app.CreateTenantAsync(), rateLimit: 2));

        var first = (await client.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        var second = (await client.GetAsync("/contacts/abc")).ShouldBe(HttpStatusCode.NotFound);
        var third = (await client.GetAsync("/account")).ShouldFail(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");

        first.Headers["X-RateLimit-Limit"].ShouldBe("2");
        first.Headers["X-RateLimit-Remaining"].ShouldBe("1");
        second.Headers["X-RateLimit-Remaining"].ShouldBe("0");
        third.Headers["X-RateLimit-Remaining"].ShouldBe("0");
        var reset = long.Parse(third.Headers["X-RateLimit-Reset"]);
        var wait = int.Parse(third.Headers["Retry-After"]);
        reset.ShouldBe(app.Time.GetUtcNow().ToUnixTimeSeconds() + wait);
        ((int)third.Json["error"]!["details"]!["retry_after"]!).ShouldBe(wait);

        app.Time.Advance(TimeSpan.FromSeconds(wait));
        (await client.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Plan_WithoutApiAccess_AnswersFeatureNotAvailable()
    {
        var (tenant, client) = await app.NewTenantAsync("starter");
        await using (var db = tenant.OpenDatabase())
        {
            var plan = new Domain.Plan { Code = "no-api", Name = "No API" };
            db.Plans.Add(plan);
            db.Subscriptions.Single().Plan = plan;
            await db.SaveChangesAsync();
        }

        var reply = await client.GetAsync("/contacts");

        reply.ShouldFail(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        ((string)reply.Json["error"]!["details"]!["feature"]!).ShouldBe("api_access");
    }

    [Theory]
    [InlineData("", Json, HttpStatusCode.BadRequest)]
    [InlineData("{", Json, HttpStatusCode.BadRequest)]
    [InlineData("[]", Json, HttpStatusCode.BadRequest)]
    [InlineData("null", Json, HttpStatusCode.BadRequest)]
    [InlineData("\"text\"", Json, HttpStatusCode.BadRequest)]
    [InlineData("{} {}", Json, HttpStatusCode.BadRequest)]
    [InlineData("{'a':1}", Json, HttpStatusCode.BadRequest)]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", Json, HttpStatusCode.BadRequest)]
    [InlineData("{\"x\":{\"name\":\"a\",\"n\\u0061me\":\"b\"}}", Json, HttpStatusCode.BadRequest)]
    [InlineData("{\"\\ud800\":1}", Json, HttpStatusCode.BadRequest)]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("name=x", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("{}", "application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("{}", "application/json; charset=UTF-8", HttpStatusCode.UnprocessableEntity)]
    public async Task Body_Unreadable_AnswersClearly(string body, string contentType, HttpStatusCode status)
    {
        var (tenant, client) = await app.NewTenantAsync();
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/groups"), (HttpMethod.Patch, $"/statuses/{tenant.StatusId}") })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            (await client.SendAsync(method, path, content)).ShouldFail(status, status switch
            {
                HttpStatusCode.BadRequest => "BAD_REQUEST",
                HttpStatusCode.UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
                _ => "VALIDATION_ERROR",
            });
        }

        (await client.GetAsync("/groups")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_OfInvalidUtf8OrNoType_AnswersClearly()
    {
        var (_, client) = await app.NewTenantAsync();
        using var broken = new ByteArrayContent([.. "{\"name\":\""u8, 0xFF, .. "\"}"u8]);
        broken.Headers.TryAddWithoutValidation("Content-Type", Json);
        using var untyped = new ByteArrayContent("{\"name\":\"a\"}"u8.ToArray());

        (await client.SendAsync(HttpMethod.Post, "/groups", broken)).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
        (await client.SendAsync(HttpMethod.Post, "/groups", untyped))
            .ShouldFail(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        (await client.SendAsync(HttpMethod.Post, "/groups", null)).ShouldFail(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Theory]
    [InlineData(1_100_000, false)]
    [InlineData(1_100_000, true)]
    [InlineData(20_000_000, false)]
    public async Task Body_OverOneMegabyte_Answers413(int length, bool chunked)
    {
        var (_, client) = await app.NewTenantAsync();
        using var content = ApiClient.Json($$"""{"name":"{{new string('a', length)}}"}""");

        var reply = await client.SendAsync(HttpMethod.Post, "/groups", content, chunked ? [("Transfer-Encoding", "chunked")] : []);

        reply.ShouldFail(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        (await client.GetAsync("/groups")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_Live_NeedsNothing()
    {
        var reply = (await app.Stranger().GetAsync("//health/live")).ShouldBe(HttpStatusCode.OK);
        Encoding.UTF8.GetString(reply.Body).ShouldBe("ok");
    }
}
