using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaCr.Web.Data;

/// <summary>
/// Reads and writes contacts' consent (<see cref="ConsentRecord"/>) inside a write. Every save of contacts goes through <see
/// cref="ApplyAsync"/>; rows written past the change tracker need <see cref="KeepConsentAsync"/>.
/// </summary>
public static class ConsentLedger
{
    /// <summary>The last recorded consent, the stricter if they differ; null if none was recorded.</summary>
    public static async Task<Consent?> FindConsentAsync(this AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects)
    {
        var found = await LoadAsync(db, subjects);
        return found.Count == 0 ? null : Consent.Of([.. found.Values.SelectMany(records => records)]);
    }

    /// <summary>Records consent as part of the caller's save.</summary>
    /// <param name="statement">How and in which words the contact said it, if a user or a program records it.</param>
    public static Task RecordConsentAsync(
        this AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects, ConsentChange change, ConsentStatement? statement = null) =>
        RecordConsentAsync(db, [.. subjects.Select(subject => new ConsentUpdate(subject, change, statement))]);

    /// <inheritdoc cref="RecordConsentAsync(AppDbContext, IReadOnlyCollection{ConsentSubject}, ConsentChange, ConsentStatement?)"/>
    public static async Task RecordConsentAsync(this AppDbContext db, IReadOnlyCollection<ConsentUpdate> said)
    {
        if (said.Count == 0)
        {
            return;
        }

        var known = await LoadAsync(db, [.. said.Select(one => one.Subject).Distinct()], tracked: true);
        var key = await KeyAsync(db);
        foreach (var (subject, change, statement) in said)
        {
            var records = known.TryGetValue(subject, out var found) ? found : known[subject] = [];
            if (change.Service is { } service)
            {
                var isOut = service == ServiceConsent.Denied;
                var wasOut = records.Exists(record => record is { Purpose: ConsentPurpose.Everything, IsOptedOut: true });
                Set(ConsentPurpose.Everything, isOut, isNew: isOut || (statement is not null && change.Marketing is null));

                // Allowing messages again brings no marketing back.
                if (isOut || (wasOut && change.Marketing is null))
                {
                    Set(ConsentPurpose.Marketing, true, isNew: !isOut);
                }
            }

            if (change.Marketing == MarketingConsent.Unknown)
            {
                db.ConsentRecords.RemoveRange(records.Where(record => record.Purpose == ConsentPurpose.Marketing)); // an undo
                records.RemoveAll(record => record.Purpose == ConsentPurpose.Marketing);
            }
            else if (change.Marketing is { } marketing && change.Service != ServiceConsent.Denied)
            {
                Set(ConsentPurpose.Marketing, marketing == MarketingConsent.Denied, isNew: true);
            }

            void Set(ConsentPurpose purpose, bool isOptedOut, bool isNew)
            {
                var record = records.Find(one => one.Purpose == purpose);
                if (record is null && isNew)
                {
                    record = new ConsentRecord { SubjectHash = subject.HashWith(key), Purpose = purpose };
                    db.ConsentRecords.Add(record);
                    records.Add(record);
                }

                if (record is not null)
                {
                    Stamp(db, record, isOptedOut, statement);
                }
            }
        }
    }

    /// <summary>
    /// For contacts about to be written past the change tracker: gives them what was recorded for their number before, and records what
    /// they bring along.
    /// </summary>
    public static async Task KeepConsentAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        await JoinAsync(db, contacts);
        await db.SaveChangesAsync();
    }

    /// <summary>The last consent of each contact, under the number or a WhatsApp id; contacts without any are omitted.</summary>
    public static async Task<Dictionary<long, Consent>> FindConsentAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts) =>
        (await FindRecordsAsync(db, contacts)).Where(own => own.Value.Count > 0).ToDictionary(own => own.Key, own => Consent.Of(own.Value));

    /// <summary>The records of each contact, under the number or a WhatsApp id.</summary>
    public static async Task<Dictionary<long, List<ConsentRecord>>> FindRecordsAsync(
        this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var subjectsOf = await ConsentSubjectsAsync(db, contacts);
        var known = await LoadAsync(db, ConsentSubject.Of(subjectsOf.Values.SelectMany(own => own).Select(own => (ConsentSubject?)own)));
        return subjectsOf.ToDictionary(
            own => own.Key, own => own.Value.SelectMany(subject => known.GetValueOrDefault(subject, [])).ToList());
    }

    /// <summary>Call before contacts are deleted: records their opt-outs under all their numbers and ids.</summary>
    public static async Task RememberOptOutsAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var optedOut = contacts.Where(contact => contact.IsOptedOut).ToList();
        if (optedOut.Count == 0)
        {
            return;
        }

        var subjectsOf = await ConsentSubjectsAsync(db, optedOut);
        var known = await LoadAsync(db, ConsentSubject.Of(subjectsOf.Values.SelectMany(own => own).Select(own => (ConsentSubject?)own)));
        await RecordConsentAsync(db,
            [.. optedOut.SelectMany(contact => subjectsOf[contact.Id].Select(subject => Missing(subject, contact, known)))
            .OfType<ConsentUpdate>()]);
        await db.SaveChangesAsync();
    }

    /// <summary>Deletes all consent under this contact's number.</summary>
    public static async Task ForgetConsentAsync(this AppDbContext db, Contact contact)
    {
        if (SubjectOf(contact) is { } subject)
        {
            var hash = subject.HashWith(await KeyAsync(db));
            await db.ConsentRecords.Where(record => record.SubjectHash == hash).ExecuteDeleteAsync();
        }
    }

    /// <summary>Deletes how and in which words consent was given; the consent itself stays.</summary>
    public static async Task ForgetConsentStatementsAsync(this AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects)
    {
        var key = await KeyAsync(db);
        var hashes = subjects.Select(subject => subject.HashWith(key)).ToList();
        await db.ConsentRecords.Where(record => hashes.Contains(record.SubjectHash)
            && (record.Source != null || record.Proof != null))
            .ExecuteUpdateAsync(set =>
                set.SetProperty(record => record.Source, (string?)null).SetProperty(record => record.Proof, (string?)null));
    }

    /// <summary>Each contact's number and WhatsApp ids.</summary>
    public static async Task<Dictionary<long, List<ConsentSubject>>> ConsentSubjectsAsync(
        this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var ids = contacts.Select(contact => contact.Id).ToList();
        var identities = (await db.ChannelIdentities.AsNoTracking().Where(identity => ids.Contains(identity.ContactId)).ToListAsync())
            .ToLookup(identity => identity.ContactId);
        return contacts.ToDictionary(contact => contact.Id, contact => ConsentSubject.Of([
            SubjectOf(contact),
            .. identities[contact.Id].Where(identity => identity.StandsFor(contact.PhoneKey)).SelectMany(SubjectsOf),
        ]));
    }

    /// <summary>Before each save: applies earlier consent to a new contact or another number, and records a changed one.</summary>
    internal static async Task ApplyAsync(AppDbContext db)
    {
        List<EntityEntry<Contact>>? concerned = null;
        foreach (var entry in db.ChangeTracker.Entries<Contact>())
        {
            if (entry.State == EntityState.Added
                || (entry.State == EntityState.Modified
                    && (entry.Property(contact => contact.PhoneKey).IsModified || IsConsentModified(entry))))
            {
                (concerned ??= []).Add(entry);
            }
        }

        if (concerned is null || db.CurrentTenantId == 0)
        {
            return;
        }

        // What is said anew of a number replaces what was said before; a new number takes over what is known of it.
        var changed = concerned.FindAll(entry =>
            entry.State == EntityState.Modified && !entry.Property(contact => contact.PhoneKey).IsModified);
        foreach (var entry in changed)
        {
            entry.Entity.ConsentChangedAt = db.Now;
        }

        await RecordConsentAsync(db, [.. changed.Where(entry => SubjectOf(entry.Entity) is not null)
            .Select(entry => new ConsentUpdate(SubjectOf(entry.Entity)!.Value, entry.Entity.Consent.Since(Before(entry.Entity, entry)),
                null))]);
        await JoinAsync(db, concerned.Except(changed).Select(entry => entry.Entity).ToList());
    }

    // A contact and the records of its number become equally strict.
    private static async Task JoinAsync(AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var known = await LoadAsync(db, ConsentSubject.Of(contacts.Select(SubjectOf)));
        var missing = new List<ConsentUpdate>();
        foreach (var contact in contacts)
        {
            var own = contact.Consent;
            if (SubjectOf(contact) is { } subject)
            {
                var records = known.GetValueOrDefault(subject, []);
                contact.Consent = own.And(Consent.Of(records));
                if (contact.Consent != own)
                {
                    contact.ConsentChangedAt = records.Max(record => record.ChangedAt);
                }

                if (Missing(subject, contact, known) is { } one)
                {
                    missing.Add(one);
                }
            }

            if (contact.Consent != default)
            {
                contact.ConsentChangedAt ??= db.Now;
            }
        }

        await RecordConsentAsync(db, missing);
    }

    // Null if the records hold at least what the contact wants.
    private static ConsentUpdate? Missing(ConsentSubject subject, Contact contact, Dictionary<ConsentSubject, List<ConsentRecord>> known)
    {
        var recorded = Consent.Of(known.GetValueOrDefault(subject, []));
        return recorded.And(contact.Consent) == recorded ? null : new ConsentUpdate(subject, contact.Consent.Since(recorded), null);
    }

    internal static Consent Before(Contact contact, EntityEntry entry) => Consent.From(
        Original(entry, nameof(contact.IsOptedOut), contact.IsOptedOut),
        Original(entry, nameof(contact.OptedOutOf), contact.OptedOutOf),
        Original(entry, nameof(contact.AgreesToMarketing), contact.AgreesToMarketing));

    private static T Original<T>(EntityEntry entry, string property, T now) =>
        entry.Property(property).OriginalValue is T before ? before : now;

    private static bool IsConsentModified(EntityEntry<Contact> entry) =>
        entry.Property(contact => contact.IsOptedOut).IsModified || entry.Property(contact => contact.OptedOutOf).IsModified
            || entry.Property(contact => contact.AgreesToMarketing).IsModified;

    private static ConsentSubject? SubjectOf(Contact contact) => contact.HasPhone ? ConsentSubject.OfPhone(contact.PhoneKey) : null;

    private static IEnumerable<ConsentSubject?> SubjectsOf(ChannelIdentity identity) =>
    [
        ConsentSubject.OfPhone(identity.PhoneKey), ConsentSubject.OfUser(identity.UserId), ConsentSubject.OfUser(identity.ParentUserId),
    ];

    private static void Stamp(AppDbContext db, ConsentRecord record, bool isOptedOut, ConsentStatement? statement)
    {
        var actor = db.Tenant!.Actor;

        // A proof alone, of what was said before, is added to how it was said; all else is said anew.
        var isAdded = statement is { Source: null } && record.Id > 0 && record.IsOptedOut == isOptedOut;
        record.IsOptedOut = isOptedOut;
        record.ChangeOrigin = actor.ChangeOrigin;
        record.ActorKind = actor.Kind;
        record.ActorId = actor.Id;
        record.ChangedAt = db.Now;
        record.Source = isAdded ? record.Source : statement?.Source;
        record.Proof = statement?.Proof;
    }

    private static async Task<Dictionary<ConsentSubject, List<ConsentRecord>>> LoadAsync(
        AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects, bool tracked = false)
    {
        if (subjects.Count == 0)
        {
            return [];
        }

        var key = await KeyAsync(db);
        var subjectOf = subjects.ToDictionary(subject => subject.HashWith(key), StringComparer.Ordinal);
        var hashes = subjectOf.Keys.ToList();
        var rows = db.ConsentRecords.Where(record => hashes.Contains(record.SubjectHash));
        var found = await (tracked ? rows.AsTracking() : rows.AsNoTracking()).ToListAsync();
        if (tracked)
        {
            found.AddRange(db.ConsentRecords.Local.Where(record => record.Id <= 0 && subjectOf.ContainsKey(record.SubjectHash)));
        }

        return found.GroupBy(record => subjectOf[record.SubjectHash]).ToDictionary(group => group.Key, group => group.ToList());
    }

    private static Task<byte[]> KeyAsync(AppDbContext db) =>
        db.Tenants.Where(tenant => tenant.Id == db.CurrentTenantId).Select(tenant => tenant.ConsentKey).SingleAsync();
}

/// <summary>Consent of one number or id.</summary>
public readonly record struct ConsentUpdate(ConsentSubject Subject, ConsentChange Change, ConsentStatement? Statement);
