using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WaCr.Web.Data;

namespace WaCr.Web.Tests.Support;

/// <summary>An empty, migrated database of its own for each test: a copy of one that was migrated once.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("wacr-tests-").FullName;
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MigrateSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MigratePostgresTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);

    private TestDatabase(DatabaseProvider provider, string connectionString)
    {
        Provider = provider;
        ConnectionString = connectionString;
    }

    /// <summary>A server on which tests may create databases, from the environment; null where there is none.</summary>
    public static string? PostgresServer => Environment.GetEnvironmentVariable("WACR_TEST_POSTGRES");

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        var name = $"wacr_{Guid.NewGuid():N}";
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(Folder, name + ".db");
            File.Copy(await SqliteTemplate.Value, file);
            return new TestDatabase(provider, $"Data Source={file}");
        }

        var template = await PostgresTemplate.Value;
        await OneCopyAtATime.WaitAsync(); // PostgreSQL refuses to copy a template twice at once
        try
        {
            // The other strategy writes every page to the log as well: twice the time.
            await ExecuteOnServerAsync($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        }
        finally
        {
            OneCopyAtATime.Release();
        }

        return new TestDatabase(provider, On(name));
    }

    /// <summary>A SQLite file that <paramref name="write"/> makes at the path it is given.</summary>
    public static async Task<TestDatabase> OfFileAsync(Func<string, Task> write)
    {
        var file = Path.Combine(Folder, $"wacr_{Guid.NewGuid():N}.db");
        await write(file);
        return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={file}");
    }

    /// <summary>A PostgreSQL database as the script makes it.</summary>
    public static async Task<TestDatabase> OfScriptAsync(string sql)
    {
        var name = $"wacr_{Guid.NewGuid():N}";
        await ExecuteOnServerAsync($"CREATE DATABASE {name}");
        await using var connection = new NpgsqlConnection(On(name) + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return new TestDatabase(DatabaseProvider.PostgreSQL, On(name));
    }

    /// <summary>One without a table; of SQLite not even the file is there.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider)
    {
        var name = $"wacr_{Guid.NewGuid():N}";
        if (provider == DatabaseProvider.Sqlite)
        {
            return new TestDatabase(provider, $"Data Source={Path.Combine(Folder, name + ".db")}");
        }

        await ExecuteOnServerAsync($"CREATE DATABASE {name}");
        return new TestDatabase(provider, On(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            using (var connection = new SqliteConnection(ConnectionString))
            {
                SqliteConnection.ClearPool(connection);
            }

            foreach (var file in Directory.GetFiles(Folder,
                Path.GetFileName(new SqliteConnectionStringBuilder(ConnectionString).DataSource) + "*"))
            {
                File.Delete(file);
            }

            return;
        }

        await ExecuteOnServerAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
    }

    private static async Task<string> MigrateSqliteTemplateAsync()
    {
        var file = Path.Combine(Folder, "template.db");
        await MigrateAsync(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=False");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
        return file;
    }

    private static async Task<string> MigratePostgresTemplateAsync()
    {
        var name = $"wacr_template_{Environment.ProcessId}";
        await ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {name}");
        await ExecuteOnServerAsync($"CREATE DATABASE {name}");
        await MigrateAsync(DatabaseProvider.PostgreSQL, On(name) + ";Pooling=False");
        return name;
    }

    private static async Task MigrateAsync(DatabaseProvider provider, string connectionString)
    {
        await using var services = TestServices.Build(provider, connectionString);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(mayCreateDatabase: false, CancellationToken.None);
    }

    private static string On(string database) =>
        new NpgsqlConnectionStringBuilder(PostgresServer) { Database = database, MaxPoolSize = 20 }.ToString();

    public static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
