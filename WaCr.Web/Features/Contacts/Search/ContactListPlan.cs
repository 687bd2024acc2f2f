using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Reads one page without sorting or scanning a large set. A small result is found through its own index and sorted in memory; for a large
/// one the sort's index is walked until the page is full; if the driving index already has the right order, it is simply read.
/// </summary>
internal sealed class ContactListPlan(AppDbContext db, ContactCriteria criteria, IReadOnlyList<SortTerm> sort, PageRequest page)
{
    /// <summary>
    /// Up to this size, finding all rows and sorting is faster than walking the sort's index past rows that do not match.
    /// </summary>
    private const int SmallResult = 2_000;

    private static readonly SortTerm NewestFirst = new(ContactSortFields.Id, Descending: true);

    private readonly List<SortTerm> _order = OrderOf(sort);

    private int Skip => (int)Math.Min(page.Skip, int.MaxValue);

    /// <summary>Whether the page can be read before the total is known.</summary>
    public bool NeedsNoTotal =>
        db.HasQueryPlanner || criteria.IsEmpty || (_order[0].Field == ContactSortFields.Id && criteria.ComesInOrderOfIds);

    /// <param name="total">Number of matches; ignored if <see cref="NeedsNoTotal"/>.</param>
    public Task<List<ContactDetails>> ReadAsync(long total, CancellationToken cancellationToken)
    {
        if (criteria.IsEmpty && sort.Count <= 1)
        {
            return PlainContactLists.BySort[_order[0]].ToListAsync(db, Skip, page.Size, cancellationToken);
        }

        if (NeedsNoTotal)
        {
            return ReadAsync(criteria.UsingFilterIndex(db), cancellationToken);
        }

        return total <= SmallResult
            ? SortHereAsync(criteria.UsingFilterIndex(db), cancellationToken)
            : ReadAsync(criteria.UsingSortIndex(db, _order[0].Field), cancellationToken);
    }

    /// <summary>Reads a page of a search result.</summary>
    public Task<List<ContactDetails>> ReadAsync(FoundContacts found, CancellationToken cancellationToken)
    {
        if (_order[0].Field == ContactSortFields.Id)
        {
            // A cut-off search only has the newest matches.
            return found.IsCutOff && !_order[0].Descending
                ? ReadAsync(criteria.UsingFilterIndex(db), cancellationToken)
                : db.LoadContactsAsync(found.Page(Skip, page.Size, _order[0].Descending), cancellationToken);
        }

        if (found.Count > SmallResult)
        {
            return ReadAsync(criteria.UsingSortIndex(db, _order[0].Field), cancellationToken);
        }

        var ids = found.Page(0, found.Count, newestFirst: true);
        return SortHereAsync(
            db.Contacts.Where(c => ids.Contains(c.Id)).Select(c => new ContactMatch { Order = c.Id, Contact = c }), cancellationToken);
    }

    // The id ends every order, so that pages never overlap; terms after it have no effect.
    private static List<SortTerm> OrderOf(IReadOnlyList<SortTerm> sort)
    {
        if (sort.Count == 0)
        {
            return [NewestFirst];
        }

        var order = sort.TakeWhile(term => term.Field != ContactSortFields.Id).ToList();
        order.Add(order.Count < sort.Count ? sort[order.Count] : new SortTerm(ContactSortFields.Id, order[^1].Descending));
        return order;
    }

    private async Task<List<ContactDetails>> ReadAsync(IQueryable<ContactMatch> matches, CancellationToken cancellationToken)
    {
        if (!db.HasQueryPlanner && _order.Count > 1)
        {
            matches = UseIndexOf(_order[0], matches);
        }

        IOrderedQueryable<ContactMatch>? ordered = null;
        foreach (var term in _order)
        {
            ordered = term.Field switch
            {
                ContactSortFields.Id => matches.ThenBy(ordered, m => m.Order, term.Descending),
                ContactSortFields.FirstName => matches.ThenBy(ordered, m => m.Contact.FirstNameKey, term.Descending),
                ContactSortFields.LastName => matches.ThenBy(ordered, m => m.Contact.LastNameKey, term.Descending),
                ContactSortFields.CreatedAt => matches.ThenBy(ordered, m => m.Contact.CreatedAt, term.Descending),
                ContactSortFields.UpdatedAt => matches.ThenBy(ordered, m => m.Contact.UpdatedAt, term.Descending),
                _ => throw new NotSupportedException($"Contacts have no sort {term.Field}."),
            };
        }

        return await ordered!.Skip(Skip).Take(page.Size).Select(m => m.Contact).AsNoTracking()
            .Select(ContactProjections.Details).ToListAsync(cancellationToken);
    }

    // A range that every row matches. It makes SQLite walk the first field's index and sort only equal rows; without it, SQLite sorts the
    // whole tenant when there are two sort fields.
    private static IQueryable<ContactMatch> UseIndexOf(SortTerm first, IQueryable<ContactMatch> matches) => first.Field switch
    {
        ContactSortFields.FirstName => matches.Where(m => string.Compare(m.Contact.FirstNameKey, "") >= 0),
        ContactSortFields.LastName => matches.Where(m => string.Compare(m.Contact.LastNameKey, "") >= 0),
        ContactSortFields.CreatedAt => matches.Where(m => m.Contact.CreatedAt >= DateTimeOffset.UnixEpoch),
        ContactSortFields.UpdatedAt => matches.Where(m => m.Contact.UpdatedAt >= DateTimeOffset.UnixEpoch),
        _ => matches,
    };

    private async Task<List<ContactDetails>> SortHereAsync(IQueryable<ContactMatch> matches, CancellationToken cancellationToken)
    {
        var rows = await matches
            .Select(m => new ContactSortRow(
                m.Contact.Id, m.Contact.FirstNameKey, m.Contact.LastNameKey, m.Contact.CreatedAt, m.Contact.UpdatedAt))
            .ToListAsync(cancellationToken);
        rows.Sort((left, right) =>
        {
            foreach (var term in _order)
            {
                var compared = left.CompareBy(term.Field, right);
                if (compared != 0)
                {
                    return term.Descending ? -compared : compared;
                }
            }

            return 0;
        });
        var ids = rows.Skip(Skip).Take(page.Size).Select(row => row.Id).ToList();
        return await db.LoadContactsAsync(ids, cancellationToken);
    }
}
