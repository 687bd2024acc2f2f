using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Finds contacts that may be the same person. Phones and e-mails are unique, so it looks for near matches: the same number under another
/// country code, one mailbox spelled two ways, a name with its parts swapped or a letter wrong.
/// </summary>
public sealed class ContactDuplicates(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int MaxAnswered = 5;

    // A clue with more matches is too common to use.
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
        foreach (var clue in likeness.Clues)
        {
            foreach (var candidate in await ReadAsync(db, clue, contactId, cancellationToken))
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

    private static Task<List<ContactDetails>> ReadAsync(AppDbContext db, Clue clue, long itself, CancellationToken cancellationToken)
    {
        var (needle, either, or) = (clue.Needle, clue.Either, clue.Or);
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
