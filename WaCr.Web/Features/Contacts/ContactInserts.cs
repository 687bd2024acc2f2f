using WaCr.Web.Data;

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
        foreach (var (draft, index) in drafts.Select((draft, index) => (draft, index)))
        {
            var contact = new Contact { Id = ids[index], TenantId = tenant.TenantId, CreatedAt = now, UpdatedAt = now, Version = 1 };
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
        var said = await ApplyConsentAsync(db, contacts, drafts);
        var entries = contacts.Select((contact, i) =>
            AuditTrail.Created(auditIds[i], contact, drafts[i].Groups.Or([]), db, tenant, time.GetUtcNow())).ToList();
        foreach (var index in said)
        {
            entries[index].Changes = ConsentWriter.WithStatement(entries[index].Changes, drafts[index].Consent!.Statement);
        }

        await db.BulkInsertAsync(contacts);
        await db.BulkInsertAsync([.. contacts.SelectMany(contact => contact.Groups)]);
        await db.BulkInsertAsync(entries);
        await db.NoteContactsAsync(EventTypes.ContactCreated, contacts);
        return contacts;
    }

    /// <summary>What the drafts say anew counts more than what was recorded; returns the places of those that changed something.</summary>
    private static async Task<List<int>> ApplyConsentAsync(AppDbContext db, List<Contact> contacts, List<ContactDraft> drafts)
    {
        var (changed, said) = (new List<int>(), new List<ConsentUpdate>());
        for (var i = 0; i < contacts.Count; i++)
        {
            var (contact, before) = (contacts[i], contacts[i].Consent);
            if (drafts[i].Consent is not { } consent || before.With(consent.Change) == before)
            {
                continue;
            }

            contact.Consent = before.With(consent.Change);
            contact.ConsentChangedAt = db.Now;
            changed.Add(i);
            said.Add(new ConsentUpdate(ConsentSubject.OfPhone(contact.PhoneKey)!.Value, contact.Consent.Since(before), consent.Statement));
        }

        await db.RecordConsentAsync(said);
        await db.SaveChangesAsync();
        return changed;
    }
}
