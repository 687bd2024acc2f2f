using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>Updates a text index from the triggers' records; the last step of a transaction.</summary>
internal sealed class TextIndexer(SqliteConnection connection, TextIndexTable index)
{
    private readonly SqliteStatement _anyPending = new(connection, $"SELECT 1 FROM \"{index.Pending}\" LIMIT 1");

    private readonly SqliteStatement[] _index =
    [
        new(connection, $"DELETE FROM \"{index.Name}\" WHERE rowid IN (SELECT \"RowId\" FROM \"{index.Pending}\" WHERE \"IsIndexed\" = 1)"),
        new(connection, $"""
            INSERT INTO "{index.Name}"(rowid, "Text")
            SELECT pending."RowId", {index.Text}
            FROM "{index.Pending}" AS pending
            CROSS JOIN "{index.Table}" AS source ON source."Id" = pending."RowId" & 0xFFFFFFFFFF
            ORDER BY pending."RowId"
            """),
        new(connection, $"DELETE FROM \"{index.Pending}\""),
    ];

    public void IndexPending()
    {
        var any = _anyPending.Step();
        _anyPending.Reset();
        if (any)
        {
            Array.ForEach(_index, statement => statement.Run());
        }
    }
}
