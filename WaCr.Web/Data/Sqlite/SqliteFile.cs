using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>Operations on the whole database file.</summary>
public static class SqliteFile
{
    private const int LinuxWouldBlock = 11;
    private const int AppleWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    public static string PathOf(string connectionString) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    /// <summary>Writes a consistent copy while others read and write. An existing <paramref name="target"/> is refused.</summary>
    /// <exception cref="IOException"><paramref name="target"/> exists, or cannot be written.</exception>
    public static async Task BackupAsync(string connectionString, string target, CancellationToken cancellationToken)
    {
        if (File.Exists(target))
        {
            throw new IOException($"{target} exists already.");
        }

        // Under another name until complete: half a copy must not look like a backup or block the next one.
        var part = target + ".part";
        try
        {
            File.Delete(part);
            await CopyAsync(connectionString, part, cancellationToken);
            File.Move(part, target);
        }
        catch (SqliteException failure) when (
            failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR)
        {
            throw new IOException(
                $"The copy {target} cannot be written ({failure.Message.TrimEnd('.')}); look for the folder, the right to write there, and room.",
                failure);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task CopyAsync(string connectionString, string target, CancellationToken cancellationToken)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(builder.ToString());
        await connection.OpenAsync(cancellationToken);
        SqliteConnections.WaitForOthers(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $target";
        command.Parameters.AddWithValue("$target", target);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a file could not be opened because another process holds it.</summary>
    public static bool IsHeld(IOException failure) => failure.HResult is LinuxWouldBlock or AppleWouldBlock or WindowsSharingViolation;
}
