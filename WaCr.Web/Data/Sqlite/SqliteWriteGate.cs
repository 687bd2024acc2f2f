using WaCr.Web.Common;

namespace WaCr.Web.Data.Sqlite;

/// <summary>How long anything of the write path waits before it gives up.</summary>
public sealed class SqliteWriteLimits
{
    /// <summary>For a turn at writing, queue included.</summary>
    public TimeSpan Turn { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>At the end, for the write that is under way.</summary>
    public TimeSpan Stop { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// SQLite lets one connection write at a time and queues the others unfairly. This is the fair queue
/// of this process: the commit group takes a turn for a group, any other save for itself.
/// </summary>
public sealed class SqliteWriteGate(SqliteWriteLimits limits, OutageLog outages) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The turn ends when the answer is disposed of.</summary>
    /// <exception cref="StorageUnavailableException">Whoever has the turn did not give it back in time.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken) =>
        await _turn.WaitAsync(limits.Turn, cancellationToken) ? new Turn(_turn) : throw TooLate();

    /// <inheritdoc cref="TakeAsync"/>
    public IDisposable Take() => _turn.Wait(limits.Turn) ? new Turn(_turn) : throw TooLate();

    public void Dispose() => _turn.Dispose();

    private StorageUnavailableException TooLate()
    {
        var late = new StorageUnavailableException(new TimeoutException("Another write did not end in time."));
        outages.Refused(late);
        return late;
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
