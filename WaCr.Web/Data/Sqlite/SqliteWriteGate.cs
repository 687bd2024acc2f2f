namespace WaCr.Web.Data.Sqlite;

/// <summary>Time limits of the write path.</summary>
public sealed class SqliteWriteLimits
{
    /// <summary>For getting a turn to write, including the queue.</summary>
    public TimeSpan Turn { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>On shutdown, for the running write.</summary>
    public TimeSpan Stop { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// SQLite lets one connection write at a time and queues the others unfairly. This is this process's fair queue: the commit group takes a
/// turn per group, any other save one for itself.
/// </summary>
public sealed class SqliteWriteGate(SqliteWriteLimits limits, OutageLog outages) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The turn ends when the result is disposed of.</summary>
    /// <exception cref="StorageUnavailableException">Whoever has the turn did not give it back in time.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken) =>
        await _turn.WaitAsync(limits.Turn, cancellationToken) ? new Turn(_turn) : throw TooLate();

    /// <inheritdoc cref="TakeAsync"/>
    public IDisposable Take() => _turn.Wait(limits.Turn) ? new Turn(_turn) : throw TooLate();

    public void Dispose() => _turn.Dispose();

    private StorageUnavailableException TooLate()
    {
        var late = new StorageUnavailableException(new TimeoutException("Another write did not finish in time."));
        outages.Report(late);
        return late;
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
