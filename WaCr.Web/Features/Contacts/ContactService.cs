using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>The only way to change contacts one at a time: pages, API and jobs all come here.</summary>
public sealed class ContactService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage,
    ContactTrash trash, OnceWriter once)
{
    private static readonly CompiledQuery<long, Contact> Alone = new((db, id) => db.Contacts.Where(c => c.Id == id));

    private static readonly CompiledQuery<long, Contact> WithGroups = new((db, id) => db.Contacts.Include(c => c.Groups).Where(c => c.Id == id));

    public async Task<Result<ContactDetails>> CreateAsync(ContactPatch input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var draft = ContactDraft.ForCreate(input, tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        if (draft.Errors.Any)
        {
            return await AllErrorsAsync(draft, null, cancellationToken);
        }

        var created = once.Recall<StoredContact>() is { } kept
            ? kept.Id
            : await once.WriteAsync(db => CreateAsync(db, draft), id => new StoredContact(id), cancellationToken);
        return await ReloadAsync(created, cancellationToken);
    }

    /// <param name="expectedVersion">The version that the caller read; null changes whatever is there.</param>
    public async Task<Result<ContactDetails>> UpdateAsync(long id, ContactPatch patch, long? expectedVersion, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var draft = ContactDraft.ForUpdate(
            await WithoutUnchangedBlanksAsync(id, patch, cancellationToken), tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        if (draft.Errors.Any)
        {
            return await AllErrorsAsync(draft, id, cancellationToken);
        }

        var updated = await writer.WriteAsync<long>(db => UpdateAsync(db, id, draft, expectedVersion), cancellationToken);
        return await ReloadAsync(updated, cancellationToken);
    }

    /// <summary>Into the trash, for 30 days.</summary>
    public async Task<Result<Done>> DeleteAsync(long id, long? expectedVersion, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsDelete) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (await ContactTrash.LoadToDeleteAsync(db, [id]) is not [var contact])
                {
                    return ContactErrors.NotFound;
                }

                if (expectedVersion is { } expected && expected != contact.Version)
                {
                    return new StaleVersionError(contact.Version);
                }

                await trash.PutAsync(db, [contact]);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>How many of <paramref name="ids"/> were deleted; unknown ones and other tenants' are passed over.</summary>
    public async Task<Result<int>> DeleteManyAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsDelete) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<int>(
            async db =>
            {
                var contacts = await ContactTrash.LoadToDeleteAsync(db, ids);
                await trash.PutAsync(db, contacts);
                return contacts.Count;
            },
            cancellationToken);
    }

    private async Task<Result<long>> CreateAsync(AppDbContext db, ContactDraft draft)
    {
        var errors = (await ContactChecks.LoadAsync(db, [draft])).Check(draft);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        if (await usage.TakeAsync(db, Metric.Contacts, 1) is { } limit)
        {
            return limit;
        }

        var contact = new Contact();
        draft.ApplyTo(contact);
        contact.Groups.AddRange(draft.Groups.Or([]).Select(groupId => new GroupMember { GroupId = groupId }));
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        return contact.Id;
    }

    private static async Task<Result<long>> UpdateAsync(AppDbContext db, long id, ContactDraft draft, long? expectedVersion)
    {
        await db.LockContactsAsync([id]);
        var contact = await (draft.Groups.IsGiven ? WithGroups : Alone).SingleOrDefaultAsync(db, id, CancellationToken.None);
        if (contact is null)
        {
            return ContactErrors.NotFound;
        }

        if (expectedVersion is { } expected && expected != contact.Version)
        {
            return new StaleVersionError(contact.Version);
        }

        var errors = (await ContactChecks.LoadAsync(db, [draft], id)).Check(draft);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        draft.ApplyTo(contact);
        if (draft.Groups.IsGiven && ReplaceGroups(contact, draft.Groups.Value))
        {
            // Groups are part of the contact: its version and time of change move with them.
            db.Entry(contact).Property(c => c.UpdatedAt).IsModified = true;
        }

        await db.SaveChangesAsync();
        return contact.Id;
    }

    private static bool ReplaceGroups(Contact contact, List<long> wanted)
    {
        var removed = contact.Groups.RemoveAll(member => !wanted.Contains(member.GroupId));
        var missing = wanted.Except(contact.Groups.Select(member => member.GroupId)).ToList();
        contact.Groups.AddRange(missing.Select(groupId => new GroupMember { GroupId = groupId }));
        return removed + missing.Count > 0;
    }

    // WhatsApp makes contacts with less than is asked of people. Who reads one, changes a field and sends all back has left no field out.
    private async Task<ContactPatch> WithoutUnchangedBlanksAsync(long id, ContactPatch patch, CancellationToken cancellationToken)
    {
        if (!IsBlank(patch.FirstName) && !IsBlank(patch.LastName) && !IsBlank(patch.Phone))
        {
            return patch;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await db.Contacts.Where(c => c.Id == id).Select(c => new { c.FirstName, c.LastName, c.Phone }).SingleOrDefaultAsync(cancellationToken);
        return current is null ? patch : patch with
        {
            FirstName = Without(patch.FirstName, current.FirstName),
            LastName = Without(patch.LastName, current.LastName),
            Phone = Without(patch.Phone, current.Phone),
        };

        static bool IsBlank(Optional<string?> given) => given.IsGiven && string.IsNullOrWhiteSpace(given.Value);

        static Optional<string?> Without(Optional<string?> given, string now) => IsBlank(given) && now.Length == 0 ? default : given;
    }

    private async Task<Result<ContactDetails>> ReloadAsync(Result<long> written, CancellationToken cancellationToken)
    {
        if (!written.Succeeded)
        {
            return written.Error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.LoadContactAsync(written.Value, ContactIncludes.All, cancellationToken) is { } contact
            ? contact
            : ContactErrors.NotFound; // deleted by somebody else between our commit and this read
    }

    // The request fails anyway; looking into the database as well tells all its errors at once.
    private async Task<Result<ContactDetails>> AllErrorsAsync(ContactDraft draft, long? id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (id is not null && !await db.Contacts.AnyAsync(c => c.Id == id, cancellationToken))
        {
            return ContactErrors.NotFound;
        }

        return new ValidationError((await ContactChecks.LoadAsync(db, [draft], id)).Check(draft));
    }

    private sealed record StoredContact(long Id);
}
