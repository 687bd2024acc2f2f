using WaCr.Web.Common;

namespace WaCr.Web.Features.Views;

/// <param name="Query">Search, filters and sort as they stand in the list's address.</param>
/// <param name="MayChange">Whether the person who asks may rename, share, replace and delete it.</param>
public sealed record SavedViewItem(long Id, string Name, bool IsShared, string Query, bool MayChange);

/// <summary>What to change of a view; absent stays.</summary>
public sealed record SavedViewPatch
{
    public Optional<string> Name { get; init; }
    public Optional<bool> IsShared { get; init; }
    public Optional<string> Query { get; init; }
}

public static class SavedViewErrors
{
    public const string NameRequired = "View name is required";
    public const string TooLong = "These filters are too long to be kept";
    public const string TooMany = "You have as many views as can be kept; delete one first";

    public static NotFoundError NotFound => new("View not found");
}
