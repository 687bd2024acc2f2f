using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Bulk;

public enum GroupsMode
{
    Add = 0,
    Remove = 1,

    /// <summary>Sets exactly these groups.</summary>
    Replace = 2,
}

public sealed record BulkGroups(GroupsMode Mode, IReadOnlyList<long> Ids);

/// <summary>What to do to every selected contact.</summary>
public sealed record BulkAction
{
    /// <summary>Field names from <see cref="ContactFields.Bulk"/>.</summary>
    public static readonly IReadOnlyList<string> Editable = [.. ContactFields.Bulk.Select(field => field.Name)];

    public static readonly BulkAction Delete = new() { IsDelete = true };

    public bool IsDelete { get; init; }

    /// <summary>New values as text, keyed by <see cref="Editable"/>; null clears, absent keeps.</summary>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Null leaves groups alone.</summary>
    public BulkGroups? Groups { get; init; }

    /// <summary>What the contacts want, as somebody was told; null leaves it alone.</summary>
    public ConsentPatch? Consent { get; init; }

    /// <summary>The file to import; then nothing else is set.</summary>
    public ImportedFile? Import { get; init; }

    public bool IsNothing => !IsDelete && Fields.Count == 0 && Groups is null && Consent is null;
}

public sealed record ImportedFile(long Id, string FileName);

/// <param name="Selected">Contacts selected now.</param>
/// <param name="Changing">How many of them would change.</param>
public sealed record BulkPreview(int Selected, int Changing);

public enum BulkProblem
{
    /// <summary>Deleted before the job reached it.</summary>
    Gone = 0,

    /// <summary>Edited after the job; the edit is kept.</summary>
    EditedSince = 1,
    PhoneTaken = 2,
    EmailTaken = 3,
    PlanFull = 4,

    /// <summary>The previous value, such as a status, no longer exists.</summary>
    ChoiceGone = 5,
}

/// <param name="Examples">Ids of the first few contacts.</param>
public sealed record BulkFailureCount(BulkProblem Problem, int Count, IReadOnlyList<long> Examples);

/// <summary>A job's current state.</summary>
public sealed record BulkJobItem
{
    public required long Id { get; init; }
    public required BulkKind Kind { get; init; }

    /// <summary>For an undo: the action that is undone.</summary>
    public required BulkAction Action { get; init; }

    public required string StartedBy { get; init; }
    public required BulkState State { get; init; }
    public required BulkStop? StoppedBecause { get; init; }
    public required int Total { get; init; }
    public required int Changed { get; init; }
    public required int Unchanged { get; init; }
    public required int Failed { get; init; }
    public required IReadOnlyList<BulkFailureCount> Failures { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Deadline for an undo; null if there is nothing to undo.</summary>
    public required DateTimeOffset? UndoableUntil { get; init; }

    public required bool IsUndone { get; init; }

    public bool IsRunning => State == BulkState.Running;

    public int Behind => Changed + Unchanged + Failed;
}

public static class BulkErrors
{
    public static readonly FieldError NothingToDo = new("bulk.nothing_to_do", "Choose at least one change");
    public static readonly FieldError FieldUnknown = new("bulk.field_unknown", "This field cannot be changed for many contacts at once");
    public static readonly FieldError NobodySelected = new("bulk.nobody_selected", "No contacts are selected");

    public static NotFoundError NotFound => new("bulk_change.not_found", "Bulk change not found");

    public static AppError UndoTooLate => new TooLateError("bulk.undo_too_late", "This change can no longer be undone");

    public static AppError NotRunning => new TooLateError("bulk.ended", "This change has already ended");
}
