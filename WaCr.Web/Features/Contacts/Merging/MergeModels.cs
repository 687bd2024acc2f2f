namespace WaCr.Web.Features.Contacts;

/// <summary>Two contacts to merge.</summary>
/// <param name="SurvivorVersion">Version the user saw; likewise for the other contact.</param>
/// <param name="FromOther">Fields whose value is taken from the other contact. Groups are always combined.</param>
public sealed record MergeContacts(
    long SurvivorId, long SurvivorVersion, long OtherId, long OtherVersion, IReadOnlyCollection<string> FromOther);

/// <summary>A merge that can still be undone.</summary>
/// <param name="MergedBy">Empty for the product itself.</param>
public sealed record MergeItem(long Id, string MergedName, string MergedBy, DateTimeOffset MergedAt);

/// <param name="RestoredId">The restored contact.</param>
/// <param name="Kept">Fields of the survivor that stay: edited since, or their old value no longer exists.</param>
public sealed record UnmergeOutcome(long RestoredId, IReadOnlyList<string> Kept);

public enum DuplicateReason
{
    SimilarPhone = 0,
    SimilarEmail = 1,
    SimilarName = 2,
}

/// <summary>A possible duplicate.</summary>
public sealed record DuplicateCandidate(long Id, string Name, string PhoneKey, string? Email, IReadOnlyList<DuplicateReason> Reasons);

/// <summary>Two contacts that are probably one person, by number or mailbox. The older one comes first.</summary>
public sealed record DuplicatePair(DuplicateContact First, DuplicateContact Second, DuplicateReason Reason);

public sealed record DuplicateContact(long Id, string Name, string PhoneKey, string? Email);

/// <param name="Pairs">At most <see cref="ContactDuplicates.MaxListed"/>.</param>
/// <param name="IsPartial">There are more contacts than the <see cref="ContactDuplicates.MaxSearched"/> that were compared.</param>
public sealed record DuplicateList(IReadOnlyList<DuplicatePair> Pairs, int Total, bool IsPartial);

public static class MergeErrors
{
    public static NotFoundError NotFound => new("merge.not_found", "Merge not found");

    public static readonly FieldError WithItself = new("contact.merge_with_itself", "A contact cannot be merged with itself");

    public static ValidationError Itself => new("other_id", WithItself);
}
