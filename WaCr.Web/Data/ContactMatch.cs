namespace WaCr.Web.Data;

/// <summary>A contact in a list query.</summary>
public sealed class ContactMatch
{
    /// <summary>
    /// Same order as the contacts' ids, but read from the index that drives the query (on SQLite the text index), so that sorting by it is
    /// free.
    /// </summary>
    public long Order { get; init; }

    public required Contact Contact { get; init; }
}
