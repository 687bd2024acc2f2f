namespace WaCr.Web.Data.Sqlite;

/// <summary>A row of the text index over contacts (<see cref="TextIndexRows"/>).</summary>
internal sealed class ContactSearchEntry : IPlatformOwned
{
    public long RowId { get; init; }
    public string Match { get; init; } = "";
}
