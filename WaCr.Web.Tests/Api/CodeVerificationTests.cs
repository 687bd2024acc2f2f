using System.Text.Json.Nodes;
using WaCr.Web.Features.Otp;

namespace WaCr.Web.Tests.Api;

/// <summary>Codes that were sent: verified, counted, locked, expired and forgotten.</summary>
public sealed class CodeVerificationTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Phone = "+91 95874-22369";
    private const string Key = "919587422369";

    [Theory]
    [OnEachEngine]
    public async Task RightCode_IsUsedUp(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());

        var reply = (await client.PostAsync("/auth/verify", new { phone = Phone, code = " 482913 " })).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("OTP verified successfully");
        reply.Data!.ToJsonString().ShouldBe(
            $$"""{"phone":"919587422369","purpose":"authentication","verified_at":"{{app.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss}}\u002B00:00"}""");
        Fails(await VerifyAsync(client, "482913"), "OTP_NOT_FOUND");
        (await StatusAsync(client)).ToJsonString().ShouldBe("""{"has_active_otp":false}""");
    }

    [Theory]
    [OnEachEngine]
    public async Task FifthWrongCode_HasNoneLeft_TheSixthIsLocked_AndSoIsTheRightOne(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());

        for (var left = 4; left >= 0; left--)
        {
            Fails(await VerifyAsync(client, "000000"), "INVALID_CODE").Json["error"]!["details"]!.ToJsonString()
                .ShouldBe($$"""{"attempts_remaining":{{left}}}""");
        }

        Fails(await VerifyAsync(client, "000000"), "MAX_ATTEMPTS_EXCEEDED");
        Fails(await VerifyAsync(client, "482913"), "MAX_ATTEMPTS_EXCEEDED");
        var status = await StatusAsync(client);
        ((int)status["verification_attempts"]!).ShouldBe(5);
        ((int)status["attempts_remaining"]!).ShouldBe(0);
        ((bool)status["has_active_otp"]!).ShouldBeTrue();
    }

    [Theory]
    [OnEachEngine]
    public async Task EleventhTryInAMinute_Answers429_AndSuccessClearsTheCount(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        for (var index = 0; index < 10; index++)
        {
            Fails(await VerifyAsync(client, "1"), "OTP_NOT_FOUND");
        }

        app.Time.Advance(TimeSpan.FromSeconds(20));
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());
        var refused = (await VerifyAsync(client, "482913")).ShouldFail(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        refused.Headers["Retry-After"].ShouldBe("40");
        ((int)refused.Json["error"]!["details"]!["retry_after"]!).ShouldBe(40);

        // Another phone, another purpose's code of another phone, another tenant: none of their business.
        Fails(await client.PostAsync("/auth/verify", new { phone = "+919587422300", code = "1" }), "OTP_NOT_FOUND");
        var (_, other) = await app.NewTenantAsync();
        Fails(await VerifyAsync(other, "482913"), "OTP_NOT_FOUND");

        app.Time.Advance(TimeSpan.FromSeconds(41));
        for (var index = 0; index < 4; index++)
        {
            Fails(await VerifyAsync(client, "1"), "INVALID_CODE");
        }

        (await VerifyAsync(client, "482913")).ShouldBe(HttpStatusCode.OK);
        for (var index = 0; index < 10; index++)
        {
            Fails(await VerifyAsync(client, "1"), "OTP_NOT_FOUND");
        }
    }

    [Theory]
    [OnEachEngine]
    public async Task FiftyAtOnce_CompareFiveTimes(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => VerifyAsync(client, "000000")));

        var counts = replies.GroupBy(reply => reply.ErrorCode!).ToDictionary(group => group.Key, group => group.Count());
        counts.ShouldBe(
            new Dictionary<string, int> { ["INVALID_CODE"] = 5, ["MAX_ATTEMPTS_EXCEEDED"] = 5, ["RATE_LIMIT_EXCEEDED"] = 40 },
            ignoreOrder: true);
        replies.Where(reply => reply.ErrorCode == "INVALID_CODE")
            .Select(reply => (int)reply.Json["error"]!["details"]!["attempts_remaining"]!)
            .Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Theory]
    [OnEachEngine]
    public async Task RightCodeTenTimesAtOnce_IsTakenOnce(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => VerifyAsync(client, "482913")));

        replies.Count(reply => reply.Status == HttpStatusCode.OK).ShouldBe(1);
        replies.Where(reply => reply.Status != HttpStatusCode.OK).ShouldAllBe(reply => reply.ErrorCode == "OTP_NOT_FOUND");
    }

    [Theory]
    [OnEachEngine]
    public async Task Code_Expires_IsRememberedForADay_AndThenForgotten(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var sentAt = app.Time.GetUtcNow();
        await tenant.AddCodeAsync(Key, "482913", sentAt);

        app.Time.Advance(TimeSpan.FromSeconds(599));
        var live = await StatusAsync(client);
        live["has_active_otp"]!.ToJsonString().ShouldBe("true");
        live["expires_in_seconds"]!.ToJsonString().ShouldBe("1");
        live["is_expired"]!.ToJsonString().ShouldBe("false");
        live["max_attempts"]!.ToJsonString().ShouldBe("5");
        live["attempts_remaining"]!.ToJsonString().ShouldBe("5");
        ((string)live["created_at"]!).ShouldBe($"{sentAt:yyyy-MM-ddTHH:mm:ss}+00:00");

        app.Time.Advance(TimeSpan.FromSeconds(1));
        Fails(await VerifyAsync(client, "482913"), "OTP_EXPIRED");
        app.Time.Advance(TimeSpan.FromSeconds(5));
        var expired = await StatusAsync(client);
        expired["has_active_otp"]!.ToJsonString().ShouldBe("false");
        expired["is_expired"]!.ToJsonString().ShouldBe("true");
        expired["expires_in_seconds"]!.ToJsonString().ShouldBe("-5");
        ((string)expired["expires_at"]!).ShouldBe($"{sentAt.AddMinutes(10):yyyy-MM-ddTHH:mm:ss}+00:00");

        app.Time.Advance(TimeSpan.FromDays(1));
        Fails(await VerifyAsync(client, "482913"), "OTP_NOT_FOUND");
        (await StatusAsync(client)).ToJsonString().ShouldBe("""{"has_active_otp":false}""");
        await tenant.GetFresh<OneTimeCodeSweeper>().SweepAsync(default);
        await using var db = tenant.OpenDatabase();
        (await db.OneTimeCodes.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [OnEachEngine]
    public async Task Sweeper_LeavesWhatIsRemembered(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());
        Fails(await VerifyAsync(client, "1"), "INVALID_CODE");

        await tenant.GetFresh<OneTimeCodeSweeper>().SweepAsync(default);

        await using var db = tenant.OpenDatabase();
        (await db.OneTimeCodes.CountAsync()).ShouldBe(1);
        (await db.OneTimeCodeLimits.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [OnEachEngine]
    public async Task Purposes_HaveCodesOfTheirOwn(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "111111", app.Time.GetUtcNow());
        await tenant.AddCodeAsync(Key, "222222", app.Time.GetUtcNow(), purpose: "payment");

        Fails(await VerifyAsync(client, "222222"), "INVALID_CODE");
        var paid = (await client.PostAsync("/auth/verify", new { phone = Phone, code = "222222", purpose = " payment " }))
            .ShouldBe(HttpStatusCode.OK);
        ((string)paid.Data!["purpose"]!).ShouldBe("payment");
        (await VerifyAsync(client, "111111")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("9587422369")] // a local number, in the tenant's country
    [InlineData("(+91) 95874 22369")]
    [InlineData("919587422369")]
    public async Task Phone_InAnySpelling_IsTheSame(string phone)
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());

        var reply = await client.PostAsync("/auth/verify", new { phone, code = "482913" });

        ((string)reply.ShouldBe(HttpStatusCode.OK).Data!["phone"]!).ShouldBe(string.Concat(phone.Where(char.IsAsciiDigit)));
    }

    [Theory]
    [InlineData("{}", "phone", "Phone number is required")]
    [InlineData("""{"phone":" "}""", "phone", "Phone number is required")]
    [InlineData("""{"phone":null}""", "phone", "Phone number is required")]
    [InlineData("""{"phone":919587422369}""", "phone", "Must be a string")]
    [InlineData("""{"phone":"123456789"}""", "phone", "Must be at least 10 characters long")]
    [InlineData("""{"phone":"+91 95874 22369 0000 0"}""", "phone", "Must not be longer than 20 characters")]
    [InlineData("""{"phone":"+9195874x2369"}""", "phone", "The phone number is not valid")]
    [InlineData("""{"phone":"++919587422369"}""", "phone", "The phone number is not valid")]
    [InlineData("""{"phone":"+919587422369","purpose":5}""", "purpose", "Must be a string")]
    [InlineData("""{"phone":"+919587422369","purpose":"a\u0000"}""", "purpose", "The text contains characters that cannot be stored")]
    [InlineData("""{"phone":"+919587422369","purpose":"aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaab"}""", "purpose",
        "Must not be longer than 50 characters")]
    public async Task WrongFields_AreNamed(string body, string field, string message)
    {
        var (_, client) = await (await apps.OnAsync(DatabaseProvider.Sqlite)).NewTenantAsync();

        (await client.PostAsync("/auth/status", body)).ShouldBeInvalid().Errors(field).ShouldBe([message]);
        var verify = (await client.PostAsync("/auth/verify", body)).ShouldBeInvalid();
        verify.Errors(field).ShouldBe([message]);
        verify.Errors("code").ShouldBe(["Verification code is required"]);
    }

    [Theory]
    [InlineData("482913", "Must be a string")]
    [InlineData("\"1234567890123456\"", "Must not be longer than 15 characters")]
    public async Task WrongCodes_AreNamed(string code, string message)
    {
        var (_, client) = await (await apps.OnAsync(DatabaseProvider.Sqlite)).NewTenantAsync();

        (await client.PostAsync("/auth/verify", $$"""{"phone":"+919587422369","code":{{code}}}"""))
            .ShouldBeInvalid()
            .Errors("code")
            .ShouldBe([message]);
    }

    [Fact]
    public async Task SameKey_ReplaysTheAnswer_AndCountsOnce()
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());
        var body = new { phone = Phone, code = "000000" };

        var first = await client.PostAsync("/auth/verify", body, ("Idempotency-Key", "k1"));
        var second = await client.PostAsync("/auth/verify", body, ("Idempotency-Key", "k1"));

        Fails(first, "INVALID_CODE");
        second.Body.ShouldBe(first.Body);
        second.Headers["Idempotency-Replayed"].ShouldBe("true");
        (await StatusAsync(client))["verification_attempts"]!.ToJsonString().ShouldBe("1");
    }

    [Fact]
    public async Task KeyOfARequestThatCameTooOften_IsFreeAgain()
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var (tenant, client) = await app.NewTenantAsync();
        for (var index = 0; index < 10; index++)
        {
            await VerifyAsync(client, "1");
        }

        var body = new { phone = Phone, code = "482913" };
        (await client.PostAsync("/auth/verify", body, ("Idempotency-Key", "k1")))
            .ShouldFail(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await tenant.AddCodeAsync(Key, "482913", app.Time.GetUtcNow());
        (await client.PostAsync("/auth/verify", body, ("Idempotency-Key", "k1"))).ShouldBe(HttpStatusCode.OK);
    }

    private static Task<ApiReply> VerifyAsync(ApiClient client, string code) =>
        client.PostAsync("/auth/verify", new { phone = Phone, code });

    private static async Task<JsonObject> StatusAsync(ApiClient client)
    {
        var reply = (await client.PostAsync("/auth/status", new { phone = Phone })).ShouldBe(HttpStatusCode.OK);
        var data = reply.Data!.AsObject();
        ((string)reply.Json["message"]!).ShouldBe(data.Count == 1 ? "No active OTP found" : "OTP status retrieved successfully");
        return data;
    }

    private static ApiReply Fails(ApiReply reply, string code) => reply.ShouldFail(HttpStatusCode.UnprocessableEntity, code);
}
