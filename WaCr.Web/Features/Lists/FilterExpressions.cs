using System.Linq.Expressions;
using System.Reflection;

namespace WaCr.Web.Features.Lists;

/// <summary>
/// Turns a <see cref="FilterTerm"/> and a column into a predicate. Values become parameters, so one query plan serves all values.
/// </summary>
internal static class FilterExpressions
{
    private static readonly MethodInfo ContainsMethod = (
        (Func<IEnumerable<int>, int, bool>)Enumerable.Contains).Method.GetGenericMethodDefinition();
    private static readonly MethodInfo CompareMethod = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;
    private static readonly MethodInfo TextContainsMethod = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    /// <param name="column">A column of type <typeparamref name="TValue"/>, nullable or not.</param>
    /// <param name="values">The term's values, converted to the column's type.</param>
    public static Expression<Func<TRow, bool>> Where<TRow, TValue>(
        Expression<Func<TRow, TValue>> column, FilterOperator op, IReadOnlyList<TValue> values, bool wantsNull = false)
    {
        var left = column.Body;
        var body = op switch
        {
            FilterOperator.Equal => Expression.Equal(left, One(0)),
            FilterOperator.NotEqual => Expression.NotEqual(left, One(0)),
            FilterOperator.GreaterThan => Ordered(ExpressionType.GreaterThan, 0),
            FilterOperator.GreaterOrEqual => Ordered(ExpressionType.GreaterThanOrEqual, 0),
            FilterOperator.LessThan => Ordered(ExpressionType.LessThan, 0),
            FilterOperator.LessOrEqual => Ordered(ExpressionType.LessThanOrEqual, 0),
            FilterOperator.Between =>
                Expression.AndAlso(Ordered(ExpressionType.GreaterThanOrEqual, 0), Ordered(ExpressionType.LessThanOrEqual, 1)),
            FilterOperator.In => Contained(),
            FilterOperator.NotIn => Expression.Not(Contained()),
            FilterOperator.Like => Expression.Call(left, TextContainsMethod, One(0)),
            FilterOperator.Null => default(TValue) is null && wantsNull
                ? Expression.Equal(left, Expression.Constant(null, typeof(TValue)))
                : default(TValue) is null
                    ? Expression.NotEqual(left, Expression.Constant(null, typeof(TValue)))
                    : Expression.Constant(!wantsNull),
            _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
        };
        return Expression.Lambda<Func<TRow, bool>>(body, column.Parameters);

        Expression One(int index) => Parameter(values[index]);

        Expression Contained() =>
            Expression.Call(ContainsMethod.MakeGenericMethod(typeof(TValue)), Parameter<IEnumerable<TValue>>([.. values]), left);

        // Strings have no comparison operators; EF translates a comparison of Compare with 0 into one.
        Expression Ordered(ExpressionType comparison, int index) => typeof(TValue) == typeof(string)
            ? Expression.MakeBinary(comparison, Expression.Call(CompareMethod, left, One(index)), Expression.Constant(0))
            : Expression.MakeBinary(comparison, left, One(index));
    }

    /// <summary>Filter on a time; equality means within a time span.</summary>
    public static Expression<Func<TRow, bool>> WhereTime<TRow>(Expression<Func<TRow, DateTimeOffset>> column, FilterTerm term)
    {
        DateTimeOffset[] times = [.. term.Numbers.Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))];
        if (term.Operator is not (FilterOperator.Equal or FilterOperator.In or FilterOperator.NotEqual or FilterOperator.NotIn))
        {
            return Where(column, term.Operator, times, term.Operator == FilterOperator.Null && term.Numbers[0] == 1);
        }

        var within = times.Chunk(2).Select(span => Where(column, FilterOperator.Between, span).Body).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<TRow, bool>>(
            term.Operator is FilterOperator.Equal or FilterOperator.In ? within : Expression.Not(within), column.Parameters);
    }

    // A closure field, as the compiler would create it, which EF turns into a parameter.
    private static MemberExpression Parameter<T>(T value) =>
        Expression.Field(Expression.Constant(new Captured<T>(value)), nameof(Captured<T>.Value));

    private sealed class Captured<T>(T value)
    {
        public readonly T Value = value;
    }
}
