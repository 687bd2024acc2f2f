using Microsoft.EntityFrameworkCore.Migrations;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// A trigram index over a column of a tenant's table. Contentless and without positions: the text lives in the table alone, and it is
/// there that a candidate is verified; the index is a third of the size. FTS5 writes a segment at every
/// savepoint, which costs five times as much as indexing the same rows in one go; so triggers only note what
/// changed, whoever changes it, and <see cref="TextIndexer"/> brings the index in step once a commit.
/// </summary>
/// <param name="Text">What is indexed of a row.</param>
internal sealed record TextIndexTable(string Name, string Table, string Column, string Text, string Tokenizer)
{
    public static readonly TextIndexTable Contacts = new("ContactSearch", "Contacts", "SearchText", "\"SearchText\"", "trigram case_sensitive 1");

    /// <summary>Folded, as contacts are. Behind two line breaks, so that one or two letters at its start are a trigram.</summary>
    public static readonly TextIndexTable Messages =
        new("MessageSearch", "Messages", "Text", $"char(10, 10) || {TextIndexSchema.FoldedFunction}(\"Text\")", "trigram");

    public string Pending => Name + "Pending";
}

internal static class TextIndexSchema
{
    /// <summary><see cref="Common.TextKey.Folded"/>, which every connection of the product's offers to SQL.</summary>
    public const string FoldedFunction = "folded";

    public static void CreateContactSearch(this MigrationBuilder migration) => Create(migration, TextIndexTable.Contacts);

    public static void DropContactSearch(this MigrationBuilder migration) => Drop(migration, TextIndexTable.Contacts);

    /// <summary>With what is there already.</summary>
    public static void CreateMessageSearch(this MigrationBuilder migration)
    {
        var index = TextIndexTable.Messages;
        Create(migration, index);
        migration.Sql(FillOf(index));
    }

    /// <summary>Indexes all rows of the table, of which the index knows none.</summary>
    public static string FillOf(TextIndexTable index) =>
        $"INSERT INTO \"{index.Name}\"(rowid, \"Text\") SELECT (\"TenantId\" << 40) | \"Id\", {index.Text} FROM \"{index.Table}\" ORDER BY 1;";

    /// <summary>Indexes every message anew, here and now: left for the first write it would keep all others waiting.</summary>
    public static void RenewMessageSearch(this MigrationBuilder migration)
    {
        var index = TextIndexTable.Messages;
        migration.Sql($"INSERT INTO \"{index.Name}\"(\"{index.Name}\") VALUES ('delete-all');");
        migration.Sql($"DELETE FROM \"{index.Pending}\";");
        migration.Sql(FillOf(index));
    }

    public static void DropMessageSearch(this MigrationBuilder migration)
    {
        foreach (var change in new[] { "Insert", "Delete", "Update" })
        {
            migration.Sql($"DROP TRIGGER \"TR_{TextIndexTable.Messages.Table}_{change}\";");
        }

        Drop(migration, TextIndexTable.Messages);
    }

    private static void Create(MigrationBuilder migration, TextIndexTable index)
    {
        var (name, table, column) = (index.Name, index.Table, index.Column);
        migration.Sql($"CREATE VIRTUAL TABLE \"{name}\" USING fts5(\"Text\", content='', contentless_delete=1, detail='none', tokenize='{index.Tokenizer}');");

        // Merging 16 segments at a time instead of 4 makes writes a third cheaper and searches no slower.
        migration.Sql($"INSERT INTO \"{name}\"(\"{name}\", rank) VALUES ('automerge', 16);");

        // IsIndexed: whether the text index knows an older text of this row.
        migration.Sql($"CREATE TABLE \"{index.Pending}\" (\"RowId\" INTEGER PRIMARY KEY, \"IsIndexed\" INTEGER NOT NULL);");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_Insert\" AFTER INSERT ON \"{table}\" BEGIN {Note(index, "NEW", 0)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_Delete\" AFTER DELETE ON \"{table}\" BEGIN {Note(index, "OLD", 1)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_Update\" AFTER UPDATE OF \"{column}\" ON \"{table}\" WHEN OLD.\"{column}\" <> NEW.\"{column}\" BEGIN {Note(index, "OLD", 1)} END;");
    }

    private static void Drop(MigrationBuilder migration, TextIndexTable index)
    {
        migration.Sql($"DROP TABLE \"{index.Name}\";");
        migration.Sql($"DROP TABLE \"{index.Pending}\";");
    }

    // The first note of a transaction stands: what was new before it is still unknown to the index.
    private static string Note(TextIndexTable index, string row, int isIndexed) =>
        $"INSERT INTO \"{index.Pending}\" VALUES (({row}.\"TenantId\" << 40) | {row}.\"Id\", {isIndexed}) ON CONFLICT DO NOTHING;";
}
