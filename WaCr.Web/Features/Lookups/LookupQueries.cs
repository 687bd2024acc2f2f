using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Lookups;

/// <summary>Reads groups, sources or statuses. A tenant has tens of them, so they are counted and sorted in memory.</summary>
public sealed class LookupQueries<TLookup>(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
    where TLookup : Lookup
{
    private static readonly LookupKind Kind = LookupKind.Of<TLookup>();

    public async Task<Result<LookupDetails>> GetAsync(long id, bool includeContactsCount, CancellationToken cancellationToken)
    {
        if (tenant.Require(Kind.ReadPermission) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await ReadAsync(db, db.Set<TLookup>().Where(lookup => lookup.Id == id), includeContactsCount, cancellationToken);
        return found.SingleOrDefault() is { } details ? details : Kind.NotFound;
    }

    public async Task<Result<Page<LookupDetails>>> ListAsync(LookupListQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Kind.ReadPermission) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lookups = query.Filters.Aggregate(db.Set<TLookup>().AsNoTracking(), Narrow);
        if (TextKey.Folded(query.Search) is { Length: > 0 } needle)
        {
            // No column holds the accent-folded name; there are few names, so they are compared in memory.
            var names = await lookups.Select(lookup => new { lookup.Id, lookup.Name }).ToListAsync(cancellationToken);
            var ids = names.Where(lookup => TextKey.Folded(lookup.Name).Contains(needle, StringComparison.Ordinal))
                .Select(lookup => lookup.Id)
                .ToList();
            lookups = lookups.Where(lookup => ids.Contains(lookup.Id));
        }

        var total = await lookups.LongCountAsync(cancellationToken);
        var page = Sorted(lookups, query.Sort).Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size);
        return new Page<LookupDetails>(await ReadAsync(db, page, query.IncludeContactsCount, cancellationToken), query.Page, total);
    }

    private static async Task<List<LookupDetails>> ReadAsync(
        AppDbContext db, IQueryable<TLookup> lookups, bool includeContactsCount, CancellationToken cancellationToken)
    {
        var rows = await lookups.AsNoTracking().ToListAsync(cancellationToken);
        var counts = includeContactsCount
            ? await LookupUse.CountAsync<TLookup>(db, [.. rows.Select(row => row.Id)], cancellationToken)
            : null;
        return [.. rows.Select(row => new LookupDetails(
            row.Id, row.Name, (row as Status)?.Color, row.CreatedAt, row.UpdatedAt, counts is null
                ? null
                : counts.GetValueOrDefault(row.Id)))];
    }

    private static IQueryable<TLookup> Narrow(IQueryable<TLookup> lookups, FilterTerm filter) => filter.Field switch
    {
        LookupFields.Name => lookups.Where(FilterExpressions.Where<TLookup, string>(
            lookup => lookup.NameKey, filter.Operator, [.. filter.Texts.Select(TextKey.IgnoringCase)], WantsNull(filter))),
        LookupFields.CreatedAt => lookups.Where(FilterExpressions.WhereTime<TLookup>(lookup => lookup.CreatedAt, filter)),
        _ => throw new NotSupportedException($"Lookups have no filter {filter.Field}."),
    };

    private static bool WantsNull(FilterTerm filter) => filter.Operator == FilterOperator.Null && filter.Numbers[0] == 1;

    private static IOrderedQueryable<TLookup> Sorted(IQueryable<TLookup> lookups, IReadOnlyList<SortTerm> sort)
    {
        IOrderedQueryable<TLookup>? ordered = null;
        foreach (var term in sort)
        {
            ordered = term.Field switch
            {
                LookupFields.Id => By(lookup => lookup.Id),
                LookupFields.Name => By(lookup => lookup.NameKey),
                LookupFields.CreatedAt => By(lookup => lookup.CreatedAt),
                LookupFields.UpdatedAt => By(lookup => lookup.UpdatedAt),
                LookupFields.Position when typeof(TLookup) == typeof(Status) =>
                    By(lookup => EF.Property<int>(lookup, nameof(Status.Position))),
                _ => throw new NotSupportedException($"Lookups have no sort {term.Field}."),
            };

            IOrderedQueryable<TLookup> By<TKey>(Expression<Func<TLookup, TKey>> key) => lookups.ThenBy(ordered, key, term.Descending);
        }

        return ordered?.ThenBy(lookup => lookup.Id) ?? lookups.OrderBy(lookup => lookup.Id);
    }
}
