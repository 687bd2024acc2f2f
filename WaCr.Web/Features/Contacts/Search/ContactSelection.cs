namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Contacts of a bulk action or export: picked ids, or all that match a search and filters, minus exceptions. Matching is resolved in the
/// database when the action runs, so ids are never sent by the thousand.
/// </summary>
public sealed record ContactSelection
{
    private ContactSelection()
    {
    }

    /// <summary>The picked contacts; empty if <see cref="Matching"/> is set.</summary>
    public IReadOnlyList<long> Ids { get; private init; } = [];

    /// <summary>Only search and filters count; page, sort and includes are ignored.</summary>
    public ContactQuery? Matching { get; private init; }

    /// <summary>Matching contacts the user deselected.</summary>
    public IReadOnlyList<long> Except { get; private init; } = [];

    public static ContactSelection Of(IEnumerable<long> ids) => new() { Ids = [.. ids.Distinct()] };

    public static ContactSelection AllMatching(ContactQuery query, IEnumerable<long> except) =>
        new() { Matching = query, Except = [.. except.Distinct()] };
}
