namespace WaCr.Web.Features.Contacts;

/// <summary>A contact in the trash, as a list item.</summary>
/// <param name="DeletedBy">Name of the user or token; empty for the product itself.</param>
/// <param name="GoneAt">When it is deleted for good.</param>
public sealed record TrashItem(
    long Id, string Name, string PhoneKey, string DeletedBy, ChangeOrigin ChangeOrigin, DateTimeOffset DeletedAt, DateTimeOffset GoneAt)
{
    /// <summary>What a contact who hides the number is called at WhatsApp, without the @; null for the others.</summary>
    public string? Username { get; init; }
}

public enum RestoreProblem
{
    PhoneTaken = 0,
    EmailTaken = 1,

    /// <summary>The workspace has no status or source left for the contact.</summary>
    NothingToStandIn = 2,
}

public sealed record NotRestored(long Id, string Name, RestoreProblem Problem);

/// <summary>Result of a restore. Ids that are not in the trash are in neither list.</summary>
public sealed record RestoreOutcome(IReadOnlyList<long> Restored, IReadOnlyList<NotRestored> NotRestored);

/// <summary>Query of the trash, newest deletions first.</summary>
/// <param name="Search">Part of the name; ignores case and accents.</param>
public sealed record TrashQuery(PageRequest Page, string? Search = null);
