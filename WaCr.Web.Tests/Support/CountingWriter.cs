namespace WaCr.Web.Tests.Support;

/// <summary>How often writes ran, and how often they ran again because they had collided.</summary>
internal sealed class WriteCount
{
    private int _runs;
    private int _repeats;

    public int Runs => _runs;

    public int Repeats => _repeats;

    public void Add(bool isFirst)
    {
        Interlocked.Increment(ref _runs);
        if (!isFirst)
        {
            Interlocked.Increment(ref _repeats);
        }
    }
}

/// <summary>The engine's own writer, counted.</summary>
internal sealed class CountingWriter(IDatabaseWriter inner, WriteCount count) : IDatabaseWriter
{
    public int Commits => inner.Commits;

    public Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var isFirst = true;
        return inner.WriteAsync<T>(
            db =>
            {
                count.Add(isFirst);
                isFirst = false;
                return work(db);
            },
            cancellationToken);
    }
}
