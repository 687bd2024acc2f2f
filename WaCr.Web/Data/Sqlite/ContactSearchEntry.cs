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

    public long RowId { get; init; }
    public string Match { get; init; } = "";

    public static (long First, long Last) RowIdsOf(long tenantId)
    {
        var first = tenantId << ContactBits;
        return (first, first | ((1L << ContactBits) - 1));
    }

    /// <summary>A full-text query for any of the needles; inside the quotes nothing is an operator.</summary>
    public static string MatchFor(IReadOnlyList<string> needles) =>
        string.Join(" OR ", needles.Select(needle => $"\"{needle.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}
