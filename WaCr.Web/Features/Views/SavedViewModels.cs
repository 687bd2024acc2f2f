namespace WaCr.Web.Features.Views;

/// <param name="Query">Query string of the list: search, filters and sort.</param>
/// <param name="MayChange">Whether the current user may rename, share, replace and delete it.</param>
public sealed record SavedViewItem(long Id, string Name, bool IsShared, string Query, bool MayChange);

/// <summary>Changes to a view; absent fields stay.</summary>
public sealed record SavedViewPatch
{
    public Optional<string> Name { get; init; }
    public Optional<bool> IsShared { get; init; }
    public Optional<string> Query { get; init; }
}

public static class SavedViewErrors
{
    public static readonly FieldError NameRequired = new("view.name_required", "View name is required");
    public static readonly FieldError TooLong = new("view.too_long", "These filters are too long to be kept");
    public static readonly FieldError TooMany = new("view.too_many", "You have as many views as can be kept; delete one first");

    public static NotFoundError NotFound => new("view.not_found", "View not found");
}
