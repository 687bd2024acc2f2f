namespace WaCr.Web.Features.Contacts;

/// <summary>One change of a contact: who, when, from which origin, and each field before and after.</summary>
/// <param name="ActorName">Empty for the product itself.</param>
public sealed record HistoryEntry(
    long Id, DateTimeOffset At, AuditAction Action, ActorKind ActorKind, string ActorName, ChangeOrigin ChangeOrigin,
    IReadOnlyList<FieldChange> Changes);

/// <summary>A field as named in the API. Values are as in a form, "" for none; ids stay ids.</summary>
public sealed record FieldChange(string Field, string Before, string After)
{
    /// <summary>Groups the contact joined; empty for other fields.</summary>
    public IReadOnlyList<long> Joined { get; init; } = [];

    /// <summary>Groups the contact left; empty for other fields.</summary>
    public IReadOnlyList<long> Left { get; init; } = [];

    /// <summary>False for fields that only the system sets.</summary>
    public bool CanBeReverted => ContactFieldNames.All.Contains(Field);
}

/// <summary>Newest changes first.</summary>
/// <param name="OlderThan">Argument for the next page; null if there is none.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? OlderThan);

/// <summary>How to revert a change.</summary>
/// <param name="Patch">An ordinary update; empty if everything is already as before.</param>
/// <param name="Version">The contact's version the plan was made for.</param>
/// <param name="ChangedSince">Fields that were changed again later; reverting would overwrite that.</param>
public sealed record RevertPlan(ContactPatch Patch, long Version, IReadOnlyList<ChangedSince> ChangedSince);

/// <param name="Now">The value it would overwrite.</param>
public sealed record ChangedSince(string Field, string Before, string Now);
