using Microsoft.Data.Sqlite;

namespace WaCr.Web.Tests.Support;

internal sealed class TempFolder : IAsyncDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("wacr-tests-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public ProductSettings Sqlite(string name) => new(DatabaseProvider.Sqlite, $"Data Source={File(name)}");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_path, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A look into a SQLite file past the product.</summary>
internal static class SqliteProbe
{
    public static List<string> Ask(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return rows;
    }
}
