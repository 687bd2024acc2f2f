using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>
/// Inserts and updates many rows past the change tracker, in the caller's transaction: one prepared command on SQLite, COPY on PostgreSQL.
/// Columns and conversions come from the model. The caller sets the ids of new rows (<see cref="AppDbContext.ReserveIdsAsync"/>) and adds
/// audit entries.
/// </summary>
internal static class BulkWrite
{
    public static async Task BulkInsertAsync<TEntity>(this AppDbContext db, IReadOnlyCollection<TEntity> rows)
        where TEntity : class, ITenantOwned
    {
        if (rows.Count == 0)
        {
            return;
        }

        Prepare(db, rows);
        var table = BulkTable.Of(db, typeof(TEntity));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await PostgresBulk.CopyAsync(postgres, table.Name, table, rows);
            return;
        }

        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        var values = string.Join(", ", table.Columns.Select((_, i) => $"?{i + 1}"));
        RunForEach(db, $"INSERT INTO \"{table.Name}\" ({names}) VALUES ({values})", table, rows);
    }

    /// <summary>Inserts rows that violate no unique index and returns how many; the database assigns the ids.</summary>
    public static async Task<int> InsertMissingAsync<TEntity>(this AppDbContext db, IReadOnlyCollection<TEntity> rows)
        where TEntity : class, ITenantOwned
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        Prepare(db, rows);
        return await InsertWithoutIdsAsync(db, rows);
    }

    /// <summary>
    /// Inserts an event of an account into the trail of each of its workspaces, in a write that has entered none: an account spans them.
    /// The caller read the workspaces from the account's memberships; the database assigns the ids.
    /// </summary>
    internal static Task<int> InsertOfAccountAsync(this AppDbContext db, IReadOnlyCollection<AuditEntry> rows) =>
        InsertWithoutIdsAsync(db, rows);

    private static async Task<int> InsertWithoutIdsAsync<TEntity>(AppDbContext db, IReadOnlyCollection<TEntity> rows)
    {
        var table = BulkTable.Of(db, typeof(TEntity)).Without("Id");
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        var isPostgres = db.Database.GetDbConnection() is NpgsqlConnection;
        var values = string.Join(
            ", ", table.Columns.Select((_, i) => (isPostgres ? "$" : "?") + (i + 1).ToString(CultureInfo.InvariantCulture)));
        var sql = $"INSERT INTO \"{table.Name}\" ({names}) VALUES ({values}) ON CONFLICT DO NOTHING";
        return isPostgres ? await PostgresBulk.RunForEachAsync(db, sql, table, rows) : RunForEach(db, sql, table, rows);
    }

    /// <summary>Updates only these columns, of rows read and locked in the same write; indexes on other columns are not touched.</summary>
    public static async Task BulkUpdateAsync(this AppDbContext db, IReadOnlyCollection<Contact> rows, IReadOnlySet<string> columns)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Prepare(db, rows);
        var table = BulkTable.Of(db, typeof(Contact));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await PostgresBulk.UpdateAsync(postgres, table, rows, columns);
            return;
        }

        string Assignment(string column) => $"\"{column}\" = ?{table.IndexOf(column) + 1}";
        RunForEach(
            db,
            $"UPDATE \"{table.Name}\" SET {string.Join(", ", columns.Select(Assignment))} WHERE {Assignment("TenantId")} AND {Assignment("Id")}",
            table, rows);
    }

    private static void Prepare<TEntity>(AppDbContext db, IReadOnlyCollection<TEntity> rows)
        where TEntity : class, ITenantOwned
    {
        if (CommittedChanges.KindOf(typeof(TEntity)) is { } kind)
        {
            db.NoteChange(kind);
        }

        foreach (var row in rows)
        {
            if (row.TenantId != db.CurrentTenantId)
            {
                throw new ForeignTenantException(typeof(TEntity).Name);
            }

            (row as Contact)?.RefreshKeys();
        }
    }

    // ?1, ?2 and so on are the table's columns. Only inside a transaction: otherwise half a batch could be on disk.
    private static int RunForEach<TEntity>(AppDbContext db, string sql, BulkTable table, IReadOnlyCollection<TEntity> rows)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Bulk writes need a transaction.");
        }

        var statement = SqliteStatement.Of((SqliteConnection)db.Database.GetDbConnection(), sql);
        var changed = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < statement.Parameters; i++)
            {
                statement.Bind(i + 1, table.Columns[i].Read(row!));
            }

            changed += statement.Run();
        }

        return changed;
    }
}
