using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>Reads. Nothing here changes anything, and nothing leaves but records.</summary>
public sealed class ContactQueries(IDbContextFactory<AppDbContext> contexts, TenantContext scope, ContactTotals totals)
{
    /// <summary>The largest total that a search tells; filters alone are counted to the end.</summary>
    public const int MaxSearchTotal = 10_000;

    public async Task<Result<ContactDetails>> GetAsync(long id, ContactIncludes includes, CancellationToken cancellationToken)
    {
        if (scope.Lacks(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LoadAsync(db, id, includes, cancellationToken) is { } contact ? contact : ContactErrors.NotFound;
    }

    public async Task<Result<Page<ContactDetails>>> ListAsync(ContactQuery query, CancellationToken cancellationToken)
    {
        if (scope.Lacks(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var criteria = ContactCriteria.From(query, scope.Tenant);
        var total = await TotalAsync(db, criteria, cancellationToken);
        var ids = await new ContactListPlan(db, criteria, query.Sort, query.Page).IdsAsync(total, cancellationToken);
        var contacts = await LoadAsync(db, ids, query.Includes, cancellationToken);
        return new Page<ContactDetails>(contacts, query.Page, total);
    }

    internal static async Task<ContactDetails?> LoadAsync(AppDbContext db, long id, ContactIncludes includes, CancellationToken cancellationToken)
    {
        var found = await db.Contacts.AsNoTracking().Where(c => c.Id == id).Select(ContactProjections.Details).ToListAsync(cancellationToken);
        return (await found.WithRelationsAsync(db, includes, cancellationToken)).SingleOrDefault();
    }

    /// <summary>In the order of <paramref name="ids"/>; one that is gone meanwhile is left out.</summary>
    internal static async Task<List<ContactDetails>> LoadAsync(
        AppDbContext db, IReadOnlyList<long> ids, ContactIncludes includes, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(ContactProjections.Details)
            .ToDictionaryAsync(contact => contact.Id, cancellationToken);
        var inOrder = ids.Where(rows.ContainsKey).Select(id => rows[id]).ToList();
        return await inOrder.WithRelationsAsync(db, includes, cancellationToken);
    }

    private async Task<long> TotalAsync(AppDbContext db, ContactCriteria criteria, CancellationToken cancellationToken)
    {
        if (criteria.IsEmpty)
        {
            return await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts && counter.Period == "")
                .Select(counter => counter.Value).SingleOrDefaultAsync(cancellationToken);
        }

        // A filter's count is one run over its index. A search for what half the tenant matches is not, and nobody reads page 500 of it.
        var rows = criteria.IsSearch ? criteria.Driving(db).Take(MaxSearchTotal) : criteria.Driving(db);
        return await totals.GetAsync(scope.TenantId, criteria.Key, db.MayBeShared, () => rows.LongCountAsync(cancellationToken));
    }
}
