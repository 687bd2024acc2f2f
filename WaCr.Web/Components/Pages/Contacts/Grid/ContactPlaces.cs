using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>Where a contact stands in the list that it was opened from.</summary>
/// <param name="Previous">The contact before it, with the page that it is on; null at the start.</param>
/// <param name="Next">The one after it; null at the end.</param>
public sealed record ContactPlace(long Number, string Total, (long Id, int Page)? Previous, (long Id, int Page)? Next);

/// <summary>Finds a contact and its neighbours in a list.</summary>
public sealed class ContactPlaces(ContactQueries contacts, TenantContext tenant)
{
    /// <summary>Null if it is not on that page of the list any more.</summary>
    public async Task<Result<ContactPlace?>> FindAsync(long id, ContactListState state, int size, CancellationToken cancellationToken)
    {
        var here = await PageAsync(state.Page);
        if (!here.Succeeded)
        {
            return here.Error;
        }

        var (ids, total) = (IdsOf(here.Value), here.Value.Total);
        var index = ids.IndexOf(id);
        if (index < 0)
        {
            return (ContactPlace?)null;
        }

        var skipped = (long)(state.Page - 1) * size;
        var isCounted = state.Search.Length == 0 || total < ContactQueries.MaxSearchTotal;
        return new ContactPlace(
            skipped + index + 1, ContactRows.TextOf(total, isCounted),
            index > 0 ? (ids[index - 1], state.Page) : skipped > 0 ? await EdgeAsync(state.Page - 1) : null,
            index < ids.Count - 1 ? (ids[index + 1], state.Page) : skipped + ids.Count < total ? await EdgeAsync(state.Page + 1) : null);

        Task<Result<Page<ContactDetails>>> PageAsync(int page) =>
            contacts.ListAsync((state with { Page = page }).ToQuery(size, ContactIncludes.None, tenant.Tenant.TimeZone), cancellationToken);

        async Task<(long Id, int Page)?> EdgeAsync(int page) =>
            (await PageAsync(page)).Value is { Items.Count: > 0 } found ? (IdsOf(found)[page < state.Page ? ^1 : 0], page) : null;
    }

    private static List<long> IdsOf(Page<ContactDetails> page) => [.. page.Items.Select(contact => contact.Id)];
}
