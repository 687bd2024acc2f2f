using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Contacts;

/// <summary>The only way to change single contacts, for pages, API and jobs.</summary>
public sealed class ContactService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage,
    ContactTrash trash, OnceWriter once)
{
    private readonly ContactWrites _writes = new(tenant, usage);

    public async Task<Result<ContactDetails>> CreateAsync(ContactPatch input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var draft = ContactDraft.ForCreate(input, tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        if (draft.Errors.Any)
        {
            return await AllErrorsAsync(null, draft, cancellationToken);
        }

        if (once.Recall<StoredContact>() is { } kept)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.LoadContactAsync(kept.Id, ContactIncludes.All, cancellationToken) is { } contact
                ? contact
                : ContactErrors.NotFound;
        }

        return await AnswerAsync(
            await once.WriteAsync(db => _writes.CreateAsync(db, draft), contact => new StoredContact(contact.Id), cancellationToken),
                cancellationToken);
    }

    /// <param name="id">The contact's.</param>
    /// <param name="patch">Fields to change.</param>
    /// <param name="expected">Versions the caller has read; null skips the check.</param>
    /// <param name="cancellationToken">Cancels waiting for the write lock.</param>
    public async Task<Result<ContactDetails>> UpdateAsync(
        long id, ContactPatch patch, ExpectedVersions expected, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var draft = ContactDraft.ForUpdate(
            await WithoutUnchangedBlanksAsync(id, patch, cancellationToken), tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        if (draft.Errors.Any)
        {
            return await AllErrorsAsync(id, draft, cancellationToken);
        }

        return await AnswerAsync(await writer.WriteAsync(db => _writes.UpdateAsync(db, id, draft, expected), cancellationToken),
            cancellationToken);
    }

    /// <summary>
    /// Creates the contact with this number, or changes the given fields of the one that has it. Callers that name the same number at the
    /// same time change one contact.
    /// </summary>
    /// <param name="phone">In any spelling. The patch may repeat it; another number there is an error.</param>
    /// <param name="input">All required fields if there is no such contact yet.</param>
    /// <param name="expected">Versions the caller has read; an error if there is no such contact.</param>
    /// <param name="cancellationToken">Cancels waiting for the write lock.</param>
    public async Task<Result<PutContact>> PutAsync(string phone, ContactPatch input, ExpectedVersions expected,
        CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (!PhoneNumber.TryParse(phone, tenant.Tenant.Country, out var number))
        {
            return new ValidationError(ContactFieldNames.Phone, ContactErrors.PhoneInvalid);
        }

        var (country, origin) = (tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        var update = ContactDraft.ForUpdate(input, country, origin);
        var create = ContactDraft.ForCreate(input.Phone.IsGiven ? input : input with { Phone = phone }, country, origin);
        if (update.Phone.IsGiven && update.Phone.Value.Key != number.Key)
        {
            update.Errors.Add(ContactFieldNames.Phone, ContactErrors.PhoneDiffers);
            create.Errors.Add(ContactFieldNames.Phone, ContactErrors.PhoneDiffers);
        }

        var isNew = false;
        var written = await writer.WriteAsync(
            async db =>
            {
                isNew = false;
                if (await FindAsync(db) is { } known)
                {
                    return await _writes.UpdateAsync(db, known, update, expected);
                }

                if (expected.Any is not null)
                {
                    return new StaleVersionError(0);
                }

                var created = await _writes.CreateAsync(db, create);
                isNew = created.Succeeded;

                // Another may have created it since it was looked for.
                return !created.Succeeded && await FindAsync(db) is { } theirs ? await _writes.UpdateAsync(db, theirs, update, expected)
                    : created;
            },
            cancellationToken);
        var answer = await AnswerAsync(written, cancellationToken);
        return answer.Succeeded ? new PutContact(answer.Value, isNew) : answer.Error;

        Task<long?> FindAsync(AppDbContext db) =>
            db.Contacts.Where(c => c.PhoneKey == number.Key).Select(c => (long?)c.Id).SingleOrDefaultAsync(CancellationToken.None);
    }

    /// <summary>Validates unsaved input as a save would, with the same messages.</summary>
    /// <param name="id">Null for a new contact: missing required fields are errors.</param>
    /// <param name="input">The patch a save would send.</param>
    /// <param name="cancellationToken">Cancels when the input changed again.</param>
    public async Task<Result<FieldErrors>> CheckAsync(long? id, ContactPatch input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = id is null
            ? ContactDraft.ForCreate(input, tenant.Tenant.Country, tenant.Actor.ChangeOrigin)
            : ContactDraft.ForUpdate(input, tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        return await ContactChecks.CheckAsync(db, draft, id);
    }

    /// <summary>Moves the contact to the trash for 30 days.</summary>
    public async Task<Result<Done>> DeleteAsync(long id, ExpectedVersions expected, CancellationToken cancellationToken)
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

                if (!expected.Accept(contact.Version))
                {
                    return new StaleVersionError(contact.Version);
                }

                await trash.PutAsync(db, [contact]);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Deletes contacts and returns how many; unknown ids and other tenants' are skipped.</summary>
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

    // WhatsApp creates contacts with blank required fields. A caller that sends such a contact back with one changed field must not fail on
    // the others.
    private async Task<ContactPatch> WithoutUnchangedBlanksAsync(long id, ContactPatch patch, CancellationToken cancellationToken)
    {
        if (!IsBlank(patch.FirstName) && !IsBlank(patch.LastName) && !IsBlank(patch.Phone))
        {
            return patch;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await db.Contacts.Where(c => c.Id == id).Select(c => new { c.FirstName, c.LastName, c.Phone })
            .SingleOrDefaultAsync(cancellationToken);
        return current is null ? patch : patch with
        {
            FirstName = Without(patch.FirstName, current.FirstName),
            LastName = Without(patch.LastName, current.LastName),
            Phone = Without(patch.Phone, current.Phone),
        };

        static bool IsBlank(Optional<string?> given) => given.IsGiven && string.IsNullOrWhiteSpace(given.Value);

        static Optional<string?> Without(Optional<string?> given, string now) => IsBlank(given) && now.Length == 0 ? default : given;
    }

    // Returns the written values; only related data is read again.
    private async Task<Result<ContactDetails>> AnswerAsync(Result<Contact> written, CancellationToken cancellationToken)
    {
        if (!written.Succeeded)
        {
            return written.Error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await new List<ContactDetails> { written.Value.ToDetails() }.WithRelationsAsync(db, ContactIncludes.All, cancellationToken))[0];
    }

    // The request fails anyway; checking against the database as well reports all errors at once.
    private async Task<Result<ContactDetails>> AllErrorsAsync(long? id, ContactDraft draft, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return id is not null && !await db.Contacts.AnyAsync(c => c.Id == id, cancellationToken)
            ? ContactErrors.NotFound
            : new ValidationError(await ContactChecks.CheckAsync(db, draft, id));
    }

    private sealed record StoredContact(long Id);
}
