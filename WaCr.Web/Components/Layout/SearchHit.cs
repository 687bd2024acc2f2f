namespace WaCr.Web.Components.Layout;

/// <summary>A place that the search over everything offers.</summary>
/// <param name="Detail">What tells it from others of that name.</param>
public sealed record SearchHit(string Url, string Text, string? Detail, string Icon);

/// <summary>Hits of one kind, under a heading of their own.</summary>
public sealed record SearchGroup(string Title, IReadOnlyList<SearchHit> Hits);
