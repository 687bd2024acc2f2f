namespace WaCr.Web.Components.Layout;

/// <summary>A result of the search over everything.</summary>
/// <param name="Url">Where it leads; "" for a command.</param>
/// <param name="Detail">Distinguishes it from others of the same name.</param>
public sealed record SearchHit(string Url, string Text, string? Detail, string Icon)
{
    /// <summary>Of the page that was open; it may be gone by now.</summary>
    public bool IsCommand => Url.Length == 0;
}

/// <summary>Results of one kind, with a heading.</summary>
public sealed record SearchGroup(string Title, IReadOnlyList<SearchHit> Hits);
