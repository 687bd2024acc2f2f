using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// A compiled statement of one connection, for the few paths where creating a command, a reader and parameters each time would cost more
/// than SQLite's own work. It ends with its connection (<see cref="SqliteConnections.Close"/>).
/// </summary>
internal sealed class SqliteStatement
{
    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, SqliteStatement>> Kept = [];
    private static readonly ConditionalWeakTable<SqliteConnection, List<sqlite3_stmt>> All = [];

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly OutageLog? _outages;

    /// <param name="connection">Where it runs.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="outages">Told of storage faults, unless the caller reports them.</param>
    public SqliteStatement(SqliteConnection connection, string sql, OutageLog? outages = null)
    {
        _outages = outages;
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        All.GetOrCreateValue(connection).Add(_statement);
    }

    /// <summary>The highest parameter number.</summary>
    public int Parameters => raw.sqlite3_bind_parameter_count(_statement);

    /// <summary>This connection's statement for <paramref name="sql"/>, compiled once; only for a small set of texts.</summary>
    public static SqliteStatement Of(SqliteConnection connection, string sql)
    {
        var known = Kept.GetOrCreateValue(connection);
        return known.TryGetValue(sql, out var statement) ? statement : known[sql] = new SqliteStatement(connection, sql);
    }

    /// <summary>Call before the connection is closed; none of them may be used afterwards.</summary>
    public static void EndAll(SqliteConnection connection)
    {
        if (All.TryGetValue(connection, out var statements))
        {
            statements.ForEach(statement => statement.Dispose());
        }
    }

    /// <param name="index">Counts from 1, as SQLite does.</param>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public void Bind(int index, string? value) =>
        Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));

    /// <summary>Binds any value that EF's conversions produce for our columns.</summary>
    public void Bind(int index, object? value)
    {
        switch (value)
        {
            case null: Bind(index, (string?)null); break;
            case string text: Bind(index, text); break;
            case long number: Bind(index, number); break;
            case int number: Bind(index, (long)number); break;
            case Guid id: Bind(index, id.ToString().ToUpperInvariant()); break; // as the driver writes it
            case double number: Check(raw.sqlite3_bind_double(_statement, index, number)); break;
            case byte[] bytes: Check(raw.sqlite3_bind_blob(_statement, index, bytes)); break;
            case bool flag: Bind(index, flag ? 1L : 0L); break;
            case Enum word: Bind(index, Convert.ToInt64(word, null)); break;
            default: throw new NotSupportedException($"Unsupported column type {value.GetType().Name}.");
        }
    }

    /// <summary>Advances; false when there is no further row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>Runs it to its end; returns how many rows it changed, without triggers.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
                // Rows are ignored.
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The id of the last inserted row.</summary>
    public long InsertedId => raw.sqlite3_last_insert_rowid(_database);

    private void Check(int code)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        catch (SqliteException failure)
        {
            _outages?.Report(failure);
            throw;
        }
    }
}
