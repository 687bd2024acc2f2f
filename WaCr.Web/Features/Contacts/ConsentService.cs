using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>A contact's renewed consent after a STOP, as told to a user.</summary>
/// <param name="Source">How it was given: by phone, in the shop, by e-mail. At most 500 characters.</param>
/// <param name="Proof">The contact's exact words, if known; at most 500 characters.</param>
public sealed record OptInStatement(string Source, string? Proof);

/// <summary>Records renewed consent given to a user. Opting out is only done by contacts themselves.</summary>
public sealed class ConsentService(IDatabaseWriter writer, TenantContext tenant)
{
    public const string SourceField = "source";
    public const string ProofField = "proof";

    /// <summary>Opts a contact in again and records how in the history. Changes nothing if the contact is not opted out.</summary>
    public async Task<Result<Done>> OptInAsync(long contactId, OptInStatement statement, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var errors = new FieldErrors();
        var source = TextRule.Check(errors, SourceField, statement.Source, ConsentRecord.SourceMaxLength, ContactErrors.ConsentSourceRequired);
        var proof = TextRule.Check(errors, ProofField, statement.Proof, ConsentRecord.ProofMaxLength);
        return errors.Any
            ? new ValidationError(errors)
            : await writer.WriteAsync<Done>(db => OptInAsync(db, contactId, new ConsentStatement(source!, proof)), cancellationToken);
    }

    private static async Task<Result<Done>> OptInAsync(AppDbContext db, long contactId, ConsentStatement statement)
    {
        await db.LockContactsAsync([contactId]);
        if (await db.Contacts.SingleOrDefaultAsync(known => known.Id == contactId) is not { } contact)
        {
            return ContactErrors.NotFound;
        }

        if (!contact.IsOptedOut)
        {
            return default(Done);
        }

        contact.IsOptedOut = false;
        await db.SaveChangesAsync();
        var entry = db.AuditEntries.Local.Single(change => change.EntityType == AuditEntry.ContactType && change.EntityId == contactId);
        entry.Changes = AuditTrail.With(entry.Changes, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [ContactFieldNames.ConsentSource] = statement.Source,
            [ContactFieldNames.ConsentProof] = statement.Proof,
        });
        await db.RecordConsentAsync((await db.ConsentSubjectsAsync([contact]))[contactId], isOptedOut: false, purpose: null, statement);
        await db.SaveChangesAsync();
        return default(Done);
    }
}
