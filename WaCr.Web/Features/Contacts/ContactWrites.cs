using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Contacts;

/// <summary>Creates and changes single contacts inside a write, with all checks that need the database.</summary>
internal sealed class ContactWrites(TenantContext tenant, UsageGate usage)
{
    private static readonly CompiledQuery<long, Contact> Alone = new((db, id) => db.Contacts.Where(c => c.Id == id));

    private static readonly CompiledQuery<long, Contact> WithGroups =
        new((db, id) => db.Contacts.Include(c => c.Groups).Where(c => c.Id == id));

    public async Task<Result<Contact>> CreateAsync(AppDbContext db, ContactDraft draft)
    {
        // The counter first: creators of a tenant take turns at it, so that none finds a number free that another is about to take.
        var limit = await usage.TakeAsync(db, Metric.Contacts, 1);
        var errors = await ContactChecks.CheckAsync(db, draft);
        if (!errors.Any && limit is not null)
        {
            return limit;
        }

        if (!errors.Any)
        {
            errors.AddAll(draft.Consent?.CheckFor(default) ?? []);
        }

        if (errors.Any)
        {
            await usage.GiveBackAsync(db, Metric.Contacts, limit is null ? 1 : 0); // the caller's write may go on
            return new ValidationError(errors);
        }

        var contact = new Contact();
        draft.ApplyTo(contact);
        contact.Groups.AddRange(draft.Groups.Or([]).Select(groupId => new GroupMember { GroupId = groupId }));
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        await ApplyConsentAsync(db, contact, draft);
        await DropUnsavedEditAsync(db, null, draft);
        return contact;
    }

    public async Task<Result<Contact>> UpdateAsync(AppDbContext db, long id, ContactDraft draft, ExpectedVersions expected)
    {
        await db.LockContactsAsync([id]);
        var contact = await (draft.Groups.IsGiven ? WithGroups : Alone).SingleOrDefaultAsync(db, id, CancellationToken.None);
        if (contact is null)
        {
            return ContactErrors.NotFound;
        }

        if (!expected.Accept(contact.Version))
        {
            return new StaleVersionError(contact.Version);
        }

        var errors = await ContactChecks.CheckAsync(db, draft, id);
        errors.AddAll(draft.Consent?.CheckFor(contact.Consent) ?? []);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        draft.ApplyTo(contact);
        if (draft.Groups.IsGiven && ReplaceGroups(contact, draft.Groups.Value))
        {
            // Groups are part of the contact, so a change of them changes its version and time.
            db.Entry(contact).Property(c => c.UpdatedAt).IsModified = true;
        }

        await db.SaveChangesAsync();
        await ApplyConsentAsync(db, contact, draft);
        await DropUnsavedEditAsync(db, id, draft);
        return contact;
    }

    private static Task ApplyConsentAsync(AppDbContext db, Contact contact, ContactDraft draft) =>
        draft.Consent is { } said ? ConsentWriter.ApplyAsync(db, contact, said) : Task.CompletedTask;

    private async Task DropUnsavedEditAsync(AppDbContext db, long? contactId, ContactDraft draft)
    {
        if (draft.EndsUnsavedEdit)
        {
            await db.UnsavedEdits.Of(tenant.Actor, contactId).ExecuteDeleteAsync();
        }
    }

    private static bool ReplaceGroups(Contact contact, List<long> wanted)
    {
        var removed = contact.Groups.RemoveAll(member => !wanted.Contains(member.GroupId));
        var missing = wanted.Except(contact.Groups.Select(member => member.GroupId)).ToList();
        contact.Groups.AddRange(missing.Select(groupId => new GroupMember { GroupId = groupId }));
        return removed + missing.Count > 0;
    }
}
