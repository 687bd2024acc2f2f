namespace WaCr.Web.Data;

/// <summary>
/// The one way to change the database. Work is all or nothing: an error or an exception undoes everything it did. When the call returns
/// success the change is on disk.
/// </summary>
public interface IDatabaseWriter
{
    /// <param name="work">
    /// May run again from the start (with a fresh context) after a collision with another writer, so it must keep no state outside. Reads
    /// inside see earlier writes, so checks need no other lock.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for a turn; work that has started runs to its end.</param>
    /// <exception cref="WriteContentionException">Others changed the same at once, each time that it was tried.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot write now (disk full, unreachable). Nothing was
    /// written.</exception>
    Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken);

    /// <summary>How many writes of this scope are committed, counting those whose commit was not confirmed.</summary>
    int Commits { get; }
}
