using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Walks the text index and tests candidates in this process. A search steps over thousands of rows, of which few become objects; by
/// way of a reader and EF each would cost several times what SQLite spends on it.
/// </summary>
public sealed class ContactTextIndex
{
    /// <summary>So many needles fit the test of a candidate.</summary>
    private const int MaxNeedles = 3;

    public const int MaxWords = 6;

    internal const string CandidatesSql =
        "SELECT rowid FROM \"ContactSearch\" WHERE \"ContactSearch\" MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC";

    // A needle that is not given is NULL, and so is what is compared with it: not true. Of the words the first stands for those that are not given.
    internal const string TestSql = """
        SELECT 1 FROM "Contacts" WHERE "Id" = ?1 AND "TenantId" = ?2 AND (
            instr("SearchText", ?3) > 0 OR instr("SearchText", ?4) > 0 OR instr("SearchText", ?5) > 0
            OR (instr("SearchText", ?6) > 0 AND instr("SearchText", ?7) > 0 AND instr("SearchText", ?8) > 0
                AND instr("SearchText", ?9) > 0 AND instr("SearchText", ?10) > 0 AND instr("SearchText", ?11) > 0))
        """;

    private readonly SqliteStatement _candidates;
    private readonly SqliteStatement _test;

    internal ContactTextIndex(SqliteConnection connection)
    {
        Connection = connection;
        _candidates = new SqliteStatement(connection, CandidatesSql);
        _test = new SqliteStatement(connection, TestSql);
    }

    internal SqliteConnection Connection { get; }

    /// <summary>Ids of contacts that may hold one of the needles or all the words, newest first: never too few. To be read once, and before the next call.</summary>
    public IEnumerable<long> Candidates(long tenantId, IReadOnlyList<string> needles, IReadOnlyList<string> words)
    {
        var (first, last) = TextIndexRows.RowIdsOf(tenantId);
        try
        {
            _candidates.Bind(1, TextIndexRows.MatchFor(needles, words));
            _candidates.Bind(2, first);
            _candidates.Bind(3, last);
            while (_candidates.Step())
            {
                yield return _candidates.Int64(0) - first;
            }
        }
        finally
        {
            _candidates.Reset();
        }
    }

    /// <summary>A test of whether a contact of the tenant holds one of the needles or all the words; good until the next call.</summary>
    public Func<long, bool> Test(long tenantId, IReadOnlyList<string> needles, IReadOnlyList<string> words)
    {
        if (needles.Count > MaxNeedles || words.Count > MaxWords)
        {
            throw new ArgumentException($"A search has at most {MaxNeedles} needles and {MaxWords} words.", nameof(needles));
        }

        _test.Bind(2, tenantId);
        for (var index = 0; index < MaxNeedles; index++)
        {
            _test.Bind(index + 3, index < needles.Count ? needles[index] : null);
        }

        for (var index = 0; index < MaxWords; index++)
        {
            _test.Bind(index + 3 + MaxNeedles, words.Count == 0 ? null : words[index < words.Count ? index : 0]);
        }

        return Holds;

        bool Holds(long id)
        {
            try
            {
                _test.Bind(1, id);
                return _test.Step();
            }
            finally
            {
                _test.Reset();
            }
        }
    }
}
