using System.Collections.Frozen;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Compiled queries for lists without search and with at most one filter, the most frequent requests.</summary>
internal static class PlainContactLists
{
    public static readonly FrozenDictionary<SortTerm, CompiledPage<ContactDetails>> BySort = new[]
    {
        Both(ContactSortFields.Id, c => c.Id),
        Both(ContactSortFields.FirstName, c => c.FirstNameKey),
        Both(ContactSortFields.LastName, c => c.LastNameKey),
        Both(ContactSortFields.CreatedAt, c => c.CreatedAt),
        Both(ContactSortFields.UpdatedAt, c => c.UpdatedAt),
    }.SelectMany(both => both).ToFrozenDictionary();

    private static KeyValuePair<SortTerm, CompiledPage<ContactDetails>>[] Both<TKey>(string field, Expression<Func<Contact, TKey>> key) =>
    [
        new(new SortTerm(field, Descending: false), new((db, skip, take) =>
            db.Contacts.AsNoTracking().OrderBy(key).ThenBy(c => c.Id).Skip(skip).Take(take).Select(ContactProjections.Details))),
        new(new SortTerm(field, Descending: true), new((db, skip, take) =>
            db.Contacts.AsNoTracking()
                .OrderByDescending(key)
                .ThenByDescending(c => c.Id)
                .Skip(skip)
                .Take(take)
                .Select(ContactProjections.Details))),
    ];
}
