using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Bench;

/// <summary>The indexes of Contacts, by the words of the database itself: taken down for a load, put back the same.</summary>
internal sealed class Indexes
{
    private const int DefaultBuffer = 1 << 20;
    private const int LoadBuffer = 1 << 28;

    private readonly List<string> _definitions;

    private Indexes(List<string> definitions) => _definitions = definitions;

    public static async Task<Indexes> TakeDownAsync(AppDbContext db)
    {
        var definitions = await db.Database.SqlQueryRaw<string>(
            db.Database.IsNpgsql()
                // What a constraint stands on stays.
                ? """
                  SELECT indexdef AS "Value" FROM pg_indexes
                  WHERE tablename = 'Contacts' AND indexname NOT IN (SELECT conname FROM pg_constraint)
                  """
                : "SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Contacts' AND sql IS NOT NULL").ToListAsync();
        foreach (var name in definitions.Select(NameOf))
        {
#pragma warning disable EF1002 // The database's own word.
            await db.Database.ExecuteSqlRawAsync($"DROP INDEX {name}");
#pragma warning restore EF1002
        }

        await SetTextIndexBufferAsync(db, LoadBuffer);
        return new Indexes(definitions);
    }

    public async Task PutBackAsync(AppDbContext db)
    {
        foreach (var definition in _definitions)
        {
            await db.Database.ExecuteSqlRawAsync(definition);
        }

        await SetTextIndexBufferAsync(db, DefaultBuffer);
        await db.Database.ExecuteSqlRawAsync(
            db.Database.IsNpgsql()
                ? """
                  SELECT setval(pg_get_serial_sequence('"Contacts"', 'Id'), (SELECT max("Id") FROM "Contacts")); ANALYZE
                  """
                : "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    // What FTS5 gathers before it writes a segment, in bytes.
    private static async Task SetTextIndexBufferAsync(AppDbContext db, int size)
    {
        if (!db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO ContactSearch(ContactSearch, rank) VALUES ('hashsize', {size})");
        }
    }

    // Definitions of both engines quote the name first: CREATE [UNIQUE] INDEX "name" ON ...
    private static string NameOf(string definition) => $"\"{definition.Split('"')[1]}\"";
}
