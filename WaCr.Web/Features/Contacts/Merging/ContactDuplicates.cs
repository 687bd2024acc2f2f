using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Finds contacts that may be the same person. Phones and e-mails are unique, so it looks for near matches: the same number under another
/// country code, one mailbox spelled two ways, a name with its parts swapped or a letter wrong.
/// </summary>
public sealed class ContactDuplicates(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int MaxAnswered = 5;

    /// <summary>Of the list; more are counted.</summary>
    public const int MaxListed = 100;

    /// <summary>The newest contacts that the list compares.</summary>
    public const int MaxSearched = 200_000;

    // A query with more matches is too common to use.
    private const int MaxCandidates = 50;

    public async Task<Result<IReadOnlyList<DuplicateCandidate>>> FindAsync(long contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.LoadContactAsync(contactId, ContactIncludes.None, cancellationToken) is not { } contact)
        {
            return ContactErrors.NotFound;
        }

        var likeness = new DuplicateMatcher(contact);
        var candidates = new Dictionary<long, ContactDetails>();
        foreach (var query in likeness.IndexQueries)
        {
            foreach (var candidate in await ReadAsync(db, query, contactId, cancellationToken))
            {
                candidates.TryAdd(candidate.Id, candidate);
            }
        }

        return candidates.Values
            .Select(candidate => (Candidate: candidate, Reasons: likeness.ReasonsFor(candidate)))
            .Where(match => match.Reasons.Count > 0)
            .OrderByDescending(match => match.Reasons.Count).ThenBy(match => match.Reasons[0]).ThenBy(match => match.Candidate.Id)
            .Take(MaxAnswered)
            .Select(match => new DuplicateCandidate(
                match.Candidate.Id, $"{match.Candidate.FirstName} {match.Candidate.LastName}", match.Candidate.PhoneKey,
                match.Candidate.Email, match.Reasons))
            .ToList();
    }

    /// <summary>
    /// The pairs of the whole workspace, newest first. Names alone are no reason here: in a long list too many people share them. It reads
    /// three short columns of the newest contacts once, since no index knows the end of a number.
    /// </summary>
    public async Task<Result<DuplicateList>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (seen, pairs) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<(long, long), DuplicateReason>());
        var rows = db.Contacts.AsNoTracking().OrderByDescending(c => c.Id).Take(MaxSearched)
            .Select(c => new { c.Id, c.PhoneKey, c.Email }).AsAsyncEnumerable();
        var searched = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            searched++;
            Meet(row.Id, PhoneNumber.IsNone(row.PhoneKey) ? null : DuplicateMatcher.Tail(row.PhoneKey), DuplicateReason.SimilarPhone);
            Meet(row.Id, DuplicateMatcher.AddressKey(row.Email), DuplicateReason.SimilarEmail);
        }

        var shown = pairs.Take(MaxListed).ToList();
        var ids = shown.SelectMany(pair => new[] { pair.Key.Item1, pair.Key.Item2 }).Distinct().ToList();
        var people = await db.Contacts.Where(c => ids.Contains(c.Id))
            .Select(c => new DuplicateContact(c.Id, c.FirstName + " " + c.LastName, c.PhoneKey, c.Email))
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        return new DuplicateList(
            [.. shown.Where(pair => people.ContainsKey(pair.Key.Item1) && people.ContainsKey(pair.Key.Item2))
                .Select(pair => new DuplicatePair(people[pair.Key.Item1], people[pair.Key.Item2], pair.Value))],
            pairs.Count,
            IsPartial: searched == MaxSearched && await db.Contacts.LongCountAsync(cancellationToken) > MaxSearched);

        // Newest first: the one that was seen before is the newer one.
        void Meet(long id, string? key, DuplicateReason reason)
        {
            if (key is not null && !seen.TryAdd(key, id))
            {
                pairs.TryAdd((id, seen[key]), reason);
                seen[key] = id;
            }
        }
    }

    private static Task<List<ContactDetails>> ReadAsync(
        AppDbContext db, TextIndexQuery query, long itself, CancellationToken cancellationToken)
    {
        var (needle, either, or) = (query.Needle, query.Either, query.Or);
        return db.FindCandidates([needle], []).AsNoTracking()
            .Where(m => m.Contact.SearchText.Contains(needle)
                && (m.Contact.SearchText.Contains(either) || m.Contact.SearchText.Contains(or)))
            .Where(m => m.Contact.Id != itself)
            .OrderByDescending(m => m.Order)
            .Take(MaxCandidates)
            .Select(m => m.Contact)
            .Select(ContactProjections.Details)
            .ToListAsync(cancellationToken);
    }
}
