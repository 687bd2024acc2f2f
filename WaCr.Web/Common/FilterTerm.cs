namespace WaCr.Web.Common;

public enum FilterOperator
{
    Equal = 0,
    NotEqual = 1,
    GreaterThan = 2,
    GreaterOrEqual = 3,
    LessThan = 4,
    LessOrEqual = 5,
    Like = 6,
    In = 7,
    NotIn = 8,
    Between = 9,
    Null = 10,
}

/// <summary>One filter of a list; several are joined by AND.</summary>
/// <param name="Field">From the resource's allow-list.</param>
/// <param name="Numbers">
/// For number fields: ids, enum numbers, UTC ticks. One value; two for <see cref="FilterOperator.Between"/> (both inclusive); any number
/// for lists. A time is given by the span it covers (a date is a whole day), so equality and lists of times take two numbers each, first
/// and last. For <see cref="FilterOperator.Null"/>: 1 means rows without a value, 0 rows with one.
/// </param>
/// <param name="Texts">For text fields, in the same way.</param>
public sealed record FilterTerm(string Field, FilterOperator Operator, IReadOnlyList<long> Numbers, IReadOnlyList<string> Texts)
{
    public static FilterTerm OfNumbers(string field, FilterOperator op, params IReadOnlyList<long> numbers) => new(field, op, numbers, []);

    public static FilterTerm OfTexts(string field, FilterOperator op, params IReadOnlyList<string> texts) => new(field, op, [], texts);

    /// <summary>Equal for equal filters; part of cache keys.</summary>
    public override string ToString() => $"{Field}.{Operator}({string.Join(',', Numbers)};{string.Join('\u001F', Texts)})";
}
