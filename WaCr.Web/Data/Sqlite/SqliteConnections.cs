using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Gives each pooled context its own open connection. Opening one per query would cost as much as the query: the driver's pool takes a
/// lock, and EF registers its twenty functions again. An idle connection holds no lock.
/// </summary>
internal sealed class SqliteConnections(SqliteDatabaseFile file, SqliteWriteGate gate, OutageLog outages) : IDisposable
{
    /// <summary>How long a connection waits for another process (the command line, a backup).</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    // FULL: a confirmed commit survives a power cut. Cache sizes are in KiB, per connection.
    private const string ReaderPragmas =
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-1024; PRAGMA temp_store=MEMORY;";

    // Deleted rows are overwritten if their page is written anyway; an erasure overwrites all of them (WipeDeletedAsync). After a
    // checkpoint the log's file shrinks to the limit (bytes, twice the size at which a checkpoint starts), since one long reader can make
    // it grow by hundreds of megabytes.
    private const string WriterPragmas = """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;
        PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=FAST;
        """;

    /// <summary><see cref="ConsentSubject.Hash"/> in SQL, for the migration that records existing contacts' consent.</summary>
    public const string ConsentHashFunction = "consent_hash";

    private readonly ConcurrentBag<SqliteConnection> _readers = [];

    static SqliteConnections()
    {
        // Counting allocations takes a lock that all connections share; nobody reads the count.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Called at each lease of a context; the first one opens the connection.</summary>
    public void Configure(SqliteAppDbContext context)
    {
        context.Gate = gate;
        context.Outages = outages;
        if (context.Database.GetDbConnection().State != ConnectionState.Open)
        {
            var connection = OpenReader(file.ConnectionString);
            _readers.Add(connection);
            context.Database.SetDbConnection(connection);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _readers)
        {
            Close(connection);
        }
    }

    /// <summary>
    /// Finalises compiled statements (<see cref="SqliteStatement"/>, <see cref="PreparedCommands"/>) before closing: they would keep the
    /// file open, and SQLite moves its log into the file only when the last connection closes.
    /// </summary>
    public static void Close(SqliteConnection? connection)
    {
        if (connection is not null)
        {
            SqliteStatement.EndAll(connection);
            PreparedCommands.EndAll(connection);
            connection.Dispose();
        }
    }

    public static SqliteConnection OpenReader(string connectionString) => Open(connectionString, ReaderPragmas);

    /// <summary><see cref="SqliteCheckpoints"/> moves its log into the file.</summary>
    public static SqliteConnection OpenWriter(string connectionString) => Open(connectionString, WriterPragmas);

    /// <summary>Registers the SQL functions for the text indexes and the consent hash.</summary>
    public static void RegisterFunctions(SqliteConnection connection)
    {
        connection.CreateFunction(TextIndexSchema.FoldedFunction, (string? text) => TextKey.Folded(text), isDeterministic: true);
        connection.CreateFunction(
            ConsentHashFunction, (byte[] key, string subject) => ConsentSubject.Hash(key, subject), isDeterministic: true);
    }

    public static void WaitForOthers(SqliteConnection connection) =>
        // SQLite's own waiting: the driver's retry sleeps 150 ms at a time.
        _ = SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, (int)BusyTimeout.TotalMilliseconds);

    private static SqliteConnection Open(string connectionString, string pragmas)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SqliteFile.PathOf(connectionString))!);

        // Not in the driver's pool: it belongs to its context.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        RegisterFunctions(connection);
        WaitForOthers(connection);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = pragmas;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return connection;
    }
}
