using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.Requests;

/// <summary>The query parameters of a list; used by <see cref="ListRequest"/> and by the OpenAPI document.</summary>
internal sealed record ListSpec(IWireShape Shape)
{
    public IReadOnlyList<string> Sorts { get; init; } = [];

    public IReadOnlyList<FilterField> Filters { get; init; } = [];

    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>Whether it takes <c>search</c>.</summary>
    public bool HasSearch { get; init; } = true;

    public FilterField? FilterOf(ReadOnlySpan<char> name)
    {
        foreach (var filter in Filters)
        {
            if (name.SequenceEqual(filter.Name))
            {
                return filter;
            }
        }

        return null;
    }
}

internal enum FilterKind
{
    Id = 0,
    Word = 1,
    Time = 2,
    Text = 3,

    /// <summary>A text that is compared as a whole, such as an e-mail address.</summary>
    Key = 4,
    Phone = 5,
}

/// <param name="Words">For <see cref="FilterKind.Word"/>: the allowed words; each stands for its index.</param>
internal sealed record FilterField(string Name, FilterKind Kind, params IReadOnlyList<string> Words);
