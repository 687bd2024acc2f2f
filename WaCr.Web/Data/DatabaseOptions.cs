using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace WaCr.Web.Data;

public enum DatabaseProvider
{
    Sqlite = 0,
    PostgreSQL = 1,
}

/// <summary>The <c>Database</c> section of the configuration.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>In the engine's own format. Default for SQLite: one file in <c>data/</c>.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/wacr.db";

    /// <summary>How long a start waits for PostgreSQL to accept connections.</summary>
    public TimeSpan StartupTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What is wrong with the connection string, in one sentence; null if valid. It is not quoted, since it may hold a password.
    /// </summary>
    public string? Problem => string.IsNullOrWhiteSpace(ConnectionString)
        ? $"Database:ConnectionString is empty; write it like {Example(Provider)}."
        : ProblemAs(Provider) is { } reason
            ? $"Database:ConnectionString cannot be used with {Provider} ({reason}); write it like {Example(Provider)}{Hint}."
            : null;

    private string Hint => Provider == DatabaseProvider.Sqlite && ProblemAs(DatabaseProvider.PostgreSQL) is null
        ? ", or set Database:Provider to PostgreSQL"
        : Provider == DatabaseProvider.PostgreSQL && ProblemAs(DatabaseProvider.Sqlite) is null
            ? ", or set Database:Provider to Sqlite"
            : "";

    private static string Example(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite ? "Data Source=data/wacr.db" : "Host=localhost;Database=wacr;Username=wacr;Password=...";

    private string? ProblemAs(DatabaseProvider provider)
    {
        try
        {
            if (provider == DatabaseProvider.PostgreSQL)
            {
                using var connection = new NpgsqlConnection(ConnectionString); // parses it without connecting
                return new NpgsqlConnectionStringBuilder(ConnectionString).Port is > 0 and <= ushort.MaxValue
                    ? null
                    : "its Port is not between 1 and 65535";
            }

            var sqlite = new SqliteConnectionStringBuilder(ConnectionString);
            return string.IsNullOrWhiteSpace(sqlite.DataSource) ? "it names no Data Source"
                : sqlite.Mode == SqliteOpenMode.Memory
                    || sqlite.DataSource == ":memory:" ? "a database in memory is gone with each connection"
                : sqlite.Mode == SqliteOpenMode.ReadOnly ? "it may only be read"
                : !string.IsNullOrEmpty(sqlite.Password) ? "this build of SQLite cannot open encrypted files"
                : sqlite.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                    ? "its Data Source is an address, not the path of a file"
                : Path.GetFileName(Path.GetFullPath(sqlite.DataSource)).Length == 0 ? "its Data Source is a folder"
                : null;
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or InvalidCastException or OverflowException
            or KeyNotFoundException)
        {
            return unfit.Message.TrimEnd('.');
        }
    }

    /// <summary>With one parameter per element, EF rewrites the SQL for every list, under a lock: a fifth of a list's time.</summary>
    private const ParameterTranslationMode ListsAsOneParameter = ParameterTranslationMode.Parameter;

    internal static void UseSqlite(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.UseParameterizedCollectionMode(ListsAsOneParameter))
        .ConfigureWarnings(LeaveErrorsToTheCaller);

    /// <summary>
    /// For the writer. EF shares its model and its compiled queries among contexts whose options are the same and were set in the same
    /// order (the container sets its services first); it would build both a second time otherwise.
    /// </summary>
    internal static void UseSqlite(DbContextOptionsBuilder options, SqliteConnection connection) => options
        .UseApplicationServiceProvider(IdentitySchema)
        .UseSqlite(connection, sqlite => sqlite.UseParameterizedCollectionMode(ListsAsOneParameter))
        .ConfigureWarnings(LeaveErrorsToTheCaller);

    internal static void UsePostgres(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(
            WithDefaults(connectionString),
            postgres => postgres.SetPostgresVersion(13, 0).UseParameterizedCollectionMode(ListsAsOneParameter))
        .ConfigureWarnings(LeaveErrorsToTheCaller);

    // EF logs each of these errors with its stack and throws it too. Errors that are caught and retried would fill the log, and others
    // would appear three times. OutageLog logs outages, and callers log the rest.
    private static void LeaveErrorsToTheCaller(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
        (CoreEventId.RowLimitingOperationWithoutOrderByWarning, LogLevel.Debug)); // a bounded count or sweep takes any rows

    // Defaults that the connection string may override. Statements stay prepared, but each run is planned for its values: a page of a rare
    // status needs another plan than one of a common status. JIT costs more than our queries take.
    private static string WithDefaults(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.MaxAutoPrepare = builder.MaxAutoPrepare == 0 ? 100 : builder.MaxAutoPrepare;
        builder.Options ??= "-c plan_cache_mode=force_custom_plan -c jit=off";
        return builder.ToString();
    }

    /// <summary>
    /// Identity reads its options while the model is built; every way to create a context must give it the same ones, or the models (and so
    /// the migrations) differ.
    /// </summary>
    internal static void ConfigureIdentitySchema(IdentityOptions identity) =>
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <summary>For contexts created outside the container: the writer's own and the design-time ones.</summary>
    internal static IServiceProvider IdentitySchema { get; } =
        new ServiceCollection().Configure<IdentityOptions>(ConfigureIdentitySchema).BuildServiceProvider();
}
