using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data;

/// <summary>
/// Inserts many rows past the change tracker, in the caller's transaction: one prepared command on
/// SQLite, COPY on PostgreSQL. Columns and conversions come from the model. Ids must be set
/// (<see cref="AppDbContext.ReserveIdsAsync"/>), and audit entries are the caller's to add.
/// </summary>
internal static class BulkInsert
{
    public static async Task BulkInsertAsync<TEntity>(this AppDbContext db, IReadOnlyCollection<TEntity> rows)
        where TEntity : class, ITenantOwned
    {
        if (rows.Count == 0)
        {
            return;
        }

        foreach (var row in rows)
        {
            if (row.TenantId != db.CurrentTenantId)
            {
                throw new ForeignTenantException(typeof(TEntity).Name);
            }

            (row as Contact)?.RefreshKeys();
        }

        var table = Table.Of(db, typeof(TEntity));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, table, rows);
        }
        else
        {
            var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            await InsertEachAsync((SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction)transaction, table, rows);
        }
    }

    private static async Task InsertEachAsync<TEntity>(
        SqliteConnection connection, SqliteTransaction transaction, Table table, IReadOnlyCollection<TEntity> rows)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        var values = string.Join(", ", table.Columns.Select((_, at) => $"$p{at}"));
#pragma warning disable CA2100 // Names from the model, never from a caller.
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({names}) VALUES ({values})";
#pragma warning restore CA2100
        var parameters = table.Columns.Select((_, at) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{at}" })).ToArray();
        foreach (var row in rows)
        {
            for (var at = 0; at < parameters.Length; at++)
            {
                parameters[at].Value = table.Columns[at].Read(row!) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task CopyAsync<TEntity>(NpgsqlConnection connection, Table table, IReadOnlyCollection<TEntity> rows)
    {
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        await using var import = await connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({names}) FROM STDIN (FORMAT BINARY)");
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
                property.GetColumnName(table)!, storeType, row => getter.GetClrValue(row) is { } value && convert is not null ? convert(value) : getter.GetClrValue(row));
        }
    }
}
