using Microsoft.Data.Sqlite;
using WaCr.Web.Common;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// The file of this process. A server has it alone, since caches and live pages hear only of their own process's changes, and leaves it whole; the
/// system gives the lock back however the process ends. Commands take none: they work beside the server. It is made before every connection and
/// so disposed of after them.
/// </summary>
public sealed class SqliteDatabaseFile(string connectionString) : IDisposable
{
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private FileStream? _held;

    public string ConnectionString => connectionString;

    /// <exception cref="StartupException">Another server has the file.</exception>
    /// <exception cref="IOException">Its folder cannot be written.</exception>
    public void Hold()
    {
        var file = SqliteFile.PathOf(connectionString);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            // A file beside it: to open and close the database itself would end SQLite's own locks. It stays, since deleting it would let two
            // who come at once each lock another one.
            _held = new FileStream(file + ".server", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException held) when (SqliteFile.IsHeld(held))
        {
            throw new StartupException($"Another server is using the database {file}; stop that one first, or use PostgreSQL to run several.", held);
        }
    }

    /// <summary>After it the file alone is the database: nothing is left in the write-ahead log.</summary>
    public void Dispose()
    {
        try
        {
            if (_held is not null)
            {
                Checkpoint();
            }
        }
        catch (SqliteException)
        {
            // Busy, or the disk is gone: the log is still beside the file, and the next start reads it.
        }
        finally
        {
            _held?.Dispose();
        }
    }

    private void Checkpoint()
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        using var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        _ = SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, (int)LastWait.TotalMilliseconds);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }
}
