using Microsoft.EntityFrameworkCore.Migrations;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// The trigram index over contacts and the triggers that keep it in step, in the same transaction,
/// whoever writes. Contentless: the text lives in Contacts alone.
/// </summary>
internal static class ContactSearchSchema
{
    private const string Insert =
        $"INSERT INTO \"ContactSearch\"(rowid, \"Text\") VALUES (NEW.\"Id\", {ContactSearchEntry.TenantMarkSql} || NEW.\"SearchText\");";

    private const string Delete = "DELETE FROM \"ContactSearch\" WHERE rowid = OLD.\"Id\";";

    private static readonly string[] Statements =
    [
        "CREATE VIRTUAL TABLE \"ContactSearch\" USING fts5(\"Text\", content='', contentless_delete=1, tokenize='trigram case_sensitive 1');",
        $"CREATE TRIGGER \"TR_Contacts_Insert\" AFTER INSERT ON \"Contacts\" BEGIN {Insert} END;",
        $"CREATE TRIGGER \"TR_Contacts_Delete\" AFTER DELETE ON \"Contacts\" BEGIN {Delete} END;",
        $"CREATE TRIGGER \"TR_Contacts_Update\" AFTER UPDATE OF \"SearchText\" ON \"Contacts\" WHEN OLD.\"SearchText\" <> NEW.\"SearchText\" BEGIN {Delete} {Insert} END;",
    ];

    public static void CreateContactSearch(this MigrationBuilder migration)
    {
        foreach (var statement in Statements)
        {
            migration.Sql(statement);
        }
    }
}
