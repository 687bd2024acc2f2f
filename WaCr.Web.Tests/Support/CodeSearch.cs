using Microsoft.EntityFrameworkCore.Metadata;

namespace WaCr.Web.Tests.Support;

/// <summary>Looks for a text in every column of every table.</summary>
internal static class CodeSearch
{
    /// <summary>The columns in which it stands.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(AppDbContext db, string text)
    {
        var found = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null))
        {
            var table = entity.GetTableName()!;
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names from the model.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var index = 0; index < rows.FieldCount; index++)
                {
                    var value = rows.GetValue(index) switch
                    {
                        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
                        var other => other.ToString() ?? "",
                    };
                    if (value.Contains(text, StringComparison.OrdinalIgnoreCase))
                    {
                        found.Add($"{table}.{rows.GetName(index)}");
                    }
                }
            }
        }

        return found;
    }
}
