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
        var said = await SayAsync(db, contacts, drafts);
        var entries = contacts.Select((contact, at) =>
            AuditTrail.Created(auditIds[at], contact, drafts[at].Groups.Or([]), db, tenant, time.GetUtcNow())).ToList();
        foreach (var at in said)
        {
            entries[at].Changes = ConsentDraft.Told(entries[at].Changes, drafts[at].Consent!.Statement);
        }

        await db.BulkInsertAsync(contacts);
        await db.BulkInsertAsync([.. contacts.SelectMany(contact => contact.Groups)]);
        await db.BulkInsertAsync(entries);
        await db.NoteContactsAsync(EventTypes.ContactCreated, contacts);
        return contacts;
    }

    /// <summary>What the drafts say anew counts more than what was recorded; returns the places of those that changed something.</summary>
    private static async Task<List<int>> SayAsync(AppDbContext db, List<Contact> contacts, List<ContactDraft> drafts)
    {
        var (changed, said) = (new List<int>(), new List<SaidConsent>());
        for (var at = 0; at < contacts.Count; at++)
        {
            var (contact, before) = (contacts[at], contacts[at].Consent);
            if (drafts[at].Consent is not { } consent || before.With(consent.Change) == before)
            {
                continue;
            }

            contact.Consent = before.With(consent.Change);
            contact.ConsentChangedAt = db.Now;
            changed.Add(at);
            said.Add(new SaidConsent(ConsentSubject.OfPhone(contact.PhoneKey)!.Value, contact.Consent.Since(before), consent.Statement));
        }

        await db.RecordConsentAsync(said);
        await db.SaveChangesAsync();
        return changed;
    }
}
