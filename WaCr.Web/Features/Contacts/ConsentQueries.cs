using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Who last said something about one wish, when and how.</summary>
/// <param name="ActorName">Empty if the contact said it themselves, or nobody knows.</param>
public sealed record CurrentConsent(ConsentPurpose Purpose, bool IsOptedOut, DateTimeOffset At, ActorKind ActorKind, string ActorName,
    string? Source, string? Proof);

/// <summary>What a contact wants, and for each wish who last said so; a wish that nobody mentioned is missing.</summary>
public sealed record ContactConsent(Consent Consent, IReadOnlyList<CurrentConsent> Said);

/// <summary>Reads consent with its circumstances. <see cref="ContactService.UpdateAsync"/> changes it.</summary>
public sealed class ConsentQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public async Task<Result<ContactConsent>> GetAsync(long contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Contacts.AsNoTracking().SingleOrDefaultAsync(contact => contact.Id == contactId, cancellationToken) is not { } contact)
        {
            return ContactErrors.NotFound;
        }

        // Of several numbers and ids, the last that said what holds.
        var latest = (await db.FindRecordsAsync([contact]))[contactId].GroupBy(record => record.Purpose)
            .Select(records => records.OrderByDescending(record => record.IsOptedOut).ThenByDescending(record => record.ChangedAt).First())
            .OrderByDescending(record => record.Purpose).ToList();
        var users = latest.Where(record => record.ActorKind == ActorKind.User).Select(record => record.ActorId).ToList();
        var tokens = latest.Where(record => record.ActorKind == ActorKind.Token).Select(record => record.ActorId).ToList();
        var names = await db.Memberships.Where(member => users.Contains(member.UserId))
            .Join(db.Users, member => member.UserId, user => user.Id, (member, user) => new { user.Id, user.Name })
            .ToDictionaryAsync(user => (ActorKind.User, (long?)user.Id), user => user.Name, cancellationToken);
        foreach (var token in await db.ApiTokens.Where(token => tokens.Contains(token.Id)).Select(token => new { token.Id, token.Name })
            .ToListAsync(cancellationToken))
        {
            names[(ActorKind.Token, token.Id)] = token.Name;
        }

        return new ContactConsent(
            contact.Consent,
            latest.ConvertAll(record => new CurrentConsent(
                record.Purpose, record.IsOptedOut, record.ChangedAt, record.ActorKind,
                    names.GetValueOrDefault((record.ActorKind, record.ActorId), ""), record.Source, record.Proof)));
    }
}
