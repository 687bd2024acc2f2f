namespace WaCr.Web.Tests.Api;

/// <summary>What a sync makes of answers that are not as they should be.</summary>
public sealed class TemplateSyncAnswersTests(TestApps apps) : IClassFixture<TestApps>
{
    private const string Good =
        """{"id":"1","name":"good","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hi"}]}""";

    private const string Other =
        """{"id":"2","name":"other","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hi"}]}""";

    private const string OtherWithoutComponents = """{"id":"2","name":"other","language":"en","status":"APPROVED","category":"UTILITY"}""";

    [Theory, OnEachEngine]
    public async Task TemplateThatCannotBeRead_IsNamed_AndStaysAsItWas(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        app.Graph.Answers(HttpStatusCode.OK, $$"""{"data":[{{Good}},{{Other}}]}""")
            .Answers(HttpStatusCode.OK, $$"""{"data":[{{Good}},{{OtherWithoutComponents}}]}""");
        (await client.PostAsync("/templates/sync", "{}")).ShouldBe(HttpStatusCode.OK).Data!["skipped"]!.ToJsonString().ShouldBe("[]");
        app.Time.Advance(TimeSpan.FromHours(1));

        var synced = (await client.PostAsync("/templates/sync", "{}")).ShouldBe(HttpStatusCode.OK);

        synced.Data!["skipped"]!.ToJsonString().ShouldBe("""["other"]""");
        ((int)synced.Data["deleted"]!).ShouldBe(0);
        (await client.GetAsync("/templates?sort=template_name")).Texts("template_name").ShouldBe(["good", "other"]);
    }

    [Theory, OnEachEngine]
    public async Task TemplateWithATextThatCannotBeStored_IsLeftOut(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var inName = Other.Replace("\"other\"", "\"x\\ud83d\"", StringComparison.Ordinal);
        var inText = Other.Replace("\"Hi\"", "\"x\\ud83d\"", StringComparison.Ordinal);
        var withNul = Other.Replace("\"Hi\"", "\"x\\u0000\"", StringComparison.Ordinal).Replace("other", "nul", StringComparison.Ordinal);
        var inReason = Good.Replace(
            "\"category\"", "\"rejected_reason\":\"\\ud83d\",\"quality_score\":{\"score\":\"\\ud83d\"},\"category\"", StringComparison.Ordinal);
        app.Graph.Answers(HttpStatusCode.OK, $$"""{"data":[{{inReason}},{{inName}},{{inText}},{{withNul}}]}""");

        var synced = (await client.PostAsync("/templates/sync", "{}")).ShouldBe(HttpStatusCode.OK);

        synced.Data!["skipped"]!.ToJsonString().ShouldBe("""["?","other","nul"]""");
        (await client.GetAsync("/templates")).Texts("template_name").ShouldBe(["good"]);
    }

    [Theory, OnEachEngine]
    public async Task CursorThatComesAgain_EndsTheSync_AndRemovesNothing(DatabaseProvider engine)
    {
        const string paging = "\"paging\":{\"cursors\":{\"after\":\"A\"},\"next\":\"https://graph.facebook.com/x\"}";
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        app.Graph.Answers(HttpStatusCode.OK, $$$"""{"data":[{{{Good}}}],{{{paging}}}}""")
            .Answers(HttpStatusCode.OK, $$$"""{"data":[{{{Other}}}],{{{paging}}}}""");

        var refused = (await client.PostAsync("/templates/sync", "{}")).ShouldFail(HttpStatusCode.InternalServerError, "INTERNAL_ERROR");

        ((string)refused.Json["error"]!["details"]!["message"]!).ShouldBe("WhatsApp's list leads in a circle");
        (await client.GetAsync("/templates?sort=template_name")).Texts("template_name").ShouldBe(["good", "other"]);
    }
}
