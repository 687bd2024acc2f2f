using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Reads contacts. Returns records only, never tracked entities.</summary>
public sealed class ContactQueries(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ContactCountCache totals, ContactFinder finder)
{
    /// <summary>Largest total reported for a search; filters alone are counted completely.</summary>
    public const int MaxSearchTotal = 10_000;

    public async Task<Result<ContactDetails>> GetAsync(long id, ContactIncludes includes, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.LoadContactAsync(id, includes, cancellationToken) is { } contact ? contact : ContactErrors.NotFound;
    }

    public async Task<Result<Page<ContactDetails>>> ListAsync(ContactQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var criteria = ContactCriteria.From(query, tenant.Tenant);
        var (contacts, total) = await ReadAsync(
            db, criteria, new ContactListPlan(db, criteria, query.Sort, query.Page), query, cancellationToken);
        return new Page<ContactDetails>(await contacts.WithRelationsAsync(db, query.Includes, cancellationToken), query.Page, total);
    }

    private async Task<(List<ContactDetails> Contacts, long Total)> ReadAsync(
        AppDbContext db, ContactCriteria criteria, ContactListPlan plan, ContactQuery query, CancellationToken cancellationToken)
    {
        var page = query.Page;
        if (await finder.FindAsync(db, criteria, cancellationToken) is { } found)
        {
            return (page.Skip >= found.Count ? [] : await plan.ReadAsync(found, cancellationToken), found.Count);
        }

        var isBeyondEverySearch = criteria.IsSearch && page.Skip >= MaxSearchTotal;
        if (!plan.NeedsNoTotal || isBeyondEverySearch)
        {
            var total = query.KnownTotal ?? await TotalAsync(db, criteria, cancellationToken);
            return page.Skip >= total ? ([], total) : (await plan.ReadAsync(total, cancellationToken), total);
        }

        var contacts = await plan.ReadAsync(total: 0, cancellationToken);
        var isLastPage = contacts.Count < page.Size && (contacts.Count > 0 || page.Number == 1);
        return (contacts, isLastPage ? page.Skip + contacts.Count : query.KnownTotal ?? await TotalAsync(db, criteria, cancellationToken));
    }

    private async Task<long> TotalAsync(AppDbContext db, ContactCriteria criteria, CancellationToken cancellationToken)
    {
        if (criteria.IsEmpty)
        {
            return await totals.GetAsync(tenant.TenantId, criteria.Key, db.HasReplicas, () => AllAsync(db, cancellationToken));
        }

        // Counting a filter is one scan of its index. Counting a search that half the tenant matches is slow, and nobody reads page 500.
        var rows = criteria.IsSearch ? criteria.UsingFilterIndex(db).Take(MaxSearchTotal) : criteria.UsingFilterIndex(db);
        return criteria.FollowsMessages
            ? await rows.LongCountAsync(cancellationToken)
            : await totals.GetAsync(tenant.TenantId, criteria.Key, db.HasReplicas, () => rows.LongCountAsync(cancellationToken));
    }

    private static Task<long> AllAsync(AppDbContext db, CancellationToken cancellationToken) => db.UsageCounters
        .Where(counter => counter.Metric == Metric.Contacts && counter.Period == "")
        .Select(counter => counter.Value)
        .SingleOrDefaultAsync(cancellationToken);
}
