namespace WaCr.Web.Data;

internal static class CountLock
{
    /// <summary>
    /// Lets one write at a time add to a table whose rows are limited in number, until it ends. Count them afterwards, so that two never
    /// pass the limit together.
    /// </summary>
    /// <param name="table">The limited table.</param>
    /// <param name="userId">If each user has a limit.</param>
    public static Task LockCountAsync(this AppDbContext db, string table, long? userId = null) =>
        db.LockValueAsync(table, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"count {userId}"));
}
