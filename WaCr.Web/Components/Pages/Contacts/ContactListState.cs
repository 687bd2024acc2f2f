using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>What the list shows, as it stands in the address: a link, a bookmark and Back all lead to the same rows.</summary>
public sealed record ContactListState(string Search, string Sort, bool Descending, int Page, int Size)
{
    public static readonly ContactListState Default = new("", ContactSortFields.CreatedAt, true, 1, Pager.Sizes[0]);

    /// <summary>Whatever an address says; what makes no sense is read as the default.</summary>
    public static ContactListState Read(string? search, string? sort, int? page, int? size)
    {
        var descending = sort is ['-', ..];
        var field = descending ? sort![1..] : sort;
        var known = field is not null && ContactSortFields.All.Contains(field);
        return new ContactListState(
            search?.Trim() ?? "",
            known ? field! : Default.Sort,
            known ? descending : Default.Descending,
            Math.Max(1, page ?? 1),
            size is { } wanted && Pager.Sizes.Contains(wanted) ? wanted : Default.Size);
    }

    /// <summary>Clicking a header: the other direction where it is sorted by it already. Times start with the newest.</summary>
    public ContactListState SortedBy(string field) => this with
    {
        Page = 1,
        Sort = field,
        Descending = field == Sort ? !Descending : field is ContactSortFields.CreatedAt or ContactSortFields.UpdatedAt,
    };

    public ContactQuery ToQuery() => new()
    {
        Page = new PageRequest(Page, Size),
        Sort = [new SortTerm(Sort, Descending)],
        Search = Search,
        Includes = ContactIncludes.Groups | ContactIncludes.Status,
    };

    /// <summary>The query part of the address; defaults are left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToParameters()
    {
        if (Search.Length > 0)
        {
            yield return new("search", Search);
        }

        if ((Sort, Descending) != (Default.Sort, Default.Descending))
        {
            yield return new("sort", Descending ? "-" + Sort : Sort);
        }

        if (Page != 1)
        {
            yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
        }

        if (Size != Default.Size)
        {
            yield return new("size", Size.ToString(CultureInfo.InvariantCulture));
        }
    }
}
