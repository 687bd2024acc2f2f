using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Faults;

public sealed class PostgresOutageTests
{
    private const string OperatorToken = "a-token-of-the-operator";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, OnPostgres]
    public async Task Unreachable_ReadsAndWritesAnswer503_AndAllIsWellAfterwards(DatabaseProvider engine)
    {
        var server = new NpgsqlConnectionStringBuilder(PostgresDatabases.Server);
        await using var relay = new TcpRelay(server.Host!, server.Port).Open();
        var app = new TestApp
        {
            Engine = engine,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Telemetry:Token"] = OperatorToken },
            Through = connection =>
                new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = relay.Port, Timeout = 2 }.ToString(),
        };
        await app.InitializeAsync();
        try
        {
            var (tenant, client) = await app.NewTenantAsync();
            var created = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant))).ShouldBe(HttpStatusCode.Created);

            var token = await TestApp.CreateTokenAsync(tenant, [Permissions.ContactsRead]);
            using var browser = new HttpClient
            {
                BaseAddress = app.Address,
                DefaultRequestHeaders = { { "Accept", "text/html" }, { "Accept-Language", "pt" } },
            };
            using var staff = await StaffSession.SignInAsync(app, tenant, Role.Owner);
            (await browser.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

            await relay.CutAsync();
            (await browser.GetAsync(new Uri("health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
            await BecomesAsync(browser, HttpStatusCode.ServiceUnavailable);
            using var page = await browser.GetAsync(new Uri("account/sign-in", UriKind.Relative));
            page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            page.Headers.RetryAfter.ShouldNotBeNull();
            (await page.Content.ReadAsStringAsync()).ShouldContain("O banco de dados n");
            (await client.GetAsync("/contacts")).Headers.ShouldContainKey("Retry-After");
            (await client.GetAsync("/contacts")).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
            (await client.GetAsync($"/contacts/{created.Id}")).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
            (await client.PostAsync("/groups", new { name = "A" })).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE")
                .Headers.ShouldContainKey("Retry-After");
            (await client.PostAsync("/groups", new { name = "B" }, ("Idempotency-Key", "b")))
                .ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");

            // An operator may be signed in as well, with a session that cannot be checked.
            using var question = new HttpRequestMessage(HttpMethod.Get, new Uri("operator", UriKind.Relative));
            question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
            question.Headers.Accept.ParseAdd("text/html");
            using var operation = await staff.SendAsync(question);
            operation.StatusCode.ShouldBe(HttpStatusCode.OK);
            var report = await operation.Content.ReadAsStringAsync();
            report.ShouldContain("The database does not respond.");
            report.ShouldContain("OutboxLoop");
            report.ShouldContain("Outbox</bdi>");

            using var call = new HttpRequestMessage(HttpMethod.Post, new Uri("mcp", UriKind.Relative));
            call.Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json");
            call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
            using var refused = await browser.SendAsync(call);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();

            relay.Open();
            await BecomesAsync(browser, HttpStatusCode.OK);
            (await client.GetAsync("/contacts")).ShouldBe(HttpStatusCode.OK);
            (await client.PostAsync("/groups", new { name = "A" })).ShouldBe(HttpStatusCode.Created);
            (await client.PostAsync("/groups", new { name = "B" }, ("Idempotency-Key", "b"))).ShouldBe(HttpStatusCode.Created);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    // An answer is kept for a second.
    private static Task BecomesAsync(HttpClient client, HttpStatusCode readiness) => Eventually.HoldsAsync(
        async () =>
            (await client.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode == readiness, Patience,
            TimeSpan.FromMilliseconds(100));
}
