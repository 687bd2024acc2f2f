namespace WaCr.Web.Features.Contacts;

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
