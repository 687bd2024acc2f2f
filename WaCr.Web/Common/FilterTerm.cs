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

/// <summary>One narrowing of a list; several are joined by AND.</summary>
/// <param name="Field">From the resource's allow-list.</param>
/// <param name="Numbers">
/// For fields that are numbers: ids, the number behind an enum, UTC ticks for a time. One value, two for
/// <see cref="FilterOperator.Between"/> (both ends included), any number for the lists. A time is asked for by the
/// span that it stands for (a date is a whole day), so equality and lists of times take two numbers each, first and last. For
/// <see cref="FilterOperator.Null"/>: 1 asks for rows without a value, 0 for rows with one.
/// </param>
/// <param name="Texts">For fields that are text, in the same way.</param>
public sealed record FilterTerm(string Field, FilterOperator Operator, IReadOnlyList<long> Numbers, IReadOnlyList<string> Texts)
{
    public static FilterTerm OfNumbers(string field, FilterOperator op, params IReadOnlyList<long> numbers) => new(field, op, numbers, []);

    public static FilterTerm OfTexts(string field, FilterOperator op, params IReadOnlyList<string> texts) => new(field, op, [], texts);

    /// <summary>The same for the same narrowing; used as part of a cache's key.</summary>
    public override string ToString() => $"{Field}.{Operator}({string.Join(',', Numbers)};{string.Join('\u001F', Texts)})";
}
