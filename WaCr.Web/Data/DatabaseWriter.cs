using WaCr.Web.Common;

namespace WaCr.Web.Data;

/// <summary>
/// The one way to change the database. The work is all or nothing: an error it answers, or an
/// exception, undoes everything it did. When the call returns success the change is on disk.
/// </summary>
public interface IDatabaseWriter
{
    /// <param name="work">
    /// May be run again from the start (with a fresh context) after a collision with another writer, so it keeps
    /// no state outside. Inside, reads see what earlier writes did: checks need no other lock.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for a turn; work that has begun runs to its end.</param>
    /// <exception cref="WriteContentionException">Others changed the same at once, each time that it was tried.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot write now (disk full, unreachable). Nothing was written.</exception>
    Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken);

    /// <summary>How many writes of this scope are on disk, or may be: of a commit whose answer was lost nobody knows.</summary>
    int Commits { get; }
}
