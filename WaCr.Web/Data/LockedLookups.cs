namespace WaCr.Web.Data;

/// <summary>Rows that another process may be about to add.</summary>
public static class LockedLookups
{
    /// <summary>
    /// Looks, and if nothing is found waits for the lock that whoever adds it holds, and looks again. What is still missing the caller adds
    /// under that lock. SQLite has one writer, so there one look is enough. Runs inside a write.
    /// </summary>
    /// <param name="db">The write's own context.</param>
    /// <param name="find">What is there.</param>
    /// <param name="isFound">Whether that needs no second look.</param>
    /// <param name="takeLock">Gets what the first look found.</param>
    public static async Task<T> FindOrLockAsync<T>(
        this AppDbContext db, Func<Task<T>> find, Func<T, bool> isFound, Func<T, Task> takeLock)
    {
        var found = await find();
        if (isFound(found) || !db.HasReplicas)
        {
            return found;
        }

        await takeLock(found);
        return await find();
    }
}
