namespace WaCr.Web.Data.Sqlite;

/// <summary>Row ids in an FTS5 trigram index: the tenant's id followed by the row's, so that a tenant's rows are one range.</summary>
internal static class TextIndexRows
{
    /// <summary>Allows 2^40 rows and 2^23 tenants in one file.</summary>
    private const int IdBits = 40;

    private const int MaxTrigrams = 5;

    public const int TrigramLength = 3;

    public static (long First, long Last) RowIdsOf(long tenantId)
    {
        var first = tenantId << IdBits;
        return (first, first | ((1L << IdBits) - 1));
    }

    /// <summary>
    /// A full-text query for candidates: rows that contain the needles' trigrams in any order. Nothing inside the quotes is an operator.
    /// </summary>
    /// <param name="needles">Any of them.</param>
    /// <param name="words">Or all of these.</param>
    public static string MatchFor(IReadOnlyList<string> needles, IReadOnlyList<string> words) =>
        string.Join(
            " OR ",
            needles.Select(AllTrigrams)
                .Concat(words.Count == 0 ? [] : [string.Join(" AND ", words.Select(AllTrigrams))])
                .Select(all => $"({all})"));

    // Each further trigram costs a walk through another list and excludes less: a few, spread over the needle, are enough.
    private static string AllTrigrams(string needle)
    {
        var runes = needle.EnumerateRunes().ToArray();
        var last = runes.Length - TrigramLength;
        var count = Math.Min(MaxTrigrams, last + 1);
        return string.Join(" AND ", Enumerable.Range(0, count)
            .Select(n => count == 1 ? 0 : n * last / (count - 1))
            .Select(index => Quote(string.Concat(runes[index..(index + TrigramLength)])))
            .Distinct(StringComparer.Ordinal));
    }

    private static string Quote(string trigram) => $"\"{trigram.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
