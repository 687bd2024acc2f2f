namespace WaCr.Web.Features.Lookups;

/// <summary>Given fields of a group, source or status. Only statuses have a colour.</summary>
public sealed record LookupPatch
{
    public Optional<string?> Name { get; init; }

    /// <summary><c>#RRGGBB</c>, or null for none.</summary>
    public Optional<string?> Color { get; init; }

    /// <summary>Fields the caller could not parse; reported together with the service's errors.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <param name="Color">Null for groups and sources.</param>
/// <param name="ContactsCount">Null if not requested.</param>
public sealed record LookupDetails(
    long Id, string Name, string? Color, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long? ContactsCount = null);

/// <summary>Query of a list of groups, sources or statuses.</summary>
public sealed record LookupListQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);

    /// <summary>Empty: by id, oldest first.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];

    /// <summary>Part of the name; ignores case and accents.</summary>
    public string? Search { get; init; }

    /// <summary>Filters on <see cref="LookupFields"/>; names are compared ignoring case.</summary>
    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];

    public bool IncludeContactsCount { get; init; }
}

/// <summary>Sort and filter fields of lookup lists as named in the API.</summary>
public static class LookupFields
{
    public const string Id = "id";
    public const string Name = "name";
    public const string Color = "color";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    /// <summary>Custom order of statuses; staff app only.</summary>
    public const string Position = "position";
}
