namespace WaCr.Web.Data;

/// <summary>
/// Tags for queries inside a write that take rows for themselves: <c>TagWith(RowLocks.SkipLocked)</c>. SQLite has one writer and needs none.
/// </summary>
public static class RowLocks
{
    /// <summary>Rows that another transaction holds are left out, so that several take different ones and nobody waits.</summary>
    public const string SkipLocked = "rows: skip locked";
}
