using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Domain;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Bench;

/// <summary>
/// Makes one tenant with many contacts in the configured database. The rows are the product's own (its entity makes
/// the keys, its bulk insert writes them); only the indexes are built afterwards or beside it, and nothing waits for the disk.
/// </summary>
internal static class Fill
{
    private const int ChunkSize = 10_000;
    private const int MaxRateLimit = 1_000_000;

    public static async Task RunAsync(int count, string folder)
    {
        await using var bench = await BenchServices.BuildAsync();
        var (statuses, sources, token) = await CreateTenantAsync(bench.Services);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "token"), token);
        await File.WriteAllLinesAsync(Path.Combine(folder, "statuses"), statuses.Select(id => $"{id}"));
        await File.WriteAllLinesAsync(Path.Combine(folder, "terms"), SearchTerms.From(count, howMany: 4000));

        await using var db = await ConnectAsync(bench.Services, bench.Options);
        var started = Stopwatch.GetTimestamp();
        await LoadAsync(db, count, statuses, sources, bench.Get<TenantContext>());
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Console.Error.WriteLineAsync($"{count} contacts in {seconds:F1} s with all indexes: {count / seconds:F0} rows/s");
    }

    internal static async Task<(List<long> Statuses, List<long> Sources, string Token)> CreateTenantAsync(IServiceProvider services)
    {
        var request = new CreateTenant("Bench", "bench", "business", "IN");
        (await services.GetRequiredService<TenantService>().CreateAsync(request, ChangeOrigin.CommandLine, CancellationToken.None))
            .OrThrow();
        var statuses = await CreateAsync<Status>(services, "Contacted", "Qualified", "Proposal", "Won", "Lost");
        var sources = await CreateAsync<Source>(services, "Website", "WhatsApp", "Referral", "Import");
        (await services.GetRequiredService<PlanService>().SetApiCallsPerMinuteAsync("business", Plan.Unlimited, CancellationToken.None))
            .OrThrow();
        var token = await services.GetRequiredService<ApiTokenService>().CreateAsync(
            new CreateApiToken("Bench", [.. Permissions.ApiScopes], MaxRateLimit, ExpiresAt: null), CancellationToken.None);
        return (statuses, sources, token.OrThrow().Secret);
    }

    private static async Task<List<long>> CreateAsync<TLookup>(IServiceProvider services, params string[] names)
        where TLookup : Lookup, new()
    {
        var ids = new List<long>();
        foreach (var name in names)
        {
            var created = await services.GetRequiredService<LookupService<TLookup>>()
                .CreateAsync(new LookupPatch { Name = name }, CancellationToken.None);
            ids.Add(created.OrThrow().Id);
        }

        return ids;
    }

    internal static async Task<AppDbContext> ConnectAsync(IServiceProvider services, DatabaseOptions options)
    {
        if (options.Provider == DatabaseProvider.PostgreSQL)
        {
            var postgres = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            postgres.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
            await postgres.Database.OpenConnectionAsync();
            await postgres.Database.ExecuteSqlRawAsync("SET synchronous_commit=off; SET maintenance_work_mem='512MB'");
            return postgres;
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        SqliteConnections.RegisterFunctions(connection);
        var builder = new DbContextOptionsBuilder<SqliteAppDbContext>();
        DatabaseOptions.UseSqlite(builder, connection);
        var sqlite = new SqliteAppDbContext(builder.Options);
        sqlite.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        sqlite.Bind(services.GetRequiredService<TenantContext>(), TimeProvider.System);
        await sqlite.Database.ExecuteSqlRawAsync(
            "PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=100000; PRAGMA threads=2;");
        return sqlite;
    }

    private static async Task LoadAsync(AppDbContext db, int count, List<long> statuses, List<long> sources, TenantContext tenant)
    {
        var indexes = await Indexes.TakeDownAsync(db, "Contacts");
        await using var text = await TextIndexBuild.BeginAsync(db);
        var next = Task.Run(() => Chunk(0));
        for (var from = 0; from < count; from += ChunkSize)
        {
            var rows = await next;
            var following = from + ChunkSize;
            next = Task.Run(() => Chunk(following));
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.BulkInsertAsync(rows);
            await transaction.CommitAsync();
            text?.Add(rows);
        }

        await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts)
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, count));
        await indexes.PutBackAsync(db, text);

        List<Contact> Chunk(int from)
        {
            var now = TimeProvider.System.UtcNowInSeconds();
            var rows = new List<Contact>(ChunkSize);
            for (var index = from; index < Math.Min(from + ChunkSize, count); index++)
            {
                var contact = People.Create(index);
                contact.Id = index + 1;
                contact.TenantId = tenant.TenantId;
                contact.StatusId = statuses[index * 7 % 11 % statuses.Count];
                contact.SourceId = sources[index % sources.Count];
                contact.CreatedAt = contact.UpdatedAt = now.AddSeconds(-60.0 * (count - index));
                contact.Version = 1;
                rows.Add(contact);
            }

            return rows;
        }
    }
}
