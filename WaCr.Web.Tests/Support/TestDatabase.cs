using Microsoft.Data.Sqlite;
using Npgsql;

namespace WaCr.Web.Tests.Support;

/// <summary>An empty, migrated database that a test has for itself: a copy of one that was migrated once.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("wacr-tests-").FullName;
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MigrateSqliteTemplateAsync);

    private bool _isMigrated;

    private TestDatabase(DatabaseProvider provider, string connectionString)
    {
        Provider = provider;
        ConnectionString = connectionString;
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = NewFile();
            await CopyMigratedAsync(file);
            return new TestDatabase(provider, $"Data Source={file}");
        }

        var name = await PostgresDatabases.TakeAsync();
        return new TestDatabase(provider, PostgresDatabases.On(name)) { _isMigrated = true };
    }

    /// <summary>A SQLite file that <paramref name="write"/> makes at the path it is given.</summary>
    public static async Task<TestDatabase> OfFileAsync(Func<string, Task> write)
    {
        var file = NewFile();
        await write(file);
        return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={file}");
    }

    /// <summary>A PostgreSQL database as the script makes it.</summary>
    public static async Task<TestDatabase> OfScriptAsync(string sql)
    {
        var name = PostgresDatabases.NewName();
        await PostgresDatabases.ExecuteOnServerAsync($"CREATE DATABASE {name}");
        await using var connection = new NpgsqlConnection(PostgresDatabases.On(name) + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return new TestDatabase(DatabaseProvider.PostgreSQL, PostgresDatabases.On(name));
    }

    /// <summary>One without a table; of SQLite not even the file is there.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return new TestDatabase(provider, $"Data Source={NewFile()}");
        }

        var name = PostgresDatabases.NewName();
        await PostgresDatabases.ExecuteOnServerAsync($"CREATE DATABASE {name}");
        return new TestDatabase(provider, PostgresDatabases.On(name));
    }

    /// <summary>The folder of a database's files: a sweeper deletes what its own database does not know, also another test's.</summary>
    internal static string FilesOf(DatabaseProvider provider, string connectionString) => provider == DatabaseProvider.Sqlite
        ? new SqliteConnectionStringBuilder(connectionString).DataSource + "-files"
        : Path.Combine(Folder, new NpgsqlConnectionStringBuilder(connectionString).Database + "-files");

    public async ValueTask DisposeAsync()
    {
        if (FilesOf(Provider, ConnectionString) is var files && Directory.Exists(files))
        {
            Directory.Delete(files, recursive: true);
        }

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

        var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database!;
        await (_isMigrated ? PostgresDatabases.GiveBackAsync(name) : PostgresDatabases.DropAsync(name));
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

    /// <summary>A migrated SQLite file, in much less time than its migration takes.</summary>
    internal static async Task CopyMigratedAsync(string file) => File.Copy(await SqliteTemplate.Value, file);

    internal static async Task MigrateAsync(DatabaseProvider provider, string connectionString)
    {
        await using var services = TestServices.Build(provider, connectionString);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(mayCreateDatabase: false, CancellationToken.None);
    }

    private static string NewFile() => Path.Combine(Folder, $"wacr_{Guid.NewGuid():N}.db");
}
