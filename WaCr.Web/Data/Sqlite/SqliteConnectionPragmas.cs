using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data.Sqlite;

/// <summary>Settings that SQLite keeps per connection; applied once to each, however often the pool hands it out.</summary>
internal sealed class SqliteConnectionPragmas : DbConnectionInterceptor
{
    /// <summary>How long a connection waits for another process (the command line, a backup) before it gives up.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    // FULL: a commit that was answered survives a power cut. The cache is per connection, in KiB.
    private const string ReaderPragmas = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY;";

    private readonly ConditionalWeakTable<object, object> _done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A pooled context keeps its connection open: opening one registers EF's twenty functions again, which costs as
    /// much as the query. An idle connection holds no lock.
    /// </summary>
    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(InterceptionResult.Suppress());

    private void Apply(SqliteConnection connection)
    {
        var handle = connection.Handle!;
        if (_done.TryGetValue(handle, out _))
        {
            return;
        }

        Configure(connection, ReaderPragmas);
        _done.AddOrUpdate(handle, handle);
    }

    public static void Configure(SqliteConnection connection, string pragmas)
    {
        // SQLite's own waiting: the driver's retry sleeps 150 ms at a time.
        _ = SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, (int)BusyTimeout.TotalMilliseconds);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this assembly.
        command.CommandText = pragmas;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
