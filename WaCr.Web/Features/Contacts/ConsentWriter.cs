using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Writes what a person said of their consent, with how they said it.</summary>
internal static class ConsentWriter
{
    /// <summary>Changes the contact's consent and records it under all its numbers and ids; of a contact that wants just this, only when
    /// and how it was said.</summary>
    public static async Task ApplyAsync(AppDbContext db, Contact contact, ConsentDraft said)
    {
        var before = contact.Consent;
        if (before.With(said.Change) == before)
        {
            await RepeatAsync(db, contact, said);
            return;
        }

        contact.Consent = before.With(said.Change);
        var change = contact.Consent.Since(before);
        await db.SaveChangesAsync();
        var entry = db.AuditEntries.Local.Last(one => one.EntityType == AuditEntry.ContactType && one.EntityId == contact.Id);
        entry.Changes = WithStatement(entry.Changes, said.Statement);
        await db.RecordConsentAsync((await db.ConsentSubjectsAsync([contact]))[contact.Id], change, said.Statement);
        await db.SaveChangesAsync();
    }

    /// <summary>An audit entry's changes with how it was said.</summary>
    public static string WithStatement(string changes, ConsentStatement? statement) => statement is null
        ? changes
        : AuditTrail.With(changes, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [ContactFieldNames.ConsentSource] = statement.Source,
            [ContactFieldNames.ConsentProof] = statement.Proof,
        });

    // Somebody says the same once more: with a source that replaces how it was said before, a proof alone is added to it. Without either
    // nothing is known that was not before. Bulk changes and imports do not repeat: a file knows no more than what each person said.
    private static async Task RepeatAsync(AppDbContext db, Contact contact, ConsentDraft said)
    {
        if (said.Statement is not { } statement || said.Change.IsNothing)
        {
            return;
        }

        var subjects = (await db.ConsentSubjectsAsync([contact]))[contact.Id];
        if (IsRecorded((await db.FindRecordsAsync([contact]))[contact.Id], subjects.Count, said.Change, statement))
        {
            return;
        }

        contact.RepeatConsent(db.Now);
        var entry = AuditTrail.Event(AuditAction.Updated, AuditEntry.ContactType, contact.Id, null, db.Tenant!, db.Now);
        entry.Changes = WithStatement(entry.Changes, statement);
        db.AuditEntries.Add(entry);
        await db.RecordConsentAsync(subjects, said.Change, statement);
        await db.SaveChangesAsync();
    }

    // Whether all numbers and ids already have just this, said in the same way and words.
    private static bool IsRecorded(
        IReadOnlyCollection<ConsentRecord> records, int subjects, ConsentChange change, ConsentStatement statement)
    {
        var concerned = records.Where(record => record.Purpose == ConsentPurpose.Marketing
            ? change.Marketing is not null || change.Service == ServiceConsent.Denied
            : change.Service is not null).ToList();
        return subjects > 0 && concerned.Select(record => record.SubjectHash).Distinct(StringComparer.Ordinal).Count() == subjects
            && concerned.TrueForAll(record => record.IsOptedOut == Denies(change, record.Purpose)
                && (statement.Source is null || statement.Source == record.Source) && statement.Proof == record.Proof);
    }

    private static bool Denies(ConsentChange change, ConsentPurpose purpose) => change.Service == ServiceConsent.Denied
        || (purpose == ConsentPurpose.Marketing && change.Marketing == MarketingConsent.Denied);
}
