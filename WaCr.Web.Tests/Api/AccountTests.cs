namespace WaCr.Web.Tests.Api;

public sealed class AccountTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Account_WithoutSubscription_IsFree()
    {
        var (tenant, client) = await app.NewTenantAsync(null);

        var reply = (await client.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("Account information retrieved successfully");
        reply.Id.ShouldBe(tenant.Id);
        ((string)reply.Data!["status"]!).ShouldBe("active");
        reply.Data["subscription"]!.ToJsonString().ShouldBe("""{"plan_name":"Free","plan_id":null,"status":null,"expires_at":null}""");
        (await client.GetAsync("/account?fields=subdomain")).Data!.AsObject().Select(field => field.Key).ShouldBe(["id", "subdomain"]);
    }

    [Fact]
    public async Task Usage_OfALimitedPlan_IsCounted()
    {
        var (tenant, client) = await app.NewTenantAsync(null);
        await tenant.CreateContactAsync();

        var reply = (await client.GetAsync("/account/usage")).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("Usage statistics retrieved successfully");
        reply.Data!.AsObject().Select(metric => metric.Key).ShouldBe(["contacts", "conversations", "campaigns", "staff"]);
        reply.Data["contacts"]!.ToJsonString().ShouldBe(
            """{"current":1,"limit":500,"remaining":499,"percentage_used":0.2,"is_unlimited":false}""");
    }

    [Fact]
    public async Task Usage_OfAnUnlimitedPlan_HasNoPercentage()
    {
        var (_, client) = await app.NewTenantAsync();

        (await client.GetAsync("/account/usage")).Data!["contacts"]!.ToJsonString()
            .ShouldBe("""{"current":0,"limit":-1,"remaining":null,"percentage_used":0,"is_unlimited":true}""");
    }

    [Fact]
    public async Task Limits_TellThePlansAndTheTokensOwn()
    {
        using var client = app.ClientFor(await TestApp.CreateTokenAsync(await app.CreateTenantAsync("starter"), rateLimit: 77));

        var reply = (await client.GetAsync("/account/limits")).ShouldBe(HttpStatusCode.OK);

        ((string)reply.Json["message"]!).ShouldBe("Plan limits retrieved successfully");
        reply.Data!["limits"]!.ToJsonString().ShouldBe(
            """
            {"contacts":{"limit":10000,"feature_name":"Total Contacts","is_unlimited":false},"conversations":{"limit":2000,"feature_name":"Conversations per Month","is_unlimited":false},"campaigns":{"limit":10,"feature_name":"Active Campaigns","is_unlimited":false},"staff":{"limit":5,"feature_name":"Team Members","is_unlimited":false},"api_calls_per_minute":{"limit":77,"feature_name":"API Calls per Minute","is_unlimited":false}}
            """);
        reply.Data["features"]!.ToJsonString().ShouldBe(
            """{"whatsapp_templates":true,"bulk_messaging":true,"chatbot":false,"advanced_analytics":false,"api_access":true,"custom_branding":false}""");
    }
}
