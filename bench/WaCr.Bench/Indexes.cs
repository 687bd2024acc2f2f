using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Bench;

/// <summary>The indexes of a table, and the triggers of its text index, by the words of the database itself: taken down for a load, put
/// back the same.</summary>
internal sealed class Indexes
{
    private readonly List<string> _definitions;
    private readonly string _table;

    private Indexes(List<string> definitions, string table) => (_definitions, _table) = (definitions, table);

    public static async Task<Indexes> TakeDownAsync(AppDbContext db, string table)
    {
        var definitions = await db.Database.SqlQueryRaw<string>(
            db.Database.IsNpgsql()
                // What a constraint stands on stays.
                ? """
                  SELECT indexdef AS "Value" FROM pg_indexes
                  WHERE tablename = {0} AND indexname NOT IN (SELECT conname FROM pg_constraint)
                  """
                : "SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND tbl_name = {0} AND sql IS NOT NULL",
                table).ToListAsync();
        if (!db.Database.IsNpgsql())
        {
            // They note for the text index what TextIndexBuild takes from the rows themselves.
            definitions.AddRange(
                await db.Database.SqlQueryRaw<string>(
                    "SELECT sql AS Value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = {0}", table)
                    .ToListAsync());
        }

        foreach (var definition in definitions)
        {
#pragma warning disable EF1002 // The database's own word.
            await db.Database.ExecuteSqlRawAsync(
                $"DROP {(definition.StartsWith("CREATE TRIGGER", StringComparison.Ordinal) ? "TRIGGER" : "INDEX")} {NameOf(definition)}");
#pragma warning restore EF1002
        }

        return new Indexes(definitions, table);
    }

    public async Task PutBackAsync(AppDbContext db, TextIndexBuild? text)
    {
        foreach (var definition in _definitions)
        {
            await db.Database.ExecuteSqlRawAsync(definition);
        }

        if (text is not null)
        {
            await text.MoveIntoAsync(db);
        }

        await NumberOnAsync(db, _table);
        await db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? "ANALYZE" : "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>The product's next row of the table comes after those whose ids were given. SQLite sees to that by itself.</summary>
    public static async Task NumberOnAsync(AppDbContext db, string table)
    {
        if (db.Database.IsNpgsql())
        {
#pragma warning disable EF1002 // The bench's own table names.
            await db.Database.ExecuteSqlRawAsync($"""SELECT setval(pg_get_serial_sequence('"{table}"', 'Id'), (SELECT max("Id") FROM "{table}"))""");
#pragma warning restore EF1002
        }
    }

    // Definitions of both engines quote the name first: CREATE [UNIQUE] INDEX "name" ON, CREATE TRIGGER "name" AFTER
    private static string NameOf(string definition) => $"\"{definition.Split('"')[1]}\"";
}
