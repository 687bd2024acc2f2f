using System.Data.Common;
using System.IO.Compression;
using System.Text;

namespace WaCr.Web.Tests.Support;

/// <summary>Looks for a text in every column of every table of a database, what is compressed included.</summary>
internal static class DatabaseText
{
    /// <summary>"Table.Column" of each place, and in which form the text stood there.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(AppDbContext db, params string[] needles)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open)
        {
            await connection.OpenAsync();
        }

        var found = new List<string>();
        foreach (var table in await TablesAsync(connection, db.Database.IsNpgsql()))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names from the database itself.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    var text = Texts(rows.GetValue(i));
                    found.AddRange(needles.Where(needle => text.Any(form => form.Contains(needle, StringComparison.OrdinalIgnoreCase)))
                        .Select(needle => $"{table}.{rows.GetName(i)}: {needle}"));
                }
            }
        }

        return [.. found.Distinct()];
    }

    private static async Task<List<string>> TablesAsync(DbConnection connection, bool isPostgres)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = isPostgres
            ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            : "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var rows = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await rows.ReadAsync())
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    private static IEnumerable<string> Texts(object value)
    {
        switch (value)
        {
            case string text:
                yield return text;
                break;
            case byte[] bytes:
                yield return Encoding.UTF8.GetString(bytes);
                if (Unpacked(bytes) is { } unpacked)
                {
                    yield return unpacked;
                }

                break;
        }
    }

    private static string? Unpacked(byte[] bytes)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var reader = new StreamReader(brotli);
            return reader.ReadToEnd();
        }
        catch (InvalidOperationException)
        {
            return null; // not compressed
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
