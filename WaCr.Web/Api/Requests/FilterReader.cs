namespace WaCr.Web.Api.Requests;

/// <summary>Reads <c>filter[field]=v</c> and <c>filter[field][op]=v</c>.</summary>
internal static class FilterReader
{
    // Each filter adds a condition to the query, each value of a list a parameter.
    private const int MaxFilters = 20;
    private const int MaxValues = 500;
    private const int MaxTimes = 50;

    private const string Prefix = "filter";

    public static IReadOnlyList<FilterTerm> Read(IQueryCollection query, ListSpec spec, ref FieldErrors? errors)
    {
        List<FilterTerm>? terms = null;
        foreach (var (name, values) in query)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || (name.Length > Prefix.Length && name[Prefix.Length] != '['))
            {
                continue;
            }

            if (!TryReadName(name, spec, out var field, out var op, out var problem))
            {
                (errors ??= []).Add(name, problem);
                continue;
            }

            foreach (var value in values)
            {
                var (term, wrong) = ReadTerm(field, op, field.Kind == FilterKind.Phone ? WithPlus(value ?? "") : value ?? "");
                if (term is not null)
                {
                    (terms ??= []).Add(term);
                }
                else
                {
                    (errors ??= []).Add(name, wrong!);
                }
            }
        }

        if (terms?.Count > MaxFilters)
        {
            (errors ??= []).Add(Prefix, $"At most {MaxFilters} filters can be given");
        }

        return terms ?? (IReadOnlyList<FilterTerm>)[];
    }

    private static bool TryReadName(string name, ListSpec spec, out FilterField field, out FilterOperator op, out string problem)
    {
        field = null!;
        op = FilterOperator.Equal;
        problem = spec.Filters.Count == 0
            ? "Filtering is not possible here"
            : $"Filtering is possible by {string.Join(", ", spec.Filters.Select(filter => filter.Name))}";
        var rest = name.AsSpan(Prefix.Length);
        if (!TryTakeBrackets(ref rest, out var fieldName) || spec.FilterOf(fieldName) is not { } known)
        {
            return false;
        }

        field = known;
        if (rest.IsEmpty)
        {
            return true;
        }

        problem = $"The operators of {known.Name} are {string.Join(", ", FilterLabels.OperatorsOf(known.Kind))}";
        return TryTakeBrackets(ref rest, out var word) && rest.IsEmpty && FilterLabels.TryParse(word, known.Kind, out op);
    }

    private static bool TryTakeBrackets(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> inner)
    {
        inner = default;
        var end = text.IndexOf(']');
        if (text.IsEmpty || text[0] != '[' || end < 0)
        {
            return false;
        }

        inner = text[1..end];
        text = text[(end + 1)..];
        return true;
    }

    // In a query string an unescaped plus is a blank.
    private static string WithPlus(string value) =>
        string.Join(',', value.Split(',').Select(number => number is [' ', >= '0' and <= '9', ..] ? "+" + number[1..] : number));

    private static (FilterTerm? Term, string? Problem) ReadTerm(FilterField field, FilterOperator op, string value)
    {
        if (!TextRule.IsStorable(value))
        {
            return (null, TextRule.Unprintable.Message);
        }

        if (op == FilterOperator.Null)
        {
            return value switch
            {
                "true" => (FilterTerm.OfNumbers(field.Name, op, 1), null),
                "false" => (FilterTerm.OfNumbers(field.Name, op, 0), null),
                _ => (null, "Must be true or false"),
            };
        }

        var values = op is FilterOperator.In or FilterOperator.NotIn or FilterOperator.Between
            ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [value.Trim()];
        var most = field.Kind == FilterKind.Time ? MaxTimes : MaxValues;
        return values.Length switch
        {
            0 => (null, "Must have at least one value"),
            not 2 when op == FilterOperator.Between => (null, "Must have two values, separated by a comma"),
            _ when values.Length > most => (null, $"Must not have more than {most} values"),
            _ => field.Kind switch
            {
                FilterKind.Id => Ids(field, op, values),
                FilterKind.Word => Words(field, op, values),
                FilterKind.Time => Times(field, op, values),
                _ => (FilterTerm.OfTexts(field.Name, op, values), null),
            },
        };
    }

    private static (FilterTerm?, string?) Ids(FilterField field, FilterOperator op, string[] values)
    {
        var ids = new long[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            if (!long.TryParse(values[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ids[index]))
            {
                return (null, "Must be an integer");
            }
        }

        return (FilterTerm.OfNumbers(field.Name, op, ids), null);
    }

    private static (FilterTerm?, string?) Words(FilterField field, FilterOperator op, string[] values)
    {
        if (op == FilterOperator.Like)
        {
            var matching = field.Words.Select((word, number) => (word, number))
                .Where(pair => pair.word.Contains(values[0], StringComparison.OrdinalIgnoreCase));
            return (FilterTerm.OfNumbers(field.Name, FilterOperator.In, [.. matching.Select(pair => (long)pair.number)]), null);
        }

        var numbers = new long[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            numbers[index] = field.Words.IndexOf(values[index]);
            if (numbers[index] < 0)
            {
                return (null, $"Must be one of {string.Join(", ", field.Words)}");
            }
        }

        return (FilterTerm.OfNumbers(field.Name, op, numbers), null);
    }

    private static (FilterTerm?, string?) Times(FilterField field, FilterOperator op, string[] values)
    {
        var spans = new List<(long From, long To)>(values.Length);
        foreach (var value in values)
        {
            if (!TimeValue.TryParse(value, out var span))
            {
                return (null, "Must be an ISO 8601 date or date-time");
            }

            spans.Add(span);
        }

        return (op switch
        {
            FilterOperator.GreaterThan or FilterOperator.LessOrEqual => FilterTerm.OfNumbers(field.Name, op, spans[0].To),
            FilterOperator.GreaterOrEqual or FilterOperator.LessThan => FilterTerm.OfNumbers(field.Name, op, spans[0].From),
            FilterOperator.Between => FilterTerm.OfNumbers(field.Name, op, spans[0].From, spans[1].To),
            _ => FilterTerm.OfNumbers(field.Name, op, [.. spans.SelectMany(span => new[] { span.From, span.To })]),
        }, null);
    }

    private static int IndexOf(this IReadOnlyList<string> words, string word)
    {
        for (var index = 0; index < words.Count; index++)
        {
            if (string.Equals(words[index], word, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }
}
