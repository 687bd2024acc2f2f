using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// The fields of a contact that somebody gives: all that are required to create one, only the
/// changed ones to update. Absent stays, a given null clears.
/// </summary>
public sealed record ContactPatch
{
    public Optional<string?> FirstName { get; init; }
    public Optional<string?> LastName { get; init; }
    public Optional<string?> Company { get; init; }

    /// <summary><c>lead</c>, <c>customer</c> or <c>guest</c>.</summary>
    public Optional<string?> Type { get; init; }

    public Optional<string?> Email { get; init; }
    public Optional<string?> Phone { get; init; }
    public Optional<long?> StatusId { get; init; }
    public Optional<long?> SourceId { get; init; }
    public Optional<string?> Description { get; init; }
    public Optional<string?> City { get; init; }
    public Optional<string?> State { get; init; }
    public Optional<string?> Zip { get; init; }
    public Optional<string?> Address { get; init; }
    public Optional<long?> CountryId { get; init; }
    public Optional<long?> AssignedId { get; init; }

    /// <summary>A tag after BCP 47, such as <c>pt-BR</c>.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>The whole set of groups; null counts as none.</summary>
    public Optional<IReadOnlyList<long>?> Groups { get; init; }

    /// <summary>The phone where its reader knows more than the text says: a calling code that stood elsewhere.</summary>
    public PhoneNumber? PhoneRead { get; init; }

    /// <summary>Whether the person wants no messages. A patch only ever sets this; taking it back is the person's own.</summary>
    public bool OptsOut { get; init; }

    /// <summary>Whether it is the form's: what its user typed and did not save (<see cref="UnsavedEdits"/>) goes with the save.</summary>
    public bool EndsUnsavedEdit { get; init; }

    /// <summary>
    /// What the door could not read (a number where text belongs). The service reports these beside
    /// its own findings, so that all errors come at once.
    /// </summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <summary>A contact as it is shown. Groups are ids in ascending order.</summary>
public sealed record ContactDetails
{
    public required long Id { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string? Company { get; init; }
    public required ContactType Type { get; init; }
    public required string? Email { get; init; }
    public required string Phone { get; init; }

    /// <summary>Canonical E.164 digits without the plus.</summary>
    public required string PhoneKey { get; init; }

    public required long StatusId { get; init; }
    public required long SourceId { get; init; }
    public required string? Description { get; init; }
    public required string? City { get; init; }
    public required string? State { get; init; }
    public required string? Zip { get; init; }
    public required string? Address { get; init; }
    public required int? CountryId { get; init; }
    public required long? AssignedId { get; init; }
    public string? Language { get; init; }
    public required bool IsOptedOut { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
    public IReadOnlyList<long> GroupIds { get; init; } = [];

    /// <summary>Null where it was not asked for (<see cref="ContactIncludes"/>).</summary>
    public IReadOnlyList<GroupItem>? Groups { get; init; }

    /// <inheritdoc cref="Groups"/>
    public LookupItem? Source { get; init; }

    /// <inheritdoc cref="Groups"/>
    public StatusItem? Status { get; init; }
}

public sealed record GroupItem(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record LookupItem(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record StatusItem(long Id, string Name, string? Color, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What to load beside the contact itself.</summary>
[Flags]
public enum ContactIncludes
{
    None = 0,
    Groups = 1,
    Source = 2,
    Status = 4,
    All = Groups | Source | Status,
}

/// <summary>What a list of contacts is asked for.</summary>
public sealed record ContactQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);

    /// <summary>Empty: newest first.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];

    /// <summary>As typed; blanks alone are no search.</summary>
    public string? Search { get; init; }

    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];
    public ContactIncludes Includes { get; init; }
}

/// <summary>The fields that a list of contacts can be narrowed by, in the words of the API; the last three are the staff app's alone.</summary>
public static class ContactFilterFields
{
    public const string Type = "type";
    public const string StatusId = "status_id";
    public const string SourceId = "source_id";
    public const string AssignedId = "assigned_id";
    public const string GroupId = "group_id";
    public const string CreatedAt = "created_at";
    public const string CountryId = "country_id";

    /// <summary>1 for those who opted out, 0 for the others; <see cref="FilterOperator.Equal"/> alone.</summary>
    public const string IsOptedOut = "is_opted_out";

    /// <summary>Whether there is one: <see cref="FilterOperator.Null"/> alone.</summary>
    public const string Email = "email";
}

/// <summary>The fields that a list of contacts can be sorted by, in the words of the API.</summary>
public static class ContactSortFields
{
    public const string Id = "id";
    public const string FirstName = "firstname";
    public const string LastName = "lastname";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    public static readonly IReadOnlyList<string> All = [Id, FirstName, LastName, CreatedAt, UpdatedAt];
}

/// <summary>What became of a batch; <c>Index</c> counts from 0.</summary>
public sealed record BatchOutcome(
    int Total, IReadOnlyList<ContactDetails> Created, IReadOnlyList<SkippedRow> Skipped, IReadOnlyList<FailedRow> Failed);

public sealed record SkippedRow(int Index, string Reason);

public sealed record FailedRow(int Index, FieldErrors Errors);

/// <param name="ContinueOnError">False: the first failing row undoes all.</param>
/// <param name="SkipDuplicates">A row whose phone exists is passed over instead of failing.</param>
public sealed record BatchOptions(bool ContinueOnError = true, bool SkipDuplicates = false);
