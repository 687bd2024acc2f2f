namespace WaCr.Web.Api.Requests;

/// <summary>The filter operators by name, and the kinds of field that support each.</summary>
internal static class FilterLabels
{
    private static readonly (string Word, FilterOperator Operator)[] Equality =
    [
        ("ne", FilterOperator.NotEqual), ("in", FilterOperator.In), ("not_in", FilterOperator.NotIn), ("null", FilterOperator.Null),
    ];

    private static readonly (string Word, FilterOperator Operator)[] Ordering =
    [
        ("gte", FilterOperator.GreaterOrEqual), ("lte", FilterOperator.LessOrEqual), ("gt", FilterOperator.GreaterThan),
        ("lt", FilterOperator.LessThan), ("between", FilterOperator.Between),
    ];

    private static readonly (string Word, FilterOperator Operator)[] Like = [("like", FilterOperator.Like)];

    private static readonly (string Word, FilterOperator Operator)[] OfEnums = [.. Equality, .. Like];
    private static readonly (string Word, FilterOperator Operator)[] OfNumbers = [.. Ordering, .. Equality];
    private static readonly (string Word, FilterOperator Operator)[] OfTexts = [.. Ordering, .. Equality, .. Like];

    public static IEnumerable<string> OperatorsOf(FilterKind kind) => Of(kind).Select(pair => pair.Word);

    public static bool TryParse(ReadOnlySpan<char> word, FilterKind kind, out FilterOperator op)
    {
        foreach (var (known, candidate) in Of(kind))
        {
            if (word.SequenceEqual(known))
            {
                op = candidate;
                return true;
            }
        }

        op = default;
        return false;
    }

    private static (string Word, FilterOperator Operator)[] Of(FilterKind kind) => kind switch
    {
        FilterKind.Word => OfEnums,
        FilterKind.Text => OfTexts,
        FilterKind.Key or FilterKind.Phone => Equality,
        _ => OfNumbers,
    };
}
