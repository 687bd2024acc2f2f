using System.Reflection;
using Microsoft.Extensions.Primitives;
using WaCr.Web.Api.Answers;

namespace WaCr.Web.Api.Requests;

/// <summary>The query string of a list, read against what the list understands.</summary>
internal sealed class ListRequest : IBoundParameter, IBindableFromHttpContext<ListRequest>
{
    private readonly FieldSelection _selection;
    private FieldErrors? _errors;

    private ListRequest(IQueryCollection query, ListSpec spec)
    {
        _selection = FieldSelection.Read(query, spec.Shape, spec.Includes, ref _errors);
        if (query.Count == 0)
        {
            return;
        }

        Page = new PageRequest(
            Number(query, "page", 1, int.MaxValue), Number(query, "per_page", PageRequest.DefaultSize, PageRequest.MaxSize));
        Sort = ReadSort(query["sort"], spec.Sorts);
        Search = ReadSearch(query);
        Filters = FilterReader.Read(query, spec, ref _errors);
    }

    public PageRequest Page { get; } = new(1, PageRequest.DefaultSize);

    public IReadOnlyList<SortTerm> Sort { get; } = [];

    public string? Search { get; }

    public IReadOnlyList<FilterTerm> Filters { get; } = [];

    public ulong Fields => _selection.Fields;

    public Problem? Problem => _errors is null ? null : Problem.Invalid(_errors);

    public bool Includes(ulong field) => (Fields & field) != 0;

    public static ValueTask<ListRequest?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<ListRequest?>(new ListRequest(context.Request.Query, context.Operation().List!));

    private int Number(IQueryCollection query, string name, int fallback, int max)
    {
        if (!query.TryGetValue(name, out var given))
        {
            return fallback;
        }

        if (int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        (_errors ??= []).Add(name, $"Must be an integer from 1 to {max}");
        return fallback;
    }

    private List<SortTerm> ReadSort(StringValues given, IReadOnlyList<string> allowed)
    {
        var terms = new List<SortTerm>();
        foreach (var name in CommaList.Split(given))
        {
            var descending = name[0] == '-';
            var field = descending ? name[1..] : name;
            if (allowed.Contains(field, StringComparer.Ordinal))
            {
                terms.Add(new SortTerm(field, descending));
            }
            else
            {
                (_errors ??= []).Add(
                    "sort",
                    allowed.Count == 0 ? "Sorting is not possible here" : $"Sorting is possible by {string.Join(", ", allowed)}");
            }
        }

        return terms;
    }

    private string? ReadSearch(IQueryCollection query)
    {
        foreach (var name in (ReadOnlySpan<string>)["search", "q"])
        {
            var text = query[name].ToString();
            if (!TextRule.IsStorable(text))
            {
                (_errors ??= []).Add(name, TextRule.Unprintable);
            }
            else if (!string.IsNullOrWhiteSpace(text))
            {
                return text;
            }
        }

        return null;
    }
}
