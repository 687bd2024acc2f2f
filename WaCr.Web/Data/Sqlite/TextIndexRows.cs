namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// How rows stand in an FTS5 trigram index: the rowid is the tenant's id and then the row's, so that a tenant's rows are one range: these
/// indexes, too, are led by the tenant.
/// </summary>
internal static class TextIndexRows
{
    /// <summary>Room for 2^40 rows and 2^23 tenants on one file.</summary>
    private const int IdBits = 40;

    private const int MaxTrigrams = 5;

    public const int TrigramLength = 3;

    public static (long First, long Last) RowIdsOf(long tenantId)
    {
        var first = tenantId << IdBits;
        return (first, first | ((1L << IdBits) - 1));
    }

    /// <summary>
    /// A full-text query for the candidates: rows that have the needles' trigrams, in whatever order. Inside the
    /// quotes nothing is an operator.
    /// </summary>
    /// <param name="needles">Any of them.</param>
    /// <param name="words">Or all of these.</param>
    public static string MatchFor(IReadOnlyList<string> needles, IReadOnlyList<string> words) =>
        string.Join(" OR ", needles.Select(AllTrigrams).Concat(words.Count == 0 ? [] : [string.Join(" AND ", words.Select(AllTrigrams))]).Select(all => $"({all})"));

    // Each trigram more costs a walk over another list and rules out less: a few, spread over the needle, find as well.
    private static string AllTrigrams(string needle)
    {
        var runes = needle.EnumerateRunes().ToArray();
        var last = runes.Length - TrigramLength;
        var count = Math.Min(MaxTrigrams, last + 1);
        return string.Join(" AND ", Enumerable.Range(0, count)
            .Select(n => count == 1 ? 0 : n * last / (count - 1))
            .Select(at => Quote(string.Concat(runes[at..(at + TrigramLength)])))
            .Distinct(StringComparer.Ordinal));
    }

    private static string Quote(string trigram) => $"\"{trigram.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
