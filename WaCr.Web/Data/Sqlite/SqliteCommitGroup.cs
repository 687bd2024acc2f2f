using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// The single writer of a SQLite file. Writes that wait together share one transaction and so one
/// fsync; each keeps its own savepoint and its own error. Nobody is answered before the commit.
/// </summary>
public sealed class SqliteCommitGroup(string connectionString, SqliteWriteGate gate, TimeProvider time) : IAsyncDisposable
{
    // A bound on how long the first of a group waits for the last, and on what one crash can undo.
    private const int MaxGroupSize = 128;
    private static readonly TimeSpan MaxGroupTime = TimeSpan.FromMilliseconds(15);

    private readonly Channel<IWrite> _waiting = Channel.CreateUnbounded<IWrite>(new() { SingleReader = true });
    private readonly Lock _starting = new();
    private readonly SqliteCheckpoints _checkpoints = new(connectionString);
    private SqliteConnection? _connection;
    private SqliteAppDbContext? _context;
    private Statements? _statements;
    private Task? _loop;

    public async Task<Result<T>> WriteAsync<T>(TenantContext scope, Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(scope, work, cancellationToken);
        EnsureStarted();
        await _waiting.Writer.WriteAsync(write, cancellationToken);
        return await write.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_loop is not null)
        {
            await _loop;
        }

        _checkpoints.Dispose();
        Disconnect();
    }

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
            await gate.WaitAsync(CancellationToken.None);
            try
            {
                await CommitGroupAsync();
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private async Task CommitGroupAsync()
    {
        var group = new List<IWrite>();
        try
        {
            var context = Connect();
            await using var transaction = _connection!.BeginTransaction(); // IMMEDIATE: the lock is ours from here on
            await context.Database.UseTransactionAsync(transaction);
            var started = Stopwatch.GetTimestamp();
            while (group.Count < MaxGroupSize && Stopwatch.GetElapsedTime(started) < MaxGroupTime && _waiting.Reader.TryRead(out var write))
            {
                if (write.IsAbandoned)
                {
                    continue;
                }

                group.Add(write);
                await RunAsync(write, context, _statements!);
            }

            _statements!.Contacts.IndexPending();
            _statements.Messages.IndexPending();
            await transaction.CommitAsync();
            await context.Database.UseTransactionAsync(null);
        }
        catch (Exception failure)
        {
            // The transaction is gone, and with it every write of the group: none was answered yet.
            Disconnect();
            var seen = SqliteAppDbContext.IsStorageError(failure) ? new StorageUnavailableException(failure) : failure;
            FailAll(group, seen);
            return;
        }

        group.ForEach(write => write.Complete());
        _checkpoints.AfterCommit(_connection);
    }

    private void FailAll(List<IWrite> group, Exception failure)
    {
        // Where not even the transaction could begin, the head of the queue must not try forever.
        if (group.Count == 0 && _waiting.Reader.TryRead(out var first))
        {
            first.Fail(failure);
        }

        group.ForEach(write => write.Fail(failure));
    }

    private async Task RunAsync(IWrite write, SqliteAppDbContext context, Statements statements)
    {
        context.Bind(write.Scope, time);
        statements.Save.Run();
        try
        {
            if (await write.RunAsync(context))
            {
                statements.Release.Run();
                return;
            }
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

        statements.Rollback.Run();
        statements.Release.Run();
    }

    private SqliteAppDbContext Connect()
    {
        if (_context is not null)
        {
            return _context;
        }

        _connection = SqliteConnections.OpenWriter(connectionString);
        var options = new DbContextOptionsBuilder<SqliteAppDbContext>();
        DatabaseOptions.UseSqlite(options, _connection);
        options.AddInterceptors(new PreparedCommands());
        _context = new SqliteAppDbContext(options.Options);
        _context.Database.AutoSavepointsEnabled = false;
        _statements = new Statements(_connection);
        return _context;
    }

    private void Disconnect()
    {
        _context?.Dispose();
        _connection?.Dispose();
        _context = null;
        _connection = null;
        _statements = null;
    }

    private sealed class Statements(SqliteConnection connection)
    {
        public SqliteStatement Save { get; } = new(connection, "SAVEPOINT write");
        public SqliteStatement Release { get; } = new(connection, "RELEASE write");
        public SqliteStatement Rollback { get; } = new(connection, "ROLLBACK TO write");
        public TextIndexer Contacts { get; } = new(connection, TextIndexTable.Contacts);
        public TextIndexer Messages { get; } = new(connection, TextIndexTable.Messages);
    }

    private interface IWrite
    {
        TenantContext Scope { get; }
        bool IsAbandoned { get; }
        Task<bool> RunAsync(AppDbContext context);
        void Complete();
        void Fail(Exception exception);
    }

    private sealed class Write<T>(TenantContext scope, Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken) : IWrite
    {
        private readonly TaskCompletionSource<Result<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Result<T>? _result;

        public Task<Result<T>> Answer => _answer.Task;

        public TenantContext Scope => scope;

        public bool IsAbandoned => cancellationToken.IsCancellationRequested && _answer.TrySetCanceled(cancellationToken);

        public async Task<bool> RunAsync(AppDbContext context)
        {
            _result = await work(context);
            return _result.Succeeded;
        }

        public void Complete()
        {
            if (_result is not null)
            {
                _answer.TrySetResult(_result);
            }
        }

        public void Fail(Exception exception) => _answer.TrySetException(exception);
    }
}
