using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Features.Contacts;

/// <summary>Result of a search, newest first.</summary>
/// <param name="IsCutOff">Whether older matches may have been left out.</param>
internal sealed record FoundContacts(PackedIds Ids, bool IsCutOff)
{
    public int Count => Ids.Count;

    public List<long> Page(int skip, int size, bool newestFirst) => newestFirst
        ? [.. Ids.Unpack().Skip(skip).Take(size)]
        : [.. Ids.Unpack().Reverse().Skip(skip).Take(size)];
}

/// <summary>
/// Searches in one pass: walks the text index's candidates, drops those excluded by filters, and tests the text of the rest. Page and total
/// come from the same pass. The result is cached until a contact of the tenant changes, so that another page, filter or sort of the same
/// search is cheap.
/// </summary>
public sealed class ContactFinder(ContactCountCache totals)
{
    // Larger candidate lists are not cached but read again.
    private const int MaxKeptCandidates = 200_000;

    private static readonly object Asked = new();

    private readonly SearchCache _memory = new();

    /// <summary>Null if the database should run the search itself, because caching would not pay off.</summary>
    internal async Task<FoundContacts?> FindAsync(AppDbContext db, ContactCriteria criteria, CancellationToken cancellationToken)
    {
        if (criteria.Search is not { } search || db.TextIndex is not { } index || criteria.FollowsMessages)
        {
            return null;
        }

        // Read before the data: a change in between then belongs to a newer generation.
        var remembered = _memory.Of(db.CurrentTenantId, totals.GenerationOf(db.CurrentTenantId));
        var key = $"found {criteria.Key}";
        if (remembered.Find<FoundContacts>(key) is { } known)
        {
            return known;
        }

        IdSet? among = null;
        if (criteria.WithoutSearch is { } filters)
        {
            among = await AmongAsync(db, filters, remembered, cancellationToken);
            if (among is null)
            {
                return null;
            }
        }

        var found = Find(index, search, among, db.CurrentTenantId, remembered);
        _memory.Keep(remembered, key, found, found.Ids.Bytes);
        return found;
    }

    // All ids that match the filters. Reading them costs about as much as one search in the database and is wasted after the next change,
    // so the first search of a generation goes to the database and the second reads the ids.
    private async Task<IdSet?> AmongAsync(
        AppDbContext db, ContactCriteria filters, SearchCache.Remembered remembered, CancellationToken cancellationToken)
    {
        var key = $"among {filters.Key}";
        if (remembered.Find<IdSet>(key) is { } known)
        {
            return known;
        }

        var asked = $"asked {filters.Key}";
        if (remembered.Find<object>(asked) is null)
        {
            _memory.Keep(remembered, asked, Asked, 0);
            return null;
        }

        var ids = new IdSet(await filters.UsingFilterIndex(db).Select(match => match.Contact.Id).ToListAsync(cancellationToken));
        _memory.Keep(remembered, key, ids, ids.Bytes);
        return ids;
    }

    private FoundContacts Find(ContactTextIndex index, ContactSearch search, IdSet? among, long tenantId, SearchCache.Remembered remembered)
    {
        var key = $"candidates {string.Join('\r', search.Needles)}\t{string.Join('\r', search.Words)}";
        var candidates = remembered.Find<PackedIds>(key);
        var walked = candidates is null ? new List<long>() : null;
        var holds = search.IsExact ? null : index.Test(tenantId, search.Needles, search.Words);
        var found = new List<long>();
        foreach (var id in candidates?.Unpack() ?? index.Candidates(tenantId, search.Needles, search.Words))
        {
            walked?.Add(id);
            if ((among is null || among.Contains(id)) && (holds is null || holds(id)))
            {
                found.Add(id);
                if (found.Count == ContactQueries.MaxSearchTotal)
                {
                    return new FoundContacts(PackedIds.Pack(found), IsCutOff: true);
                }
            }
        }

        if (walked is { Count: <= MaxKeptCandidates })
        {
            candidates = PackedIds.Pack(walked);
            _memory.Keep(remembered, key, candidates, candidates.Bytes);
        }

        return new FoundContacts(PackedIds.Pack(found), IsCutOff: false);
    }
}
