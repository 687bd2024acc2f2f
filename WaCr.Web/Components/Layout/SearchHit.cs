namespace WaCr.Web.Components.Layout;

/// <summary>A result of the search over everything.</summary>
/// <param name="Url">Where it leads; "" for a command.</param>
/// <param name="Detail">Distinguishes it from others of the same name.</param>
/// <param name="Run">What a command does.</param>
public sealed record SearchHit(string Url, string Text, string? Detail, string Icon, Func<Task>? Run = null);

/// <summary>Results of one kind, with a heading.</summary>
public sealed record SearchGroup(string Title, IReadOnlyList<SearchHit> Hits);
