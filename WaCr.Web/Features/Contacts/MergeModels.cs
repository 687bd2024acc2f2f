using WaCr.Web.Common;

namespace WaCr.Web.Features.Contacts;

/// <summary>Two contacts that are one person.</summary>
/// <param name="SurvivorVersion">As the person who merges saw it; so too the other's.</param>
/// <param name="FromOther">The fields whose value is the other's from now on. Groups are joined anyway.</param>
public sealed record MergeContacts(
    long SurvivorId, long SurvivorVersion, long OtherId, long OtherVersion, IReadOnlyCollection<string> FromOther);

/// <summary>A merge that can still be undone.</summary>
/// <param name="MergedBy">Empty where it was the product itself.</param>
public sealed record MergeItem(long Id, string MergedName, string MergedBy, DateTimeOffset MergedAt);

/// <param name="RestoredId">The contact that is back.</param>
/// <param name="Kept">Fields of the survivor that stay as they are: somebody edited them since, or what stood there before is gone.</param>
public sealed record UnmergeOutcome(long RestoredId, IReadOnlyList<string> Kept);

public enum DuplicateReason
{
    SimilarPhone = 0,
    SimilarEmail = 1,
    SimilarName = 2,
}

/// <summary>Maybe the same person.</summary>
public sealed record DuplicateCandidate(long Id, string Name, string PhoneKey, string? Email, IReadOnlyList<DuplicateReason> Reasons);

public static class MergeErrors
{
    public static NotFoundError NotFound => new("merge.not_found", "Merge not found");

    public static readonly FieldError WithItself = new("contact.merge_with_itself", "A contact cannot be merged with itself");

    public static ValidationError Itself => new("other_id", WithItself);
}
