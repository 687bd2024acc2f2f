using Microsoft.Extensions.Options;
using WaCr.Web.Common;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// A SQLite file has one server: caches and live pages hear only of their own process's changes. The system gives the lock back when the
/// process ends, however it ends. Commands take none; they work beside the server.
/// </summary>
internal sealed class SqliteServerLock(IOptions<DatabaseOptions> options) : IDisposable
{
    private FileStream? _held;

    /// <exception cref="StartupException">Another server has the file, or its folder cannot be written.</exception>
    public void Take()
    {
        var file = SqliteFile.PathOf(options.Value.ConnectionString);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            _held = new FileStream(file + ".server", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException held) when (SqliteFile.IsHeld(held))
        {
            throw new StartupException($"Another server is using the database {file}; stop that one first, or use PostgreSQL to run several.", held);
        }
    }

    public void Dispose() => _held?.Dispose();
}
