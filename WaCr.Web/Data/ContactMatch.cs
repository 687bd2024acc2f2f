using WaCr.Web.Domain;

namespace WaCr.Web.Data;

/// <summary>A contact that a list query goes over.</summary>
public sealed class ContactMatch
{
    /// <summary>
    /// Climbs as the contacts' ids do, but is read from what drives the query (on SQLite the text index), so that
    /// ordering by it costs nothing.
    /// </summary>
    public long Order { get; init; }

    public required Contact Contact { get; init; }
}
