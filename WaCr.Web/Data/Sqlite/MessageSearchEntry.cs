namespace WaCr.Web.Data.Sqlite;

/// <summary>A row of the text index over messages (<see cref="TextIndexRows"/>).</summary>
internal sealed class MessageSearchEntry : IPlatformOwned
{
    public long RowId { get; init; }
    public string Match { get; init; } = "";
}
