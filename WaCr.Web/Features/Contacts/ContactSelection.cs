namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Which contacts a bulk action or an export is about: the ones that were picked, or all that match a search and
/// filters but a few. What matches is asked of the database at the time of the action; ids never travel by the thousand.
/// </summary>
public sealed record ContactSelection
{
    private ContactSelection()
    {
    }

    /// <summary>The picked contacts; empty where <see cref="Matching"/> is set.</summary>
    public IReadOnlyList<long> Ids { get; private init; } = [];

    /// <summary>Search and filters alone count; page, sort and includes do not.</summary>
    public ContactQuery? Matching { get; private init; }

    /// <summary>Taken out of what matches by hand.</summary>
    public IReadOnlyList<long> Except { get; private init; } = [];

    public static ContactSelection Of(IEnumerable<long> ids) => new() { Ids = [.. ids.Distinct()] };

    public static ContactSelection AllMatching(ContactQuery query, IEnumerable<long> except) => new() { Matching = query, Except = [.. except.Distinct()] };
}
