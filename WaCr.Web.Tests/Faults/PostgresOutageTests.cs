using System.Net;
using Npgsql;
using WaCr.Web.Data;
using WaCr.Web.Tests.Support;

namespace WaCr.Web.Tests.Faults;

public sealed class PostgresOutageTests
{
    [Theory, OnPostgres]
    public async Task Unreachable_ReadsAndWritesAnswer503_AndAllIsWellAfterwards(DatabaseProvider engine)
    {
        var server = new NpgsqlConnectionStringBuilder(TestDatabase.PostgresServer);
        await using var relay = new TcpRelay(server.Host!, server.Port).Open();
        var app = new TestApp
        {
            Engine = engine,
            Through = connection => new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = relay.Port, Timeout = 2 }.ToString(),
        };
        await app.InitializeAsync();
        try
        {
            var (tenant, client) = await app.NewTenantAsync();
            var created = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant))).ShouldBe(HttpStatusCode.Created);

            await relay.CutAsync();
            (await client.GetAsync("/contacts")).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
            (await client.GetAsync($"/contacts/{created.Id}")).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
            (await client.PostAsync("/groups", new { name = "A" })).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE")
                .Headers.ShouldContainKey("Retry-After");
            (await client.PostAsync("/groups", new { name = "B" }, ("Idempotency-Key", "b"))).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");

            relay.Open();
            (await client.GetAsync("/contacts")).ShouldBe(HttpStatusCode.OK);
            (await client.PostAsync("/groups", new { name = "A" })).ShouldBe(HttpStatusCode.Created);
            (await client.PostAsync("/groups", new { name = "B" }, ("Idempotency-Key", "b"))).ShouldBe(HttpStatusCode.Created);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }
}
