namespace WaCr.Web.Common;

/// <summary>Which page: <paramref name="Number"/> counts from 1, <paramref name="Size"/> is 1 to 100.</summary>
public readonly record struct PageRequest(int Number, int Size)
{
    public const int DefaultSize = 15;
    public const int MaxSize = 100;

    /// <summary>Rows before this page. Long, because page 2^31 times 100 overflows an int.</summary>
    public long Skip => (Number - 1L) * Size;
}

/// <summary>One page of a list, and the total number of rows.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, PageRequest Request, long Total)
{
    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Request, Total);
}

/// <summary>One term of a sort order; <paramref name="Field"/> comes from the resource's allow-list.</summary>
public readonly record struct SortTerm(string Field, bool Descending);
