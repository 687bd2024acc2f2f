using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

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
        options.UseNpgsql(connectionString, postgres => postgres.SetPostgresVersion(13, 0).UseParameterizedCollectionMode(ListsAsOneParameter));

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
