namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Fields given for a contact: all required ones on create, only changed ones on update. Absent fields stay, null clears.
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

    /// <summary>BCP 47 tag, such as <c>pt-BR</c>.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>The complete set of groups; null means none.</summary>
    public Optional<IReadOnlyList<long>?> Groups { get; init; }

    /// <summary>The parsed phone, if the caller knows more than the text says, such as a calling code from another column.</summary>
    public PhoneNumber? PhoneRead { get; init; }

    /// <summary>Opts the contact out of everything; an import says no more.</summary>
    public bool OptsOut { get; init; }

    /// <summary>What the person said anew; null leaves the consent as it is.</summary>
    public ConsentPatch? Consent { get; init; }

    /// <summary>Set by the contact form: saving also deletes the user's unsaved edit (<see cref="UnsavedEdits"/>).</summary>
    public bool EndsUnsavedEdit { get; init; }

    /// <summary>
    /// Fields the caller could not parse, such as a number for a text. Reported together with the service's errors, so that all come at
    /// once.
    /// </summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <summary>A contact as shown. Groups are in ascending order of id.</summary>
public sealed record ContactDetails
{
    public required long Id { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string? Company { get; init; }
    public required ContactType Type { get; init; }
    public required string? Email { get; init; }
    public required string Phone { get; init; }

    /// <summary>E.164 digits without the plus.</summary>
    public required string PhoneKey { get; init; }

    /// <summary>The person's name at WhatsApp, without the @; null if they have none.</summary>
    public string? Username { get; init; }

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
    public ConsentPurpose OptedOutOf { get; init; }
    public bool AgreesToMarketing { get; init; }
    public DateTimeOffset? ConsentChangedAt { get; init; }
    public Consent Consent => Consent.From(IsOptedOut, OptedOutOf, AgreesToMarketing);
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
    public IReadOnlyList<long> GroupIds { get; init; } = [];

    /// <summary>Null if not requested (<see cref="ContactIncludes"/>).</summary>
    public IReadOnlyList<GroupItem>? Groups { get; init; }

    /// <inheritdoc cref="Groups"/>
    public LookupItem? Source { get; init; }

    /// <inheritdoc cref="Groups"/>
    public StatusItem? Status { get; init; }

    /// <summary>When somebody wrote last, broadcasts aside; null if nobody did, or it was not requested.</summary>
    public DateTimeOffset? LastMessageAt { get; init; }
}

public sealed record GroupItem(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record LookupItem(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record StatusItem(long Id, string Name, string? Color, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>Related data to load with a contact.</summary>
[Flags]
public enum ContactIncludes
{
    None = 0,
    Groups = 1,
    Source = 2,
    Status = 4,
    LastMessage = 8,

    /// <summary>What the API gives.</summary>
    All = Groups | Source | Status,
}
