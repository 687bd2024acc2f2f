using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>A contact in the trash, as its list shows it.</summary>
/// <param name="DeletedBy">The name of the person or token; empty where it was the product itself.</param>
/// <param name="GoneAt">When it is deleted for good.</param>
public sealed record TrashItem(long Id, string Name, string PhoneKey, string DeletedBy, ChangeOrigin ChangeOrigin, DateTimeOffset DeletedAt, DateTimeOffset GoneAt);

public enum RestoreProblem
{
    PhoneTaken = 0,
    EmailTaken = 1,

    /// <summary>The workspace has no status or no source any more that the contact could have.</summary>
    NothingToStandIn = 2,
}

public sealed record NotRestored(long Id, string Name, RestoreProblem Problem);

/// <summary>What became of a wish to restore. Ids that are not in the trash count as neither.</summary>
public sealed record RestoreOutcome(IReadOnlyList<long> Restored, IReadOnlyList<NotRestored> NotRestored);

/// <summary>Which part of the trash to show, the latest deletions first.</summary>
/// <param name="Search">A part of the name; case and accents do not count.</param>
public sealed record TrashQuery(PageRequest Page, string? Search = null);
