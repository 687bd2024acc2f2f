using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>One change of a contact: who, when, through which door, and each field before and after.</summary>
/// <param name="ActorName">Empty where it was the product itself.</param>
public sealed record HistoryEntry(
    long Id, DateTimeOffset At, AuditAction Action, ActorKind ActorKind, string ActorName, ChangeOrigin ChangeOrigin, IReadOnlyList<FieldChange> Changes);

/// <summary>A field in the words of the API. Values are as a form holds them, "" for none; ids stay ids.</summary>
public sealed record FieldChange(string Field, string Before, string After)
{
    /// <summary>The groups that the contact joined; empty for every other field.</summary>
    public IReadOnlyList<long> Joined { get; init; } = [];

    /// <summary>The groups that it left.</summary>
    public IReadOnlyList<long> Left { get; init; } = [];

    /// <summary>Whether the field is one that people and programs set.</summary>
    public bool CanBeReverted => ContactFieldNames.All.Contains(Field);
}

/// <summary>The latest changes first.</summary>
/// <param name="OlderThan">To be asked for next; null where these are the first ones.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? OlderThan);

/// <summary>What would take a change back.</summary>
/// <param name="Patch">An update like any other; it gives nothing where all is as it was before already.</param>
/// <param name="Version">The contact for which it was made.</param>
/// <param name="ChangedSince">Fields that somebody changed after it: reverting would undo that as well.</param>
public sealed record RevertPlan(ContactPatch Patch, long Version, IReadOnlyList<ChangedSince> ChangedSince);

/// <param name="Now">What it would overwrite.</param>
public sealed record ChangedSince(string Field, string Before, string Now);
