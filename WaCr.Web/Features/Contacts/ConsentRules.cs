using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>What a person said anew, as told to a user or a program.</summary>
public sealed record ConsentPatch
{
    public const string MarketingField = "consent.marketing";
    public const string ServiceField = "consent.service";
    public const string SourceField = "consent.source";
    public const string ProofField = "consent.proof";

    /// <summary><c>granted</c> or <c>denied</c>; <c>unknown</c> or null leaves it.</summary>
    public string? Marketing { get; init; }

    /// <summary><c>allowed</c> or <c>denied</c>; null leaves it.</summary>
    public string? Service { get; init; }

    /// <summary>How they said it: by phone, in the shop, by a form. Required to allow more than before. At most 500 characters.</summary>
    public string? Source { get; init; }

    /// <summary>The person's own words, or where they stand. At most 500 characters.</summary>
    public string? Proof { get; init; }
}

/// <summary>A <see cref="ConsentPatch"/> after the checks that need no contact.</summary>
internal sealed record ConsentDraft(ConsentChange Change, ConsentStatement? Statement)
{
    public static ConsentDraft? Read(ConsentPatch? patch, FieldErrors errors)
    {
        if (patch is null)
        {
            return null;
        }

        MarketingConsent? marketing = null;
        switch (patch.Marketing)
        {
            case null or "unknown": break;
            case "granted": marketing = MarketingConsent.Granted; break;
            case "denied": marketing = MarketingConsent.Denied; break;
            default: errors.Add(ConsentPatch.MarketingField, ContactErrors.MarketingInvalid); break;
        }

        ServiceConsent? service = null;
        switch (patch.Service)
        {
            case null: break;
            case "allowed": service = ServiceConsent.Allowed; break;
            case "denied": service = ServiceConsent.Denied; break;
            default: errors.Add(ConsentPatch.ServiceField, ContactErrors.ServiceInvalid); break;
        }

        var source = TextRule.Check(errors, ConsentPatch.SourceField, patch.Source, ConsentRecord.SourceMaxLength);
        var proof = TextRule.Check(errors, ConsentPatch.ProofField, patch.Proof, ConsentRecord.ProofMaxLength);
        return new ConsentDraft(new ConsentChange(marketing, service), source is null && proof is null ? null
            : new ConsentStatement(source, proof));
    }

    /// <summary>The rules that depend on what the contact wanted before.</summary>
    public FieldErrors CheckFor(Consent before)
    {
        var errors = new FieldErrors();
        var after = before.With(Change);
        if (Change.Marketing == MarketingConsent.Granted && after.Service == ServiceConsent.Denied)
        {
            errors.Add(ConsentPatch.MarketingField, ContactErrors.MarketingWithoutService);
        }

        if (Statement?.Source is null && Allows(before, after))
        {
            errors.Add(ConsentPatch.SourceField, ContactErrors.ConsentSourceRequired);
        }

        return errors;
    }

    /// <summary>The same for contacts that want different things: those who want no messages at all are left alone where only marketing
    /// is granted.</summary>
    public FieldErrors CheckForMany()
    {
        var errors = new FieldErrors();
        if (Change.Marketing == MarketingConsent.Granted && Change.Service == ServiceConsent.Denied)
        {
            errors.Add(ConsentPatch.MarketingField, ContactErrors.MarketingWithoutService);
        }

        if (Statement?.Source is null && (Change.Marketing == MarketingConsent.Granted || Change.Service == ServiceConsent.Allowed))
        {
            errors.Add(ConsentPatch.SourceField, ContactErrors.ConsentSourceRequired);
        }

        return errors;
    }

    /// <summary>The contacts that want something else than this.</summary>
    public Expression<Func<Contact, bool>> Differs() => (Change.Marketing, Change.Service) switch
    {
        (_, ServiceConsent.Denied) => c => !c.IsOptedOut || c.OptedOutOf != ConsentPurpose.Everything,
        (MarketingConsent.Granted, ServiceConsent.Allowed) => c => c.IsOptedOut || !c.AgreesToMarketing,
        (MarketingConsent.Denied, ServiceConsent.Allowed) => c => !c.IsOptedOut || c.OptedOutOf != ConsentPurpose.Marketing,
        (_, ServiceConsent.Allowed) => c => c.IsOptedOut && c.OptedOutOf == ConsentPurpose.Everything,
        (MarketingConsent.Granted, _) => c => c.IsOptedOut ? c.OptedOutOf == ConsentPurpose.Marketing : !c.AgreesToMarketing,
        (MarketingConsent.Denied, _) => c => !c.IsOptedOut,
        _ => c => false,
    };

    /// <summary>An audit entry's changes with how it was said.</summary>
    public static string Told(string changes, ConsentStatement? statement) => statement is null
        ? changes
        : AuditTrail.With(changes, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [ContactFieldNames.ConsentSource] = statement.Source,
            [ContactFieldNames.ConsentProof] = statement.Proof,
        });

    /// <summary>Whether more may be sent than before.</summary>
    private static bool Allows(Consent before, Consent after) =>
        (after.Marketing == MarketingConsent.Granted && before.Marketing != MarketingConsent.Granted)
        || (after.Service == ServiceConsent.Allowed && before.Service == ServiceConsent.Denied);

    // Somebody says the same once more: with a source that replaces how it was said before, a proof alone is added to it. Without either
    // nothing is known that was not before. Bulk changes and imports do not repeat: a file knows no more than what each person said.
    private async Task RepeatAsync(AppDbContext db, Contact contact)
    {
        if (Statement is null || Change.IsNothing)
        {
            return;
        }

        var subjects = (await db.ConsentSubjectsAsync([contact]))[contact.Id];
        if (IsRecorded((await db.FindRecordsAsync([contact]))[contact.Id], subjects.Count))
        {
            return;
        }

        contact.RepeatConsent(db.Now);
        var entry = AuditTrail.Event(AuditAction.Updated, AuditEntry.ContactType, contact.Id, null, db.Tenant!, db.Now);
        entry.Changes = Told(entry.Changes, Statement);
        db.AuditEntries.Add(entry);
        await db.RecordConsentAsync(subjects, Change, Statement);
        await db.SaveChangesAsync();
    }

    // Whether all numbers and ids already have just this, said in the same way and words.
    private bool IsRecorded(IReadOnlyCollection<ConsentRecord> records, int subjects)
    {
        var concerned = records.Where(record => record.Purpose == ConsentPurpose.Marketing
            ? Change.Marketing is not null || Change.Service == ServiceConsent.Denied
            : Change.Service is not null).ToList();
        return subjects > 0 && concerned.Select(record => record.SubjectHash).Distinct(StringComparer.Ordinal).Count() == subjects
            && concerned.TrueForAll(record => record.IsOptedOut == Denies(record.Purpose)
                && (Statement!.Source is null || Statement.Source == record.Source) && Statement.Proof == record.Proof);
    }

    private bool Denies(ConsentPurpose purpose) => Change.Service == ServiceConsent.Denied
        || (purpose == ConsentPurpose.Marketing && Change.Marketing == MarketingConsent.Denied);

    /// <summary>Changes the contact's consent and records it under all its numbers and ids; of a contact that wants just this, only when
    /// and how it was said.</summary>
    public async Task ApplyAsync(AppDbContext db, Contact contact)
    {
        var before = contact.Consent;
        if (before.With(Change) == before)
        {
            await RepeatAsync(db, contact);
            return;
        }

        contact.Consent = before.With(Change);
        var change = contact.Consent.Since(before);
        await db.SaveChangesAsync();
        var entry = db.AuditEntries.Local.Last(one => one.EntityType == AuditEntry.ContactType && one.EntityId == contact.Id);
        entry.Changes = Told(entry.Changes, Statement);
        await db.RecordConsentAsync((await db.ConsentSubjectsAsync([contact]))[contact.Id], change, Statement);
        await db.SaveChangesAsync();
    }
}
