using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
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
        var table = Table.Of(db, typeof(TEntity));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, table.Name, table, rows);
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
    public static Task<int> InsertOfAccountAsync(this AppDbContext db, IReadOnlyCollection<AuditEntry> rows) =>
        InsertWithoutIdsAsync(db, rows);

    private static async Task<int> InsertWithoutIdsAsync<TEntity>(AppDbContext db, IReadOnlyCollection<TEntity> rows)
    {
        var table = Table.Of(db, typeof(TEntity)).Without("Id");
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        var isPostgres = db.Database.GetDbConnection() is NpgsqlConnection;
        var values = string.Join(
            ", ", table.Columns.Select((_, i) => (isPostgres ? "$" : "?") + (i + 1).ToString(CultureInfo.InvariantCulture)));
        var sql = $"INSERT INTO \"{table.Name}\" ({names}) VALUES ({values}) ON CONFLICT DO NOTHING";
        return isPostgres ? await RunBatchAsync(db, sql, table, rows) : RunForEach(db, sql, table, rows);
    }

    /// <summary>Updates only these columns, of rows read and locked in the same write; indexes on other columns are not touched.</summary>
    public static async Task BulkUpdateAsync(this AppDbContext db, IReadOnlyCollection<Contact> rows, IReadOnlySet<string> columns)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Prepare(db, rows);
        var table = Table.Of(db, typeof(Contact));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            const string changed = "ChangedContacts";
            await ExecuteAsync(
                postgres, $"CREATE TEMP TABLE IF NOT EXISTS \"{changed}\" (LIKE \"{table.Name}\") ON COMMIT DROP; TRUNCATE \"{changed}\"");
            await CopyAsync(postgres, changed, table, rows);
            var sets = table.Columns.Where(column => columns.Contains(column.Name))
                .Select(column => $"\"{column.Name}\" = changed.\"{column.Name}\"");
            await ExecuteAsync(
                postgres,
                $"UPDATE \"{table.Name}\" AS kept SET {string.Join(", ", sets)} FROM \"{changed}\" AS changed WHERE kept.\"TenantId\" = changed.\"TenantId\" AND kept.\"Id\" = changed.\"Id\"");
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
    private static int RunForEach<TEntity>(AppDbContext db, string sql, Table table, IReadOnlyCollection<TEntity> rows)
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

    // $1, $2 and so on are the table's columns; all rows are sent in one round trip.
    private static async Task<int> RunBatchAsync<TEntity>(AppDbContext db, string sql, Table table, IReadOnlyCollection<TEntity> rows)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        foreach (var row in rows)
        {
#pragma warning disable CA2100 // Names from the model, never from a caller.
            var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
            foreach (var column in table.Columns)
            {
                command.Parameters.Add(new NpgsqlParameter { DataTypeName = column.StoreType, Value = column.Read(row!) ?? DBNull.Value });
            }

            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Names from the model, never from a caller.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task CopyAsync<TEntity>(NpgsqlConnection connection, string target, Table table, IReadOnlyCollection<TEntity> rows)
    {
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        await using var import = await connection.BeginBinaryImportAsync($"COPY \"{target}\" ({names}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await import.StartRowAsync();
            foreach (var column in table.Columns)
            {
                if (column.Read(row!) is { } value)
                {
                    await import.WriteAsync(value, column.StoreType);
                }
                else
                {
                    await import.WriteNullAsync();
                }
            }
        }

        await import.CompleteAsync();
    }

    private sealed record Column(string Name, string StoreType, Func<object, object?> Read);

    private sealed record Table(string Name, IReadOnlyList<Column> Columns)
    {
        public Table Without(string column) => this with { Columns = [.. Columns.Where(known => known.Name != column)] };

        public int IndexOf(string column) => Columns.Select((known, i) => (known.Name, i)).First(known => known.Name == column).i;

        public static Table Of(DbContext db, Type type)
        {
            var entity = db.Model.FindEntityType(type)!;
            var name = entity.GetTableName()!;
            var identifier = StoreObjectIdentifier.Table(name, entity.GetSchema());
            return new Table(name, [.. entity.GetProperties().Select(property => ColumnOf(property, identifier))]);
        }

        private static Column ColumnOf(IProperty property, StoreObjectIdentifier table)
        {
            var mapping = property.GetRelationalTypeMapping();
            var getter = property.GetGetter();
            var convert = mapping.Converter?.ConvertToProvider;
            var storeType = mapping.StoreTypeNameBase;
            return new Column(
                property.GetColumnName(table)!, storeType, row =>
                    getter.GetClrValue(row) is { } value && convert is not null ? convert(value) : getter.GetClrValue(row));
        }
    }
}
