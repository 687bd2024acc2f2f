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

/// <summary>Query of a contact list.</summary>
public sealed record ContactQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);

    /// <summary>Empty: newest first.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];

    /// <summary>As typed; whitespace alone means no search.</summary>
    public string? Search { get; init; }

    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];
    public ContactIncludes Includes { get; init; }

    /// <summary>Matches counted with another page a moment ago; null counts them.</summary>
    public long? KnownTotal { get; init; }
}

/// <summary>Filter fields of a contact list as named in the API.</summary>
public static class ContactFilterFields
{
    public const string Type = "type";
    public const string StatusId = "status_id";
    public const string SourceId = "source_id";
    public const string AssignedId = "assigned_id";
    public const string GroupId = "group_id";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    /// <summary>Only in the staff app.</summary>
    public const string CountryId = "country_id";

    /// <summary>When somebody wrote last; only in the staff app.</summary>
    public const string LastMessageAt = "last_message_at";

    /// <summary>1 for contacts with messages that nobody has read, 0 for others; only in the staff app.</summary>
    public const string Unread = "unread";

    /// <summary>A campaign's id and a <see cref="CampaignReach"/> as number; only in the staff app.</summary>
    public const string Campaign = "campaign";

    /// <summary>1 for opted-out contacts, 0 for others.</summary>
    public const string IsOptedOut = "is_opted_out";

    /// <summary>A <see cref="ConsentFilter"/> as number; only in the staff app.</summary>
    public const string Consent = "consent";

    /// <summary>The whole address, ignoring case.</summary>
    public const string Email = "email";

    /// <summary>The whole number, in any spelling.</summary>
    public const string Phone = "phone";
}

/// <summary>How far a campaign's message got, at least.</summary>
public enum CampaignReach
{
    Sent = 0,
    Delivered = 1,
    Read = 2,
    Failed = 3,
}

/// <summary>What a contact wants, as a list can be filtered.</summary>
public enum ConsentFilter
{
    Unknown = 0,
    AgreesToMarketing = 1,

    /// <summary>No marketing, but other messages.</summary>
    NoMarketing = 2,

    /// <summary>No messages at all.</summary>
    Nothing = 3,
}

/// <summary>Sort fields of a contact list as named in the API.</summary>
public static class ContactSortFields
{
    public const string Id = "id";
    public const string FirstName = "firstname";
    public const string LastName = "lastname";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    public static readonly IReadOnlyList<string> All = [Id, FirstName, LastName, CreatedAt, UpdatedAt];
}

/// <summary>A contact written by its number.</summary>
/// <param name="IsNew">Whether it was created.</param>
public sealed record PutContact(ContactDetails Contact, bool IsNew);

/// <summary>Result of a batch; <c>Index</c> counts from 0.</summary>
public sealed record BatchOutcome(
    int Total, IReadOnlyList<ContactDetails> Created, IReadOnlyList<ContactDetails> Updated, IReadOnlyList<SkippedRow> Skipped,
        IReadOnlyList<FailedRow> Failed);

public sealed record SkippedRow(int Index, string Reason);

public sealed record FailedRow(int Index, FieldErrors Errors);

/// <summary>What becomes of a row whose phone exists.</summary>
public enum DuplicateRow
{
    Fail = 0,
    Skip = 1,

    /// <summary>The contact with that phone gets the row's fields.</summary>
    Update = 2,
}

/// <param name="ContinueOnError">False: the first failing row rolls everything back.</param>
public sealed record ContactBatchOptions(bool ContinueOnError = true, DuplicateRow OnDuplicate = DuplicateRow.Fail);
