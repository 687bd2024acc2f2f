using WaCr.Web.Tenancy;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// A row of the FTS5 trigram index, which triggers on Contacts keep in step. Its rowid is the tenant's id and
/// then the contact's, so that a tenant's rows are one range: this index, too, is led by the tenant.
/// </summary>
internal sealed class ContactSearchEntry : IPlatformOwned
{
    /// <summary>Room for 2^40 contacts and 2^23 tenants on one file.</summary>
    private const int ContactBits = 40;

    private const int TrigramLength = 3;
    private const int MaxTrigrams = 5;

    public long RowId { get; init; }
    public string Match { get; init; } = "";

    public static (long First, long Last) RowIdsOf(long tenantId)
    {
        var first = tenantId << ContactBits;
        return (first, first | ((1L << ContactBits) - 1));
    }

    /// <summary>
    /// A full-text query for the candidates: contacts that have the needles' trigrams, in whatever order. Inside the
    /// quotes nothing is an operator.
    /// </summary>
    public static string MatchFor(IReadOnlyList<string> needles) => string.Join(" OR ", needles.Select(needle => $"({AllTrigrams(needle)})"));

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
