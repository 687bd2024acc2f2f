using Microsoft.EntityFrameworkCore.Migrations;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// A trigram index over a column of a tenant's table. Contentless and without positions, a third of the size: candidates are checked
/// against the table. FTS5 writes a segment at every savepoint, which costs five times as much as indexing the same rows at once; so
/// triggers only record what changed, and <see cref="TextIndexer"/> updates the index once per commit.
/// </summary>
/// <param name="Text">The indexed expression of a row.</param>
internal sealed record TextIndexTable(string Name, string Table, string Column, string Text, string Tokenizer)
{
    public static readonly TextIndexTable Contacts = new(
        "ContactSearch", "Contacts", "SearchText", "\"SearchText\"", "trigram case_sensitive 1");

    /// <summary>Folded, as for contacts. After two line breaks, so that one or two letters at its start form a trigram.</summary>
    public static readonly TextIndexTable Messages =
        new("MessageSearch", "Messages", "Text", $"char(10, 10) || {TextIndexSchema.FoldedFunction}(\"Text\")", "trigram");

    public string Pending => Name + "Pending";
}

internal static class TextIndexSchema
{
    /// <summary>The SQL name of <see cref="Common.TextKey.Folded"/>, which every connection registers.</summary>
    public const string FoldedFunction = "folded";

    public static void CreateContactSearch(this MigrationBuilder migration) => Create(migration, TextIndexTable.Contacts);

    /// <summary>Also indexes existing messages.</summary>
    public static void CreateMessageSearch(this MigrationBuilder migration)
    {
        var index = TextIndexTable.Messages;
        Create(migration, index);
        migration.Sql(FillOf(index));
    }

    /// <summary>Indexes all rows of the table into an empty index.</summary>
    public static string FillOf(TextIndexTable index) =>
        $"INSERT INTO \"{index.Name}\"(rowid, \"Text\") SELECT (\"TenantId\" << 40) | \"Id\", {index.Text} FROM \"{index.Table}\" ORDER BY 1;";

    /// <summary>Reindexes every message at once: left to the first write, it would block all others.</summary>
    public static void RenewMessageSearch(this MigrationBuilder migration)
    {
        var index = TextIndexTable.Messages;
        migration.Sql($"INSERT INTO \"{index.Name}\"(\"{index.Name}\") VALUES ('delete-all');");
        migration.Sql($"DELETE FROM \"{index.Pending}\";");
        migration.Sql(FillOf(index));
    }

    private static void Create(MigrationBuilder migration, TextIndexTable index)
    {
        var (name, table, column) = (index.Name, index.Table, index.Column);
        migration.Sql(
            $"CREATE VIRTUAL TABLE \"{name}\" USING fts5(\"Text\", content='', contentless_delete=1, detail='none', tokenize='{index.Tokenizer}');");

        // Merging 16 segments at a time instead of 4 makes writes a third cheaper and searches no slower.
        migration.Sql($"INSERT INTO \"{name}\"(\"{name}\", rank) VALUES ('automerge', 16);");

        // IsIndexed: whether the text index holds an older text of this row.
        migration.Sql($"CREATE TABLE \"{index.Pending}\" (\"RowId\" INTEGER PRIMARY KEY, \"IsIndexed\" INTEGER NOT NULL);");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_Insert\" AFTER INSERT ON \"{table}\" BEGIN {Note(index, "NEW", 0)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_Delete\" AFTER DELETE ON \"{table}\" BEGIN {Note(index, "OLD", 1)} END;");
        migration.Sql(
            $"CREATE TRIGGER \"TR_{table}_Update\" AFTER UPDATE OF \"{column}\" ON \"{table}\" WHEN OLD.\"{column}\" <> NEW.\"{column}\" BEGIN {Note(index, "OLD", 1)} END;");
    }

    // A transaction's first record stands: a row that was new then is still not in the index.
    private static string Note(TextIndexTable index, string row, int isIndexed) =>
        $"INSERT INTO \"{index.Pending}\" VALUES (({row}.\"TenantId\" << 40) | {row}.\"Id\", {isIndexed}) ON CONFLICT DO NOTHING;";
}
