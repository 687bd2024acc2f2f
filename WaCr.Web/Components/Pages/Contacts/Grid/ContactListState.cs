using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>
/// The list's state as in the URL, so that a link, a bookmark and Back show the same rows. A saved view is only its id until something is
/// changed.
/// </summary>
public sealed record ContactListState
{
    public const int MaxSorts = 3;

    private static readonly SortTerm NewestFirst = new(ContactSortFields.CreatedAt, Descending: true);

    public static readonly ContactListState Default = new();

    public string Search { get; init; } = "";

    public IReadOnlyList<ContactFilter> Filters { get; init; } = [];

    /// <summary>Never empty.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [NewestFirst];

    public int Page { get; init; } = 1;

    /// <summary>Null means the user's setting.</summary>
    public int? Size { get; init; }

    public long? View { get; init; }

    /// <summary>The view's criteria, if there is a view.</summary>
    public string? Saved { get; init; }

    /// <summary>Search, filters and sort without defaults; this is what a view stores.</summary>
    public string Criteria => Text(CriteriaParameters(withSort: !IsDefaultSort));

    /// <summary>Search and filters only.</summary>
    public IEnumerable<KeyValuePair<string, string>> Narrowing => CriteriaParameters(withSort: false);

    public bool IsNarrowed => Search.Length > 0 || Filters.Count > 0;

    public bool IsModified => View is not null && Criteria != Saved;

    private bool IsDefaultSort => Sort is [var only] && only == NewestFirst;

    /// <summary>Reads a URL; invalid parts are ignored.</summary>
    /// <param name="query">The URL's query, with or without its question mark.</param>
    /// <param name="queryOfView">A view's criteria by id; null if it does not exist.</param>
    public static ContactListState Read(string query, Func<long, string?> queryOfView)
    {
        var given = QueryHelpers.ParseQuery(query);
        var own = ReadCriteria(given);
        var state = own with
        {
            Page = Number(given, "page") ?? 1,
            Size = Number(given, "size") is { } size && Pager.Sizes.Contains(size) ? size : null,
        };
        if (Number(given, "view") is not { } view || queryOfView(view) is not { } saved)
        {
            return state;
        }

        var asSaved = ReadCriteria(QueryHelpers.ParseQuery(saved));
        var isOwn = given.ContainsKey("sort") || own.IsNarrowed;
        return (isOwn ? state : asSaved with { Page = state.Page, Size = state.Size }) with { View = view, Saved = asSaved.Criteria };
    }

    /// <summary>The list's parameters of a URL as they are there: without its views, nobody knows which of them say nothing new.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ParametersIn(string query) => QueryHelpers.ParseQuery(query)
        .Where(pair => pair.Key is "view" or "search" or "sort" or "size" || (pair.Key == "page" && pair.Value != "1")
            || ContactFilter.Names.Contains(pair.Key))
        .Select(pair => KeyValuePair.Create(pair.Key, pair.Value[0] ?? ""));

    public ContactFilter? Filter(string name) => Filters.FirstOrDefault(filter => filter.Name == name);

    public ContactListState With(ContactFilter filter) => this with
    {
        Page = 1,
        Filters = Filter(filter.Name) is null
            ? [.. Filters, filter]
            : [.. Filters.Select(other => other.Name == filter.Name ? filter : other)],
    };

    public ContactListState Without(string name) => this with { Page = 1, Filters = [.. Filters.Where(filter => filter.Name != name)] };

    public ContactListState Unnarrowed => this with { Page = 1, Search = "", Filters = [] };

    public SortTerm? SortOf(string field) => Sort.Where(term => term.Field == field).Select(term => (SortTerm?)term).FirstOrDefault();

    /// <summary>After a click on a header: reverses the direction if already sorted by it. Times start with the newest.</summary>
    public ContactListState SortedBy(string field) => this with
    {
        Page = 1,
        Sort = [new SortTerm(field, Sort[0].Field == field ? !Sort[0].Descending : StartsDescending(field))],
    };

    /// <summary>After a click with Shift: appends the field to the order, or reverses its direction.</summary>
    public ContactListState SortedAlsoBy(string field) => SortOf(field) is not null
        ? this with { Page = 1, Sort = [.. Sort.Select(term => term.Field == field ? term with { Descending = !term.Descending } : term)] }
        : this with { Page = 1, Sort = [.. Sort.Take(MaxSorts - 1), new SortTerm(field, StartsDescending(field))] };

    public ContactListState SortedWithout(string field) =>
        this with { Page = 1, Sort = Sort.Where(term => term.Field != field).ToList() is { Count: > 0 } rest ? rest : [NewestFirst] };

    public ContactQuery ToQuery(int preferredSize, ContactIncludes includes, string timeZone) => new()
    {
        Page = new PageRequest(Page, Size ?? preferredSize),
        Sort = Sort,
        Search = Search,
        Filters = [.. Filters.Select(filter => filter.ToTerm(timeZone))],
        Includes = includes,
    };

    /// <summary>The URL's query parameters, without defaults and without what the view already says.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToParameters()
    {
        if (View is { } view)
        {
            yield return new("view", view.ToString(CultureInfo.InvariantCulture));
        }

        if (View is null || IsModified)
        {
            // With a view, even the default order is included, to override the view's.
            foreach (var parameter in CriteriaParameters(withSort: View is not null || !IsDefaultSort))
            {
                yield return parameter;
            }
        }

        if (Page != 1)
        {
            yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
        }

        if (Size is { } size)
        {
            yield return new("size", size.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The same with the page in any case: says on a contact's address that there is a list.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToParametersWithPage() => ToParameters().Where(parameter => parameter.Key != "page")
        .Append(new("page", Page.ToString(CultureInfo.InvariantCulture)));

    public bool Equals(ContactListState? other) =>
        other is not null && Text(ToParameters()) == Text(other.ToParameters()) && Saved == other.Saved;

    public override int GetHashCode() => Text(ToParameters()).GetHashCode(StringComparison.Ordinal);

    private static bool StartsDescending(string field) => field is ContactSortFields.CreatedAt or ContactSortFields.UpdatedAt;

    private static string Text(IEnumerable<KeyValuePair<string, string>> parameters) =>
        QueryString.Create(parameters.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Value?.TrimStart('?') ?? "";

    private IEnumerable<KeyValuePair<string, string>> CriteriaParameters(bool withSort)
    {
        if (Search.Length > 0)
        {
            yield return new("search", Search);
        }

        foreach (var filter in Filters)
        {
            yield return new(filter.Name, filter.Text);
        }

        if (withSort)
        {
            yield return new("sort", string.Join(',', Sort.Select(term => (term.Descending ? "-" : "") + term.Field)));
        }
    }

    /// <summary>Search, filters and sort only.</summary>
    public static ContactListState ReadCriteria(IReadOnlyDictionary<string, StringValues> given)
    {
        var sort = (First(given, "sort") ?? "")
            .Split(',')
            .Select(ReadSort)
            .OfType<SortTerm>()
            .DistinctBy(term => term.Field)
            .Take(MaxSorts)
            .ToList();

        // In the URL's order: the filter added last comes last.
        var filters = given.Keys.Where(ContactFilter.Names.Contains)
            .Select(name => ContactFilter.Read(name, First(given, name)))
            .OfType<ContactFilter>()
            .ToList();
        return new ContactListState
        {
            Search = First(given, "search")?.Trim() is { } search && TextRule.IsStorable(search) ? search : "",
            Filters = filters,
            Sort = sort.Count > 0 ? sort : [NewestFirst],
        };
    }

    private static SortTerm? ReadSort(string text)
    {
        var descending = text is ['-', ..];
        var field = descending ? text[1..] : text;
        return ContactSortFields.All.Contains(field) ? new SortTerm(field, descending) : null;
    }

    private static int? Number(IReadOnlyDictionary<string, StringValues> given, string name) =>
        int.TryParse(First(given, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static string? First(IReadOnlyDictionary<string, StringValues> given, string name) =>
        given.TryGetValue(name, out var values) ? values.FirstOrDefault() : null;
}
