using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>Where deleted contacts lie for 30 days. Whoever may delete may also restore.</summary>
public sealed class ContactTrash(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage, TimeProvider time)
{
    public async Task<Result<Page<TrashItem>>> ListAsync(TrashQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = Kept(db);
        if (TextKey.Folded(query.Search) is { Length: > 0 } needle)
        {
            kept = kept.Where(contact => contact.NameKey.Contains(needle));
        }

        var total = await kept.LongCountAsync(cancellationToken);
        var items = await kept
            .OrderByDescending(contact => contact.DeletedAt).ThenByDescending(contact => contact.Id)
            .Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size)
            .Select(contact => new { contact.Id, contact.Name, contact.PhoneKey, contact.ActorName, contact.ChangeOrigin, contact.DeletedAt })
            .ToListAsync(cancellationToken);
        return new Page<TrashItem>(
            [.. items.Select(contact => new TrashItem(
                contact.Id, contact.Name, contact.PhoneKey, contact.ActorName, contact.ChangeOrigin, contact.DeletedAt, contact.DeletedAt + DeletedContact.KeptFor))],
            query.Page, total);
    }

    /// <summary>
    /// Brings contacts back as they were: id, fields, groups that still exist. One whose phone or e-mail is another contact's by now stays; where
    /// the plan has no room for all the others, all stay.
    /// </summary>
    public async Task<Result<RestoreOutcome>> RestoreAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsDelete) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync(db => RestoreAsync(db, ids), cancellationToken);
    }

    /// <summary>Contacts for <see cref="PutAsync"/>: locked, after the counter that it gives back to, and with their groups.</summary>
    internal static async Task<List<Contact>> LoadToDeleteAsync(AppDbContext db, IReadOnlyCollection<long> ids)
    {
        await UsageGate.LockAsync(db, Metric.Contacts);
        await db.LockContactsAsync(ids);
        return await db.Contacts.AsNoTracking().Include(c => c.Groups).Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync();
    }

    /// <summary>Takes contacts out of the list and keeps them here; part of the caller's write.</summary>
    /// <param name="contacts">Locked, and loaded with their groups.</param>
    /// <param name="isMerge">Whether they go into another, which is told as that.</param>
    internal async Task PutAsync(AppDbContext db, IReadOnlyList<Contact> contacts, bool isMerge = false)
    {
        if (contacts.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var ids = contacts.Select(contact => contact.Id).ToList();
        await db.RememberOptOutsAsync(contacts);
        var auditIds = await db.ReserveIdsAsync("AuditEntries", ids.Count, CancellationToken.None);
        await db.BulkInsertAsync([.. contacts.Select(contact => Keep(contact, db, now))]);
        await db.BulkInsertAsync([.. contacts.Select((contact, at) =>
            AuditTrail.Of(auditIds[at], AuditAction.Deleted, contact.Id, ContactImage.Of(contact, db), null, tenant, now)!)]);
        await db.Contacts.Where(contact => ids.Contains(contact.Id)).ExecuteDeleteAsync();
        if (!isMerge)
        {
            await db.NoteContactsAsync(EventTypes.ContactDeleted, contacts);
        }

        await usage.GiveBackAsync(db, Metric.Contacts, ids.Count);
    }

    internal async Task<Result<RestoreOutcome>> RestoreAsync(AppDbContext db, IReadOnlyCollection<long> ids)
    {
        var kept = await Kept(db).Where(contact => ids.Contains(contact.Id)).OrderBy(contact => contact.Id).ToListAsync();
        var contacts = kept.ConvertAll(contact => ContactSnapshot.Read(contact.Snapshot, db));
        var (accepted, refused) = await RestoreChecks.SortOutAsync(db, contacts);
        if (accepted.Count == 0)
        {
            return new RestoreOutcome([], refused);
        }

        if (await usage.TakeAsync(db, Metric.Contacts, accepted.Count) is { } limit)
        {
            return limit;
        }

        var now = time.GetUtcNow();
        var consent = await db.FindConsentAsync(accepted);
        foreach (var contact in accepted)
        {
            contact.IsOptedOut = consent.GetValueOrDefault(contact.Id, contact.IsOptedOut); // said while it lay in the trash
            contact.UpdatedAt = time.UtcNowInSeconds();
            contact.Version++;
        }

        var restored = accepted.ConvertAll(contact => contact.Id);
        var auditIds = await db.ReserveIdsAsync("AuditEntries", restored.Count, CancellationToken.None);
        await db.DeletedContacts.Where(contact => restored.Contains(contact.Id)).ExecuteDeleteAsync();
        await db.BulkInsertAsync(accepted);
        await db.BulkInsertAsync([.. accepted.SelectMany(contact => contact.Groups)]);
        await db.BulkInsertAsync([.. accepted.Select((contact, at) =>
            AuditTrail.Of(auditIds[at], AuditAction.Restored, contact.Id, null, ContactImage.Of(contact, db), tenant, now)!)]);
        await db.NoteContactsAsync(EventTypes.ContactRestored, accepted);
        return new RestoreOutcome(restored, refused);
    }

    // What is past its time is gone for everybody, whether or not the sweeper has come by.
    private IQueryable<DeletedContact> Kept(AppDbContext db)
    {
        var oldest = time.GetUtcNow() - DeletedContact.KeptFor;
        return db.DeletedContacts.AsNoTracking().Where(contact => contact.DeletedAt > oldest);
    }

    private DeletedContact Keep(Contact contact, AppDbContext db, DateTimeOffset now)
    {
        var name = $"{contact.FirstName} {contact.LastName}";
        return new DeletedContact
        {
            Id = contact.Id,
            TenantId = contact.TenantId,
            Name = name,
            NameKey = TextKey.Folded(name),
            PhoneKey = contact.PhoneKey,
            ActorName = tenant.Actor.Kind == ActorKind.System ? "" : tenant.Actor.Name,
            ChangeOrigin = tenant.Actor.ChangeOrigin,
            DeletedAt = now,
            Snapshot = ContactSnapshot.Write(contact, db),
        };
    }
}
