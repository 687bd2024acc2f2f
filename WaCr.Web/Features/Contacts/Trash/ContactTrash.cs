using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Contacts;

/// <summary>Deleted contacts, kept for 30 days. The permission to delete includes restoring.</summary>
public sealed class ContactTrash(IDatabaseWriter writer, TenantContext tenant, UsageGate usage, TimeProvider time)
{
    /// <summary>
    /// Restores contacts with id, fields and groups that still exist. A contact whose phone or e-mail is taken stays in the trash; if the
    /// plan has no room for all others, none is restored.
    /// </summary>
    public async Task<Result<RestoreOutcome>> RestoreAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsDelete) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync(db => RestoreAsync(db, ids), cancellationToken);
    }

    /// <summary>Loads contacts with groups for <see cref="PutAsync"/> and locks them, after locking the usage counter.</summary>
    internal static async Task<List<Contact>> LoadToDeleteAsync(AppDbContext db, IReadOnlyCollection<long> ids)
    {
        await UsageGate.LockAsync(db, Metric.Contacts);
        await db.LockContactsAsync(ids);
        return await db.Contacts.AsNoTracking().Include(c => c.Groups).Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync();
    }

    /// <summary>Moves contacts to the trash; runs inside the caller's write.</summary>
    /// <param name="contacts">Locked, and loaded with their groups.</param>
    /// <param name="isMerge">Whether they are merged into another contact, which the audit trail records as such.</param>
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
        await db.BulkInsertAsync([.. contacts.Select((contact, i) =>
            AuditTrail.Of(auditIds[i], AuditAction.Deleted, contact.Id, ContactImage.Of(contact, db), null, tenant, now)!)]);
        await db.Contacts.Where(contact => ids.Contains(contact.Id)).ExecuteDeleteAsync();
        if (!isMerge)
        {
            await db.NoteContactsAsync(EventTypes.ContactDeleted, contacts);
        }

        await usage.GiveBackAsync(db, Metric.Contacts, ids.Count);
    }

    internal async Task<Result<RestoreOutcome>> RestoreAsync(AppDbContext db, IReadOnlyCollection<long> ids)
    {
        var kept = await TrashQueries.Kept(db, time).Where(contact => ids.Contains(contact.Id))
            .OrderBy(contact => contact.Id).ToListAsync();
        var contacts = kept.ConvertAll(contact => ContactSnapshot.Read(contact.Snapshot, db));
        var (accepted, refused) = await RestorableContacts.SelectAsync(db, contacts);
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
            contact.Consent = consent.GetValueOrDefault(contact.Id, contact.Consent); // opted out or in while in the trash
            contact.UpdatedAt = time.UtcNowInSeconds();
            contact.Version++;
        }

        var restored = accepted.ConvertAll(contact => contact.Id);
        var auditIds = await db.ReserveIdsAsync("AuditEntries", restored.Count, CancellationToken.None);
        await db.DeletedContacts.Where(contact => restored.Contains(contact.Id)).ExecuteDeleteAsync();
        await db.BulkInsertAsync(accepted);
        await db.BulkInsertAsync([.. accepted.SelectMany(contact => contact.Groups)]);
        await db.BulkInsertAsync([.. accepted.Select((contact, i) =>
            AuditTrail.Of(auditIds[i], AuditAction.Restored, contact.Id, null, ContactImage.Of(contact, db), tenant, now)!)]);
        await db.NoteContactsAsync(EventTypes.ContactRestored, accepted);
        return new RestoreOutcome(restored, refused);
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
