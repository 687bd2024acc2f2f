using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace WaCr.Web.Data.Postgres;

/// <summary>How <see cref="BulkWrite"/> writes many rows to PostgreSQL: by COPY, or as one batch of statements.</summary>
internal static class PostgresBulk
{
    /// <summary>Copies the rows to a temporary table and updates these columns from there.</summary>
    public static async Task UpdateAsync(
        NpgsqlConnection postgres, BulkTable table, IReadOnlyCollection<Contact> rows, IReadOnlySet<string> columns)
    {
        const string changed = "ChangedContacts";
        await ExecuteAsync(
            postgres, $"CREATE TEMP TABLE IF NOT EXISTS \"{changed}\" (LIKE \"{table.Name}\") ON COMMIT DROP; TRUNCATE \"{changed}\"");
        await CopyAsync(postgres, changed, table, rows);
        var sets = table.Columns.Where(column => columns.Contains(column.Name))
            .Select(column => $"\"{column.Name}\" = changed.\"{column.Name}\"");
        await ExecuteAsync(
            postgres,
            $"UPDATE \"{table.Name}\" AS kept SET {string.Join(", ", sets)} FROM \"{changed}\" AS changed "
                + "WHERE kept.\"TenantId\" = changed.\"TenantId\" AND kept.\"Id\" = changed.\"Id\"");
    }

    // $1, $2 and so on are the table's columns; all rows are sent in one round trip.
    public static async Task<int> RunForEachAsync<TEntity>(AppDbContext db, string sql, BulkTable table, IReadOnlyCollection<TEntity> rows)
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

    public static async Task CopyAsync<TEntity>(
        NpgsqlConnection connection, string target, BulkTable table, IReadOnlyCollection<TEntity> rows)
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
}
