using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit.Abstractions;

namespace WaCr.Web.Tests.Api;

/// <summary>How many statements an operation sends: over a network each is a wait.</summary>
public sealed class RoundTripTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly SentStatements _sent = new();
    private TestApp _app = null!;

    public async Task InitializeAsync()
    {
        var engine = PostgresDatabases.Server is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSQL;
        _app = new TestApp { Engine = engine, More = AddServices };
        await _app.InitializeAsync();
    }

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task HotOperations_SendNoMoreStatementsThanTheyNeed()
    {
        var (tenant, client) = await _app.NewTenantAsync();
        var group = await tenant.CreateGroupAsync("Wholesale");
        var id = (await client.PostAsync("/contacts", ApiBodies.Contact(tenant, ("groups", new JsonArray(group))))).Id;
        await client.GetAsync($"/contacts/{id}"); // leases the minute's first calls

        var counts = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["get"] = await CountAsync(() => client.GetAsync($"/contacts/{id}")),
            ["list"] = await CountAsync(() => client.GetAsync("/contacts?per_page=20")),
            ["search"] = await CountAsync(() => client.GetAsync($"/contacts?per_page=20&search=asha&filter[status_id]={tenant.StatusId}")),
            ["patch"] = await CountAsync(() => client.PatchAsync($"/contacts/{id}", new { city = "Pune" })),
            ["create"] = await CountAsync(() => client.PostAsync("/contacts", ApiBodies.Contact(tenant))),
            ["batch of 20"] = await CountAsync(() => client.PostAsync(
                "/contacts/batch", new { contacts = Enumerable.Range(0, 20).Select(_ => ApiBodies.Contact(tenant)) })),
        };

        // The token is one, a commit is one, and an answer reads groups, source and status of what was written.
        var most = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["get"] = 3,
            ["list"] = 3,
            ["search"] = 4,
            ["patch"] = 10,
            ["create"] = 13,
            ["batch of 20"] = 11,
        };
        counts.Where(one => one.Value > most[one.Key]).ShouldBeEmpty();
    }

    private async Task<int> CountAsync(Func<Task<ApiReply>> call)
    {
        _sent.Statements.Clear();
        ((int)(await call()).Status).ShouldBeInRange(200, 299);
        var sent = _sent.Statements.Where(sql => !Background(sql)).ToList();
        sent.ForEach(sql => output.WriteLine("  " + sql.ReplaceLineEndings(" ")));
        return sent.Count;
    }

    private void AddServices(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(_sent).AddSingleton<IInterceptor, TenantInStatements>();

    // Loops look for work of any tenant meanwhile.
    private static bool Background(string sql) =>
        sql.Contains("FROM \"Tenants\" AS", StringComparison.Ordinal)
        || sql.Contains("INNER JOIN \"Tenants\" AS t ON c.\"TenantId\"", StringComparison.Ordinal);

    private sealed class SentStatements : DbCommandInterceptor, IDbTransactionInterceptor
    {
        public ConcurrentQueue<string> Statements { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Statements.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Statements.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Statements.Enqueue("COMMIT");
            return Task.CompletedTask;
        }
    }
}
