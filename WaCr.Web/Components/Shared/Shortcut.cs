namespace WaCr.Web.Components.Shared;

/// <summary>A key, or keys pressed together, and what they do.</summary>
public sealed record Shortcut(IReadOnlyList<string> Keys, string What);
