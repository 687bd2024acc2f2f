using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>With a parameter an element EF writes the SQL anew each time, under a lock: a fifth of a list's time.</summary>
    private const ParameterTranslationMode ListsAsOneParameter = ParameterTranslationMode.Parameter;

    internal static void UseSqlite(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString, sqlite => sqlite.UseParameterizedCollectionMode(ListsAsOneParameter));

    internal static void UseSqlite(DbContextOptionsBuilder options, SqliteConnection connection) => options
        .UseSqlite(connection, sqlite => sqlite.UseParameterizedCollectionMode(ListsAsOneParameter))
        .UseApplicationServiceProvider(IdentitySchema);

    internal static void UsePostgres(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(WithDefaults(connectionString), postgres => postgres.SetPostgresVersion(13, 0).UseParameterizedCollectionMode(ListsAsOneParameter));

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
