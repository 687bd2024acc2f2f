namespace WaCr.Web.Tests.Api;

/// <summary>What a refusal means beyond its message is the same for a send that somebody waits for as for the outbox.</summary>
public sealed class DirectRefusalTests(TestApps apps) : IClassFixture<TestApps>
{
    [Theory, OnEachEngine]
    public async Task NoMarketing_OptsTheContactOutOfMarketing(DatabaseProvider engine)
    {
        var (app, tenant, client, contact) = await NewWriterAsync(engine);
        app.Graph.Refuses(131050);

        (await SendAsync(client, contact.Phone)).ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");

        var consent = (await client.GetAsync($"/contacts/{contact.Id}")).ShouldBe(HttpStatusCode.OK).Data!["consent"]!;
        ((string)consent["marketing"]!).ShouldBe("denied");
        ((string)consent["service"]!).ShouldBe("allowed");
        await using var db = tenant.OpenDatabase();
        (await db.ConsentRecords.SingleAsync()).Purpose.ShouldBe(ConsentPurpose.Marketing);
    }

    [Theory, OnEachEngine]
    public async Task RestrictedAccount_PausesTheChannel(DatabaseProvider engine)
    {
        foreach (var code in new[] { 368, 131031, 131048 })
        {
            var (app, tenant, client, contact) = await NewWriterAsync(engine);
            app.Graph.Refuses(code, "Restricted.");

            (await SendAsync(client, contact.Phone)).ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");

            await using var db = tenant.OpenDatabase();
            var channel = await db.Channels.SingleAsync();
            channel.PausedAt.ShouldNotBeNull($"{code}");
            channel.CredentialRefusedAt.ShouldBeNull();
            channel.CredentialError.ShouldBe("Restricted.");
        }
    }

    [Theory, OnEachEngine]
    public async Task Throttled_TellsHowLong_AndHoldsTheChannelBack(DatabaseProvider engine)
    {
        var (app, tenant, client, contact) = await NewWriterAsync(engine);
        app.Graph.Answers(HttpStatusCode.TooManyRequests, "", retryAfter: TimeSpan.FromHours(1));

        var reply = (await SendAsync(client, contact.Phone)).ShouldFail(HttpStatusCode.InternalServerError, "MESSAGE_SEND_FAILED");

        reply.Headers["Retry-After"].ShouldBe("3600");
        reply.Json["error"]!["details"]!["retry_after"]!.GetValue<int>().ShouldBe(3600);
        reply.Json["error"]!["details"]!["may_have_been_sent"]!.GetValue<bool>().ShouldBeFalse();
        await using var db = tenant.OpenDatabase();
        (await db.Channels.SingleAsync()).PacedUntil!.Value.ShouldBeGreaterThan(app.Time.GetUtcNow().AddMinutes(59));
    }

    private async Task<(
        TestApp App, TestTenant Tenant, ApiClient Client,
        WaCr.Web.Features.Contacts.ContactDetails Contact)> NewWriterAsync(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        return (app, tenant, client, await tenant.CreateWriterAsync(app.Time));
    }

    private static Task<ApiReply> SendAsync(ApiClient client, string phone) =>
        client.PostAsync("/messages/text", new { phone, message = "Hello" });
}
