using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Channel = System.Threading.Channels.Channel;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// The single writer of a SQLite file. Writes that wait together share one transaction and one fsync; each is kept or undone by itself and
/// has its own error. Callers are answered after the commit.
/// </summary>
public sealed partial class SqliteCommitGroup(
    SqliteDatabaseFile file, SqliteWriteGate gate, SqliteWriteLimits limits, ChangeFeed feed, OutageLog outages, TimeProvider time,
    WebhookSubscriptions subscriptions, ILogger<SqliteCommitGroup> logger) : IAsyncDisposable
{
    // Limits how long a group's first write waits for the last, and how much one crash can undo.
    private const int MaxGroupSize = 128;
    private static readonly TimeSpan MaxGroupTime = TimeSpan.FromMilliseconds(15);

    private readonly Channel<QueuedWrite> _waiting = Channel.CreateUnbounded<QueuedWrite>(new() { SingleReader = true });
    private readonly Lock _starting = new();
    private readonly SqliteCheckpoints _checkpoints = new(file.ConnectionString, logger);
    private SqliteConnection? _connection;
    private SqliteAppDbContext? _context;
    private Statements? _statements;
    private Task? _loop;

    private async Task<Result<T>> WriteAsync<T>(
        TenantContext tenant, Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var write = new QueuedWrite<T>(tenant, work, cancellationToken);
        EnsureStarted();
        if (!_waiting.Writer.TryWrite(write))
        {
            throw Stopping();
        }

        try
        {
            return await write.AnswerAsync(limits.Turn);
        }
        catch (StorageUnavailableException outage)
        {
            outages.Report(outage);
            throw;
        }
    }

    /// <summary>Finishes queued writes, but does not wait for one that hangs: stopping the process must not be blocked.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        try
        {
            await (_loop ?? Task.CompletedTask).WaitAsync(limits.Stop);
        }
        catch (TimeoutException)
        {
            Log.StillWriting(logger);
            while (_waiting.Reader.TryRead(out var write))
            {
                write.Fail(Stopping());
            }

            return; // its connection is in use
        }

        _checkpoints.Dispose();
        Disconnect();
    }

    private static StorageUnavailableException Stopping() => new(new ObjectDisposedException(nameof(SqliteCommitGroup)));

    private void EnsureStarted()
    {
        lock (_starting)
        {
            _loop ??= Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            try
            {
                using var turn = await gate.TakeAsync(CancellationToken.None);
                await CommitGroupAsync();
            }
            catch (Exception failure)
            {
                // Whatever failed, the next group is tried.
                FailAll([], failure);
            }
        }
    }

    private async Task CommitGroupAsync()
    {
        var group = new List<QueuedWrite>();
        try
        {
            var context = Connect();
            await using var transaction = _connection!.BeginTransaction(); // IMMEDIATE: holds the lock from here on
            await context.Database.UseTransactionAsync(transaction);
            var started = Stopwatch.GetTimestamp();
            var isLost = false;
            while (!isLost && group.Count < MaxGroupSize && Stopwatch.GetElapsedTime(started) < MaxGroupTime
                && _waiting.Reader.TryRead(out var write))
            {
                if (write.TryBegin())
                {
                    // The first is undone with the transaction: a savepoint keeps in memory what the pages held that a write changes. That
                    // spares most large writes: one that is the first takes longer than a group waits, and stays alone in it.
                    var isFirst = group.Count == 0;
                    group.Add(write);
                    isLost = !await RunAsync(write, context, _statements!, hasSavepoint: !isFirst) && isFirst;
                }
            }

            if (isLost)
            {
                await transaction.RollbackAsync();
            }
            else
            {
                _statements!.Contacts.IndexPending();
                _statements.Messages.IndexPending();
                await transaction.CommitAsync();
            }

            await context.Database.UseTransactionAsync(null);
        }
        catch (Exception failure)
        {
            // The transaction is lost with all the group's writes; none was answered yet.
            Disconnect();
            var seen = SqliteAppDbContext.IsStorageError(failure) ? new StorageUnavailableException(failure) : failure;
            FailAll(group, seen);
            return;
        }

        outages.Works();
        Measures.GroupCommitted(group.Count);
#pragma warning disable RS0030 // A writer.
        group.ForEach(write => feed.Publish(write.Changes)); // before callers are answered, or they could read stale caches
#pragma warning restore RS0030
        group.ForEach(write => write.Complete());
        _checkpoints.AfterCommit(_connection!);
    }

    private void FailAll(List<QueuedWrite> group, Exception failure)
    {
        // If not even the transaction could start, the first write must not retry forever.
        if (group.Count == 0 && _waiting.Reader.TryRead(out var first))
        {
            first.Fail(failure);
        }

        group.ForEach(write => write.Fail(failure));
    }

    // Whether its changes are kept.
    private async Task<bool> RunAsync(QueuedWrite write, SqliteAppDbContext context, Statements statements, bool hasSavepoint)
    {
        Activity.Current = write.Caller;
        context.Bind(write.Tenant, time);
        if (hasSavepoint)
        {
            statements.Save.Run();
        }

        try
        {
            if (await write.RunAsync(context))
            {
                await context.WriteEventsAsync();
                if (hasSavepoint)
                {
                    statements.Release.Run();
                }

                write.Changes = context.TakeChanges();
                return true;
            }
        }
        catch (Exception exception) when (SqliteAppDbContext.IsDamage(exception))
        {
            write.Fail(new StorageUnavailableException(exception)); // its own rows alone
        }
        catch (Exception exception) when (!SqliteAppDbContext.IsStorageError(exception))
        {
            write.Fail(exception);
        }
        finally
        {
            context.ChangeTracker.Clear();
            context.Bind(null, time);
        }

        if (hasSavepoint)
        {
            statements.Rollback.Run();
            statements.Release.Run();
        }

        return false;
    }

    private SqliteAppDbContext Connect()
    {
        if (_context is not null)
        {
            return _context;
        }

        _connection = SqliteConnections.OpenWriter(file.ConnectionString);
        var options = new DbContextOptionsBuilder<SqliteAppDbContext>();
        DatabaseOptions.UseSqlite(options, _connection);
        options.AddInterceptors(new PreparedCommands(), new ChangedTables());
        _context = new SqliteAppDbContext(options.Options) { EventSubscriptions = subscriptions };
        _context.Database.AutoSavepointsEnabled = false;
        _statements = new Statements(_connection);
        return _context;
    }

    private void Disconnect()
    {
        _context?.Dispose();
        SqliteConnections.Close(_connection);
        _context = null;
        _connection = null;
        _statements = null;
    }

    /// <summary>One scope's access to the group, with its tenant.</summary>
    internal sealed class Writer(SqliteCommitGroup group, TenantContext tenant) : IDatabaseWriter
    {
        private int _commits;

        public int Commits => _commits;

        public async Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
        {
            var result = await group.WriteAsync(tenant, work, cancellationToken);
            if (result.Succeeded)
            {
                Interlocked.Increment(ref _commits);
            }

            return result;
        }
    }

    private sealed class Statements(SqliteConnection connection)
    {
        public SqliteStatement Save { get; } = new(connection, "SAVEPOINT write");
        public SqliteStatement Release { get; } = new(connection, "RELEASE write");
        public SqliteStatement Rollback { get; } = new(connection, "ROLLBACK TO write");
        public TextIndexer Contacts { get; } = new(connection, TextIndexTable.Contacts);
        public TextIndexer Messages { get; } = new(connection, TextIndexTable.Messages);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "A write did not finish in time; the process stops without it.")]
        public static partial void StillWriting(ILogger logger);
    }
}
