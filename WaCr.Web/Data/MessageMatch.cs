namespace WaCr.Web.Data;

/// <summary>A message found by a search.</summary>
public sealed class MessageMatch
{
    /// <summary>Same order as the messages' ids; on SQLite it is the text index's row id, so that sorting by it is free.</summary>
    public long Order { get; init; }

    public required Message Message { get; init; }
}
