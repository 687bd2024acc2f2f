using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>What concerns the file as a whole.</summary>
public static class SqliteFile
{
    public static string PathOf(string connectionString) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    /// <summary>A consistent copy, taken while others read and write. An existing <paramref name="target"/> is refused.</summary>
    /// <exception cref="IOException"><paramref name="target"/> exists, or cannot be written.</exception>
    public static async Task BackupAsync(string connectionString, string target, CancellationToken cancellationToken)
    {
        if (File.Exists(target))
        {
            throw new IOException($"{target} exists already.");
        }

        var builder = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(builder.ToString());
        await connection.OpenAsync(cancellationToken);
        SqliteConnections.WaitForOthers(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $target";
        command.Parameters.AddWithValue("$target", target);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
