using System.Linq.Expressions;

namespace WaCr.Web.Features.Lists;

internal static class SortExpressions
{
    /// <summary>Adds a field to an order; the first one if <paramref name="before"/> is null.</summary>
    public static IOrderedQueryable<TRow> ThenBy<TRow, TKey>(
        this IQueryable<TRow> rows, IOrderedQueryable<TRow>? before, Expression<Func<TRow, TKey>> key, bool descending) => (before,
        descending) switch
        {
            (null, false) => rows.OrderBy(key),
            (null, true) => rows.OrderByDescending(key),
            (_, false) => before.ThenBy(key),
            (_, true) => before.ThenByDescending(key),
        };
}
