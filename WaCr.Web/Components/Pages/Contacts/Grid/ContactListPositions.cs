using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>Where a contact stands in the list that it was opened from.</summary>
/// <param name="Previous">The contact before it, with the page that it is on; null at the start.</param>
/// <param name="Next">The one after it; null at the end.</param>
public sealed record ContactListPosition(long Number, string Total, (long Id, int Page)? Previous, (long Id, int Page)? Next);

/// <summary>Finds a contact and its neighbours in a list.</summary>
public sealed class ContactListPositions(ContactQueries contacts, TenantContext tenant)
{
    /// <summary>
    /// Null if it is on that page of the list no more, nor on the ones beside it, where an edit or a new contact may have moved it.
    /// </summary>
    public async Task<Result<ContactListPosition?>> FindAsync(
        long id, ContactListState state, int size, CancellationToken cancellationToken)
    {
        var here = await ReadAsync(state.Page, knownTotal: null);
        if (!here.Succeeded)
        {
            return here.Error;
        }

        var total = here.Value.Total;
        var pages = new Dictionary<int, List<long>> { [state.Page] = IdsOf(here.Value) };
        foreach (var page in (int[])[state.Page, state.Page - 1, state.Page + 1])
        {
            var ids = await IdsAsync(page);
            var index = ids.IndexOf(id);
            if (index >= 0)
            {
                return new ContactListPosition(
                    ((long)(page - 1) * size) + index + 1,
                    ContactRows.TextOf(total, isCounted: state.Search.Length == 0 || total < ContactQueries.MaxSearchTotal),
                    index > 0 ? (ids[index - 1], page) : await EdgeAsync(page - 1, ^1),
                    index < ids.Count - 1 ? (ids[index + 1], page) : await EdgeAsync(page + 1, 0));
            }
        }

        return (ContactListPosition?)null;

        Task<Result<Page<ContactDetails>>> ReadAsync(int page, long? knownTotal) => contacts.ListAsync(
            (state with { Page = page }).ToQuery(size, ContactIncludes.None, tenant.Tenant.TimeZone) with { KnownTotal = knownTotal },
            cancellationToken);

        // Empty beyond the list, and if it can't be read: the trail has no step there.
        async Task<List<long>> IdsAsync(int page)
        {
            if (!pages.TryGetValue(page, out var ids))
            {
                var isThere = page > 0 && (long)(page - 1) * size < total;
                ids = isThere && (await ReadAsync(page, total)).Value is { } found ? IdsOf(found) : [];
                pages.Add(page, ids);
            }

            return ids;
        }

        async Task<(long Id, int Page)?> EdgeAsync(int page, Index index) =>
            await IdsAsync(page) is { Count: > 0 } ids ? (ids[index], page) : null;
    }

    private static List<long> IdsOf(Page<ContactDetails> page) => [.. page.Items.Select(contact => contact.Id)];
}
