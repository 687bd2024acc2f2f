using WaCr.Web.Domain;

namespace WaCr.Web.Data;

/// <summary>A message that a search found.</summary>
public sealed class MessageMatch
{
    /// <summary>Climbs as the messages' ids do; on SQLite it is the text index's own, so that ordering by it costs nothing.</summary>
    public long Order { get; init; }

    public required Message Message { get; init; }
}
