using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>
/// The selected rows: some picked across pages and searches, or all that match except a few. Kept on the server; the browser knows only the
/// ticks of the current page.
/// </summary>
public sealed class SelectionModel
{
    private readonly HashSet<long> _ids = [];
    private ContactQuery? _matching;
    private string _criteria = "";
    private long? _anchor;

    /// <summary>Whether all that match are selected, except unticked ones.</summary>
    public bool IsAllMatching => _matching is not null;

    public bool Any(long total) => Count(total) > 0;

    /// <param name="total">How many match now.</param>
    public long Count(long total) => IsAllMatching ? Math.Max(0, total - _ids.Count) : _ids.Count;

    public bool Contains(long id) => _ids.Contains(id) != IsAllMatching;

    /// <param name="extends">Also everything between the last row and this one, as with Shift.</param>
    public void Toggle(long id, IReadOnlyList<long> page, bool extends)
    {
        var ticked = !Contains(id);
        var (from, to) = (_anchor is { } anchor && extends ? page.ToList().IndexOf(anchor) : -1, page.ToList().IndexOf(id));
        IEnumerable<long> affected = from < 0 ? [id] : page.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1);
        foreach (var one in affected)
        {
            Set(one, ticked);
        }

        _anchor = id;
    }

    public void Set(long id, bool ticked)
    {
        _ = ticked != IsAllMatching ? _ids.Add(id) : _ids.Remove(id);
    }

    public void SetPage(IEnumerable<long> page, bool ticked)
    {
        foreach (var id in page)
        {
            Set(id, ticked);
        }
    }

    /// <param name="criteria">Search and filters as text; once they change, "all" is cleared.</param>
    public void SelectAllMatching(ContactQuery query, string criteria)
    {
        Clear();
        (_matching, _criteria) = (query, criteria);
    }

    public void Clear()
    {
        _ids.Clear();
        (_matching, _criteria, _anchor) = (null, "", null);
    }

    /// <summary>Call when the list's criteria change. Rows picked one by one stay selected.</summary>
    public void ShowOthers(string criteria)
    {
        if (IsAllMatching && criteria != _criteria)
        {
            Clear();
        }
    }

    public ContactSelection ToSelection() => _matching is { } query ? ContactSelection.AllMatching(query, _ids) : ContactSelection.Of(_ids);
}
