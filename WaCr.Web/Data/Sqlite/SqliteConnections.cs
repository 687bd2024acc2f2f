using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Gives each pooled context its own open connection. Opening one per query would cost as much as the query: the driver's pool takes a
/// lock, and EF registers its twenty functions again. An idle connection holds no lock. After disposal none opens: an open page outlives
/// the server by a moment, and would leave a log beside the file that was just closed.
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

    private readonly Lock _lock = new();
    private readonly List<SqliteConnection> _readers = [];
    private bool _isDisposed;

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
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                var connection = Open(new ReaderConnection(file.ConnectionString), ReaderPragmas);
                _readers.Add(connection);
                context.Database.SetDbConnection(connection);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _readers.ForEach(Close);
            _readers.Clear();
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

    public static SqliteConnection OpenReader(string connectionString) => Open(new SqliteConnection(connectionString), ReaderPragmas);

    /// <summary><see cref="SqliteCheckpoints"/> moves its log into the file.</summary>
    public static SqliteConnection OpenWriter(string connectionString) => Open(new SqliteConnection(connectionString), WriterPragmas);

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

    private static SqliteConnection Open(SqliteConnection connection, string pragmas)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SqliteFile.PathOf(connection.ConnectionString))!);

        // Not in the driver's pool: it belongs to its context.
        connection.ConnectionString = new SqliteConnectionStringBuilder(connection.ConnectionString) { Pooling = false }.ToString();
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

    /// <summary>Once closed it stays closed; EF would open it again for its context's next query.</summary>
    private sealed class ReaderConnection(string connectionString) : SqliteConnection(connectionString)
    {
        private bool _isClosed;

        public override void Open()
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            base.Open();
        }

        protected override void Dispose(bool disposing)
        {
            _isClosed = true;
            base.Dispose(disposing);
        }
    }
}
