using WaCr.Web.Common;

namespace WaCr.Web.Features.Lookups;

/// <summary>The fields of a group, source or status that somebody gives. Colour is a status's alone.</summary>
public sealed record LookupPatch
{
    public Optional<string?> Name { get; init; }

    /// <summary><c>#RRGGBB</c>, or null for none.</summary>
    public Optional<string?> Color { get; init; }

    /// <summary>What the door could not read; reported beside the service's own findings.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <param name="Color">Null for groups and sources.</param>
/// <param name="ContactsCount">Null where it was not asked for.</param>
public sealed record LookupDetails(
    long Id, string Name, string? Color, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long? ContactsCount = null);

/// <summary>What a list of groups, sources or statuses is asked for.</summary>
public sealed record LookupQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);

    /// <summary>Empty: by id, oldest first.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];

    /// <summary>A part of the name; case and accents do not count.</summary>
    public string? Search { get; init; }

    /// <summary>Fields of <see cref="LookupFields"/>; names are compared ignoring case.</summary>
    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];

    public bool IncludeContactsCount { get; init; }
}

/// <summary>The fields that lists of lookups can be sorted and narrowed by, in the words of the API.</summary>
public static class LookupFields
{
    public const string Id = "id";
    public const string Name = "name";
    public const string Color = "color";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    /// <summary>Statuses alone, and in the staff app alone: as somebody arranged them.</summary>
    public const string Position = "position";
}
