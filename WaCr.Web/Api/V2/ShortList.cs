using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.V2;

/// <summary>Countries and users: lists short enough to load whole and then search, sort and page in memory.</summary>
internal static class ShortList
{
    public static IResult Answer<T>(
        string message, IReadOnlyList<T> all, ListRequest list, WireShape<T> shape, Func<T, string> searched,
        Func<T, string, object> sortKey)
    {
        var needle = TextKey.Folded(list.Search);
        IEnumerable<T> matching = all.Where(item => TextKey.Folded(searched(item)).Contains(needle, StringComparison.Ordinal));
        foreach (var term in list.Sort.Reverse())
        {
            matching = term.Descending
                ? matching.OrderByDescending(item => sortKey(item, term.Field))
                : matching.OrderBy(item => sortKey(item, term.Field));
        }

        var items = matching.ToList();
        var page = items.Skip((int)Math.Min(list.Page.Skip, int.MaxValue)).Take(list.Page.Size).ToList();
        return new PageAnswer<T>(message, new Page<T>(page, list.Page, items.Count), shape, list.Fields);
    }
}
