using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Domain;

namespace WaCr.Bench;

/// <summary>
/// Builds SQLite's text index in a file beside the database, on the second core, and then moves its tables over: half of a load's
/// work is this index.
/// </summary>
internal sealed class TextIndexBuild : IAsyncDisposable
{
    private const int Buffer = 1 << 28;
    private static readonly string[] Tables = ["data", "idx", "docsize"];

    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insert;
    private Task _work = Task.CompletedTask;

    private TextIndexBuild(string file, string definition)
    {
        _file = file;
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode=OFF");
        Run("PRAGMA synchronous=OFF");
        Run("PRAGMA cache_size=-65536");
        Run(definition);
        Run(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO ContactSearch(ContactSearch, rank) VALUES ('hashsize', {Buffer})"));
        Run("BEGIN");
        _insert = new SqliteStatement(_connection, "INSERT INTO ContactSearch(rowid, Text) VALUES (?1, ?2)");
    }

    /// <summary>Null on PostgreSQL, whose index is one among the others.</summary>
    public static async Task<TextIndexBuild?> BeginAsync(AppDbContext db)
    {
        if (db.Database.GetDbConnection() is not SqliteConnection connection)
        {
            return null;
        }

        var definition = await db.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE name = 'ContactSearch'")
            .SingleAsync();
        return new TextIndexBuild(connection.DataSource + ".text", definition);
    }

    /// <summary>Goes on by itself. The contacts have their search text and are not changed any more.</summary>
    public void Add(IReadOnlyList<Contact> contacts) => _work = _work.ContinueWith(
        _ =>
        {
            foreach (var contact in contacts)
            {
                _insert.Bind(1, TextIndexRows.RowIdsOf(contact.TenantId).First + contact.Id);
                _insert.Bind(2, contact.SearchText);
                _insert.Run();
            }
        },
        TaskScheduler.Default);

    public async Task MoveIntoAsync(AppDbContext db)
    {
        await _work;
        Run("COMMIT");
        await _connection.CloseAsync();
        await db.Database.ExecuteSqlRawAsync("ATTACH {0} AS built", _file);
        foreach (var table in Tables)
        {
#pragma warning disable EF1002 // Names of this class.
            await db.Database.ExecuteSqlRawAsync($"DELETE FROM main.ContactSearch_{table}");
            await db.Database.ExecuteSqlRawAsync(
                $"INSERT INTO main.ContactSearch_{table} SELECT * FROM built.ContactSearch_{table} ORDER BY 1, 2");
#pragma warning restore EF1002
        }

        await db.Database.ExecuteSqlRawAsync("DETACH built");
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        File.Delete(_file);
    }

    private void Run(string sql) => new SqliteStatement(_connection, sql).Run();
}
