using Microsoft.Data.Sqlite;

namespace WaCr.Web.Tests.Support;

/// <summary>A call that waits until the test lets it go on.</summary>
internal sealed class Held(params string[] words)
{
    // Longer than a busy machine needs; a test that waits for nothing fails with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the call waits.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(Patience);

    public void Release() => _released.TrySetResult();

    public void Fail() => _released.TrySetException(new SqliteException("The database is gone.", 10));

    public bool Fits(string statement) => words.All(word => statement.Contains(word, StringComparison.Ordinal));

    public Task WaitAsync()
    {
        _reached.TrySetResult();
        return _released.Task;
    }
}
