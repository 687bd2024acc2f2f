using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// This process's lock on the database file. Only one server may have a file, since caches and live pages get only their own process's
/// changes; the system releases the lock however the process ends. Commands take no lock: they run next to the server. Created before every
/// connection and so disposed of after them.
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
            // A separate file: opening and closing the database itself would drop SQLite's own locks. It is never deleted, or two processes
            // could each lock a different one.
            _held = new FileStream(file + ".server", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException held) when (SqliteFile.IsHeld(held))
        {
            throw new StartupException(
                $"Another server is using the database {file}; stop that one first, or use PostgreSQL to run several.", held);
        }
    }

    /// <summary>Moves the write-ahead log into the file, so that the file alone is the database.</summary>
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
            // Busy, or the disk is gone: the log stays next to the file, and the next start reads it.
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
