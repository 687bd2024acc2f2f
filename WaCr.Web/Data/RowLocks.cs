namespace WaCr.Web.Data;

/// <summary>
/// Tags for queries that lock their rows inside a write: <c>TagWith(RowLocks.SkipLocked)</c>. SQLite has one writer and needs none.
/// </summary>
public static class RowLocks
{
    /// <summary>Rows locked by another transaction are skipped, so that several workers take different rows without waiting.</summary>
    public const string SkipLocked = "rows: skip locked";
}
