using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>Brings the text index in step with what the triggers noted; the last thing a transaction does.</summary>
internal static class ContactSearchIndexer
{
    private const string AnyPending = "SELECT EXISTS (SELECT 1 FROM \"ContactSearchPending\")";

    private const string Index = """
        DELETE FROM "ContactSearch" WHERE rowid IN (SELECT "RowId" FROM "ContactSearchPending" WHERE "IsIndexed" = 1);
        INSERT INTO "ContactSearch"(rowid, "Text")
        SELECT pending."RowId", contact."SearchText"
        FROM "ContactSearchPending" AS pending
        CROSS JOIN "Contacts" AS contact ON contact."Id" = pending."RowId" & 0xFFFFFFFFFF
        ORDER BY pending."RowId";
        DELETE FROM "ContactSearchPending";
        """;

    public static void IndexPending(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = AnyPending;
        if (command.ExecuteScalar() is 0L)
        {
            return;
        }

        command.CommandText = Index;
        command.ExecuteNonQuery();
    }
}
