using System.Text;

namespace WaCr.Web.Tests.Api;

public sealed class WhatsAppWebhookTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/webhooks/whatsapp";
    private static int _numbers;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };

    [Fact]
    public async Task Handshake_WithTheVerifyToken_SaysTheChallengeBack()
    {
        var (_, number) = await CreateAsync();

        using var answer = await _http.GetAsync(
            new Uri($"{Path}?hub.mode=subscribe&hub.verify_token=verify-{number}&hub.challenge=1158201444", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("1158201444");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1")]
    [InlineData("?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1")]
    [InlineData("?hub.mode=unsubscribe&hub.verify_token=verify-{number}&hub.challenge=1")]
    [InlineData("?hub.mode=subscribe&hub.verify_token=verify-{number}")]
    public async Task Handshake_ThatIsNotRight_Answers403WithNothing(string query)
    {
        var (_, number) = await CreateAsync();

        using var answer = await _http.GetAsync(
            new Uri(Path + query.Replace("{number}", number, StringComparison.Ordinal), UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SignedWebhook_IsTaken_AndShowsAsAMessage()
    {
        var (tenant, number) = await CreateAsync();
        var body = MetaWebhook.Text($"wamid.{number}", "447700900123", "Hello", app.Time.GetUtcNow(), number: number);

        (await PostAsync(body, MetaWebhook.Sign(body))).ShouldBe(HttpStatusCode.OK);

        await using var db = tenant.OpenDatabase();
        await Eventually.HoldsAsync(
            () => db.Messages.AnyAsync(m => m.Wamid == $"wamid.{number}" && m.Text == "Hello"), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task WebhookThatProvesNothing_Answers403()
    {
        var (tenant, number) = await CreateAsync();
        var body = MetaWebhook.Text($"wamid.{number}", "447700900123", "Hello", app.Time.GetUtcNow(), number: number);
        var stranger = MetaWebhook.Text($"wamid.{number}", "447700900123", "Hello", app.Time.GetUtcNow(), number: "1");

        (await PostAsync(body, null)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(body, "sha256=00")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(body, MetaWebhook.Sign(body, "another"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(stranger, MetaWebhook.Sign(stranger, "another"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("", MetaWebhook.Sign(""))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("no JSON", MetaWebhook.Sign("no JSON"))).ShouldBe(HttpStatusCode.Forbidden);
        await using var db = tenant.OpenDatabase();
        (await db.WebhookEvents.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task TestOfMetasDashboard_IsAnswered200()
    {
        await CreateAsync();
        var test = MetaWebhook.Text("ABGGFlA5Fpa", "16315551181", "this is a text message", app.Time.GetUtcNow(), number: "123456123")
            .Replace(MetaWebhook.BusinessAccountId, "0", StringComparison.Ordinal);

        (await PostAsync(test, MetaWebhook.Sign(test))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WebhookThatIsTooLarge_Answers413()
    {
        var body = new string(' ', (3 * 1024 * 1024) + 1);

        (await PostAsync(body, MetaWebhook.Sign(body))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task<(TestTenant Tenant, string Number)> CreateAsync()
    {
        var tenant = await app.CreateTenantAsync();
        var number = $"{500_000 + Interlocked.Increment(ref _numbers)}";
        await MessagingWorld.AddChannelAsync(tenant, number);
        return (tenant, number);
    }

    private async Task<HttpStatusCode> PostAsync(string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (signature is not null)
        {
            request.Headers.Add("X-Hub-Signature-256", signature);
        }

        using var answer = await _http.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        return answer.StatusCode;
    }
}
