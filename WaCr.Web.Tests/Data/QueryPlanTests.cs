using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Tests.Support;
using Xunit.Abstractions;

namespace WaCr.Web.Tests.Data;

/// <summary>
/// Asks SQLite how it would run every query that lists and searches send. A table scan or a sort of
/// the whole result is a failure: it works in a demo and falls over at a million rows.
/// </summary>
public sealed class QueryPlanTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ListsAndSearches_NeverScanATableOrSortInATree()
    {
        var recorder = new SelectRecorder();
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddSingleton<IInterceptor>(recorder));
        var tenant = await world.CreateTenantAsync();
        var (few, many) = (await tenant.CreateStatusAsync("Few"), tenant.StatusId);
        var (small, large) = (await tenant.CreateGroupAsync("Small"), await tenant.CreateGroupAsync("Large"));
        await FillAsync(tenant, few, small, large);

        recorder.Start();
        foreach (var query in Queries(tenant, few, many, small, large))
        {
            (await tenant.ListAsync(query)).Items.Count.ShouldBeGreaterThanOrEqualTo(0);
        }

        var selects = recorder.Stop();
        selects.Count.ShouldBeGreaterThan(30);
        var faults = new List<string>();
        foreach (var select in selects)
        {
            var plan = await ExplainAsync(world, select);
            var bad = plan.Where(step => IsFault(step) && !plan.Contains(step.Replace("SCAN", "CO-ROUTINE", StringComparison.Ordinal))).ToList();
            if (bad.Count > 0)
            {
                faults.Add($"{string.Join("\n", plan)}\n{select.Sql}\n");
            }
        }

        faults.ForEach(output.WriteLine);
        faults.ShouldBeEmpty();
    }

    // A virtual table's "scan" is the text index at work, and a co-routine's the reading of a bounded inner query. "LAST TERM" sorts only the rows that are equal in
    // the first field, which is what an index on that field alone can offer for sort=firstname,-created_at.
    private static bool IsFault(string step) =>
        (step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE INDEX", StringComparison.Ordinal))
        || (step.Contains("TEMP B-TREE", StringComparison.Ordinal) && !step.Contains("LAST", StringComparison.Ordinal));

    private static IEnumerable<ContactQuery> Queries(TestTenant tenant, long few, long many, long small, long large)
    {
        FilterTerm[][] narrowings =
        [
            [],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, few)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, many)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.In, few, many)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.NotEqual, few)],
            [FilterTerm.OfNumbers("source_id", FilterOperator.Equal, tenant.SourceId)],
            [FilterTerm.OfNumbers("type", FilterOperator.Equal, (long)ContactType.Lead)],
            [FilterTerm.OfNumbers("type", FilterOperator.NotIn, (long)ContactType.Guest)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.Null, 1)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.Equal, 5)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.Equal, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.In, large, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.NotEqual, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.Null, 1)],
            [FilterTerm.OfNumbers("created_at", FilterOperator.GreaterOrEqual, 1)],
            [FilterTerm.OfNumbers("created_at", FilterOperator.LessThan, 1)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, many), FilterTerm.OfNumbers("type", FilterOperator.Equal, 0)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, few), FilterTerm.OfNumbers("group_id", FilterOperator.Equal, large)],
        ];
        foreach (var filters in narrowings)
        {
            foreach (var search in new[] { null, "na", "name", "name 001", "+91 90000" })
            {
                foreach (var field in ContactSortFields.All)
                {
                    foreach (var descending in new[] { false, true })
                    {
                        yield return new ContactQuery { Filters = filters, Search = search, Sort = [new(field, descending)], Includes = ContactIncludes.All };
                    }
                }

                yield return new ContactQuery { Filters = filters, Search = search, Sort = [new("firstname", false), new("created_at", true)] };
            }
        }
    }

    private static async Task FillAsync(TestTenant tenant, long few, long small, long large)
    {
        for (var batch = 0; batch < 24; batch++)
        {
            var rows = Enumerable.Range(batch * 100, 100).Select(n => tenant.NewContact($"Name {n:D4}") with
            {
                StatusId = n % 100 == 0 ? few : tenant.StatusId,
                Groups = n % 50 == 0 ? new[] { small, large } : new[] { large },
            });
            await tenant.Batch.CreateAsync([.. rows], new BatchOptions(), default).OrThrowAsync();
        }
    }

    private static async Task<List<string>> ExplainAsync(TestWorld world, Recorded select)
    {
        await using var connection = new SqliteConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + select.Sql;
        foreach (var (name, value) in select.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        return plan;
    }

    private sealed record Recorded(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

    private sealed class SelectRecorder : DbCommandInterceptor
    {
        private readonly Dictionary<string, Recorded> _selects = new(StringComparer.Ordinal);
        private bool _recording;

        public void Start() => _recording = true;

        public List<Recorded> Stop()
        {
            _recording = false;
            return [.. _selects.Values];
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (_recording)
            {
                lock (_selects)
                {
                    _selects.TryAdd(command.CommandText, new Recorded(
                        command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
                }
            }

            return ValueTask.FromResult(result);
        }
    }
}
