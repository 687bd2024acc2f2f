using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Moves the write-ahead log into the file. SQLite does it in the middle of a commit, and everybody who waits to write waits for tens of
/// megabytes; here a second connection does it beside the writer, who then adds the little that came meanwhile: only when nothing is left does
/// the log begin anew. An error is left to the next commit, which meets the same disk.
/// </summary>
internal sealed partial class SqliteCheckpoints(string connectionString, ILogger logger) : IDisposable
{
    /// <summary>32 MB of pages: rare enough to copy a page that changes often only once, and little to read again after a crash.</summary>
    private const int EnoughPages = 8_000;

    /// <summary>Only asks how far it is; new in SQLite 3.51 and not yet among the driver's constants.</summary>
    private const int NoOperation = -1;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private SqliteConnection? _connection;
    private Task? _running;
    private bool _hasFailed;

    /// <summary>To be called by the writer, between two transactions. Never throws: what was committed stays so.</summary>
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
                NativeMemory.GiveBack(); // whoever filled the log used memory for it, which the next may not find in its own arena
            });
        }
    }

    /// <summary>How many pages are in the log alone.</summary>
    private static int Run(SqliteConnection connection, int mode) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out var logged, out var moved) == raw.SQLITE_OK ? logged - moved : 0;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1004, Level = LogLevel.Error, Message = "The write-ahead log could not be moved into the file; each write tries again.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
