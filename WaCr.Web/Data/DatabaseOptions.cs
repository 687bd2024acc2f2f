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

    /// <summary>In the engine's own form. For SQLite the default is one file under <c>data/</c>.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/wacr.db";

    /// <summary>How long a start waits for PostgreSQL to take connections.</summary>
    public TimeSpan StartupTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// One sentence about what is wrong with the connection string; null where nothing is. It is not repeated: it may hold a password.
    /// </summary>
    public string? Problem => string.IsNullOrWhiteSpace(ConnectionString)
        ? $"Database:ConnectionString is empty; write it like {Example(Provider)}."
        : ProblemAs(Provider) is { } reason
            ? $"Database:ConnectionString cannot be used with {Provider} ({reason}); write it like {Example(Provider)}{Hint}."
            : null;

    private string Hint => Provider == DatabaseProvider.Sqlite && ProblemAs(DatabaseProvider.PostgreSQL) is null
        ? ", or set Database:Provider to PostgreSQL"
        : Provider == DatabaseProvider.PostgreSQL && ProblemAs(DatabaseProvider.Sqlite) is null ? ", or set Database:Provider to Sqlite" : "";

    private static string Example(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite ? "Data Source=data/wacr.db" : "Host=localhost;Database=wacr;Username=wacr;Password=...";

    private string? ProblemAs(DatabaseProvider provider)
    {
        try
        {
            if (provider == DatabaseProvider.PostgreSQL)
            {
                using var connection = new NpgsqlConnection(ConnectionString); // reads and checks it, and connects to nobody
                return null;
            }

            var sqlite = new SqliteConnectionStringBuilder(ConnectionString);
            return string.IsNullOrWhiteSpace(sqlite.DataSource) ? "it names no Data Source"
                : sqlite.Mode == SqliteOpenMode.Memory || sqlite.DataSource == ":memory:" ? "a database in memory is gone with each connection"
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

    /// <summary>With a parameter an element EF writes the SQL anew each time, under a lock: a fifth of a list's time.</summary>
    private const ParameterTranslationMode ListsAsOneParameter = ParameterTranslationMode.Parameter;

    internal static void UseSqlite(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.UseParameterizedCollectionMode(ListsAsOneParameter))
        .ConfigureWarnings(LeaveErrorsToTheCaller);

    internal static void UseSqlite(DbContextOptionsBuilder options, SqliteConnection connection) => options
        .UseSqlite(connection, sqlite => sqlite.UseParameterizedCollectionMode(ListsAsOneParameter))
        .UseApplicationServiceProvider(IdentitySchema);

    internal static void UsePostgres(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(WithDefaults(connectionString), postgres => postgres.SetPostgresVersion(13, 0).UseParameterizedCollectionMode(ListsAsOneParameter))
        .ConfigureWarnings(LeaveErrorsToTheCaller);

    // EF logs each of these as an error with its stack and throws it as well: what is caught, run again and answered rightly would fill the log,
    // and what is not would stand there three times. Outages are OutageLog's, the rest is logged by whoever asked.
    private static void LeaveErrorsToTheCaller(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug));

    // What a connection string does not say itself. Statements stay prepared, but each run is planned for its own values: a page of a
    // rare status and one of a common status are not the same walk. Compiling plans (JIT) costs more than our queries run.
    private static string WithDefaults(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.MaxAutoPrepare = builder.MaxAutoPrepare == 0 ? 100 : builder.MaxAutoPrepare;
        builder.Options ??= "-c plan_cache_mode=force_custom_plan -c jit=off";
        return builder.ToString();
    }

    /// <summary>
    /// Identity reads its options while the model is built; every way to make a context must give it
    /// the same ones, or the models (and so the migrations) differ.
    /// </summary>
    internal static void ConfigureIdentitySchema(IdentityOptions identity) =>
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <summary>For contexts made outside the container: the writer's own and the design-time ones.</summary>
    internal static IServiceProvider IdentitySchema { get; } =
        new ServiceCollection().Configure<IdentityOptions>(ConfigureIdentitySchema).BuildServiceProvider();
}
