using Microsoft.Data.Sqlite;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Walks the text index and checks candidates in this process. A search passes thousands of rows, few of which become objects; through a
/// data reader and EF each would cost several times what SQLite needs.
/// </summary>
public sealed class ContactTextIndex
{
    /// <summary>Most needles that one check takes.</summary>
    private const int MaxNeedles = 3;

    public const int MaxWords = 6;

    internal const string CandidatesSql =
        "SELECT rowid FROM \"ContactSearch\" WHERE \"ContactSearch\" MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC";

    // A missing needle is NULL, so comparing with it is not true. Missing words are replaced by the first word.
    internal const string TestSql = """
        SELECT 1 FROM "Contacts" WHERE "Id" = ?1 AND "TenantId" = ?2 AND (
            instr("SearchText", ?3) > 0 OR instr("SearchText", ?4) > 0 OR instr("SearchText", ?5) > 0
            OR (instr("SearchText", ?6) > 0 AND instr("SearchText", ?7) > 0 AND instr("SearchText", ?8) > 0
                AND instr("SearchText", ?9) > 0 AND instr("SearchText", ?10) > 0 AND instr("SearchText", ?11) > 0))
        """;

    private readonly SqliteStatement _candidates;
    private readonly SqliteStatement _test;

    internal ContactTextIndex(SqliteConnection connection, OutageLog? outages)
    {
        Connection = connection;
        _candidates = new SqliteStatement(connection, CandidatesSql, outages);
        _test = new SqliteStatement(connection, TestSql, outages);
    }

    internal SqliteConnection Connection { get; }

    /// <summary>
    /// Ids of contacts that may contain one of the needles or all the words, newest first; a superset. Enumerate once, and before the next
    /// call.
    /// </summary>
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

    /// <summary>Checks whether a contact of the tenant contains one of the needles or all the words; valid until the next call.</summary>
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
