using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Moves the write-ahead log into the file. SQLite itself does it inside a commit, so every writer waits for tens of megabytes. Here a
/// second connection copies most of it in parallel, and the writer adds the little that arrived meanwhile; only then does the log start
/// over. Errors are left to the next commit, which meets the same disk.
/// </summary>
internal sealed partial class SqliteCheckpoints(string connectionString, ILogger logger) : IDisposable
{
    /// <summary>32 MB of pages: rare enough to copy frequently changed pages only once, and quick to read after a crash.</summary>
    private const int EnoughPages = 8_000;

    /// <summary>Only queries the progress; new in SQLite 3.51 and not yet among the driver's constants.</summary>
    private const int NoOperation = -1;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private SqliteConnection? _connection;
    private Task? _running;
    private bool _hasFailed;

    /// <summary>Called by the writer between two transactions. Never throws: the commit stands.</summary>
    public void AfterCommit(SqliteConnection writer)
    {
        try
        {
            GoOn(writer);
            _hasFailed = false;
        }
        catch (Exception failure)
        {
            if (!_hasFailed)
            {
                Log.Failed(logger, failure);
            }

            _hasFailed = true;
        }
    }

    public void Dispose()
    {
        _running?.Wait(MaxWait);
        SqliteConnections.Close(_connection);
    }

    private void GoOn(SqliteConnection writer)
    {
        if (_running is { IsCompleted: false })
        {
            return;
        }

        if (_running is not null)
        {
            _running = null;
            Run(writer, raw.SQLITE_CHECKPOINT_PASSIVE);
        }
        else if (Run(writer, NoOperation) >= EnoughPages)
        {
            _connection ??= SqliteConnections.OpenReader(connectionString);
            _running = Task.Run(() =>
            {
                Run(_connection, raw.SQLITE_CHECKPOINT_PASSIVE);
                NativeMemory.GiveBack(); // frees what the last large write used
            });
        }
    }

    /// <summary>Pages that are only in the log.</summary>
    private static int Run(SqliteConnection connection, int mode) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out var logged, out var moved) == raw.SQLITE_OK
            ? logged - moved
            : 0;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1004, Level = LogLevel.Error,
            Message = "The write-ahead log could not be checkpointed; each write tries again.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
