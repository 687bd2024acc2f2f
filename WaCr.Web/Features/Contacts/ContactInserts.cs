using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Inserts new contacts with their groups and an audit entry each, past the change tracker. Runs inside a write, after all checks.
/// </summary>
internal sealed class ContactInserts(TenantContext tenant, TimeProvider time)
{
    public async Task<List<Contact>> InsertAsync(AppDbContext db, List<ContactDraft> drafts)
    {
        var now = time.UtcNowInSeconds();
        var ids = await db.ReserveIdsAsync("Contacts", drafts.Count, CancellationToken.None);
        var auditIds = await db.ReserveIdsAsync("AuditEntries", drafts.Count, CancellationToken.None);
        var contacts = new List<Contact>(drafts.Count);
        foreach (var (draft, at) in drafts.Select((draft, at) => (draft, at)))
        {
            var contact = new Contact { Id = ids[at], TenantId = tenant.TenantId, CreatedAt = now, UpdatedAt = now, Version = 1 };
            draft.ApplyTo(contact);
            contact.Groups.AddRange(draft.Groups.Or([]).Select(groupId => new GroupMember
            {
                TenantId = tenant.TenantId,
                GroupId = groupId,
                ContactId = contact.Id,
            }));
            contacts.Add(contact);
        }

        await db.KeepConsentAsync(contacts);
        var entries = contacts.Select((contact, at) =>
            AuditTrail.Created(auditIds[at], contact, drafts[at].Groups.Or([]), db, tenant, time.GetUtcNow())).ToList();
        await db.BulkInsertAsync(contacts);
        await db.BulkInsertAsync([.. contacts.SelectMany(contact => contact.Groups)]);
        await db.BulkInsertAsync(entries);
        await db.NoteContactsAsync(EventTypes.ContactCreated, contacts);
        return contacts;
    }
}
