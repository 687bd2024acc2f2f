using WaCr.Web.Domain;

namespace WaCr.Web.Data;

/// <summary>
/// A contact that a list query goes over. <see cref="Id"/> is the same number as the contact's, but
/// read from what drives the query (on SQLite the text index), so that ordering by it costs nothing.
/// </summary>
public sealed class ContactMatch
{
    public long Id { get; init; }
    public required Contact Contact { get; init; }
}
