using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>What is in the trash.</summary>
public sealed class TrashQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    // As text, since a database compares no characters.
    private static readonly string NoPhone = PhoneNumber.NoneMark.ToString();

    public async Task<Result<Page<TrashItem>>> ListAsync(TrashQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = Kept(db, time);
        if (TextKey.Folded(query.Search) is { Length: > 0 } needle)
        {
            kept = kept.Where(contact => contact.NameKey.Contains(needle));
        }

        var total = await kept.LongCountAsync(cancellationToken);
        var items = await kept
            .OrderByDescending(contact => contact.DeletedAt).ThenByDescending(contact => contact.Id)
            .Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size)
            .Select(contact => new
            {
                contact.Id,
                contact.Name,
                contact.PhoneKey,
                contact.ActorName,
                contact.ChangeOrigin,
                contact.DeletedAt,
                HiddenSnapshot = contact.PhoneKey.StartsWith(NoPhone) ? contact.Snapshot : null,
            })
            .ToListAsync(cancellationToken);
        return new Page<TrashItem>(
            [.. items.Select(contact => new TrashItem(
                contact.Id, contact.Name, contact.PhoneKey, contact.ActorName, contact.ChangeOrigin, contact.DeletedAt,
                contact.DeletedAt + DeletedContact.KeptFor)
            {
                Username = contact.HiddenSnapshot is { } snapshot ? ContactSnapshot.Read(snapshot, db).Username : null,
            })],
            query.Page, total);
    }

    /// <summary>Expired contacts count as gone, even before the sweeper has run.</summary>
    internal static IQueryable<DeletedContact> Kept(AppDbContext db, TimeProvider time)
    {
        var oldest = time.GetUtcNow() - DeletedContact.KeptFor;
        return db.DeletedContacts.AsNoTracking().Where(contact => contact.DeletedAt > oldest);
    }
}
