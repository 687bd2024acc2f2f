using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using WaCr.Web.Domain;

namespace WaCr.Web.Data;

/// <summary>
/// Reads and writes contacts' consent (<see cref="ConsentRecord"/>) inside a write. Every save of contacts goes through <see
/// cref="ApplyAsync"/>; rows written past the change tracker need <see cref="KeepConsentAsync"/>.
/// </summary>
public static class ConsentLedger
{
    /// <summary>The last recorded consent, the stricter if they differ; null if none was recorded.</summary>
    public static async Task<bool?> FindConsentAsync(this AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects)
    {
        var found = await LoadAsync(db, subjects);
        return found.Count == 0 ? null : found.Values.Any(IsOut);
    }

    /// <summary>Those who opted out.</summary>
    public static async Task<HashSet<ConsentSubject>> FindOptedOutAsync(this AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects) =>
        [.. (await LoadAsync(db, subjects)).Where(found => IsOut(found.Value)).Select(found => found.Key)];

    /// <summary>Records consent as part of the caller's save.</summary>
    /// <param name="purpose">What is no longer wanted; null when opting in again, to all of it.</param>
    /// <param name="statement">How and in which words the contact said it, if a user records it.</param>
    public static async Task RecordConsentAsync(
        this AppDbContext db, IReadOnlyCollection<ConsentSubject> subjects, bool isOptedOut, ConsentPurpose? purpose,
        ConsentStatement? statement = null)
    {
        if (subjects.Count == 0)
        {
            return;
        }

        var known = await LoadAsync(db, subjects, tracked: true);
        var key = await KeyAsync(db);
        foreach (var subject in subjects)
        {
            var records = known.GetValueOrDefault(subject, []);
            var meant = purpose is { } one ? records.Where(record => record.Purpose == one).ToList() : records;
            if (meant.Count == 0 && (isOptedOut || statement is not null))
            {
                var added = new ConsentRecord { SubjectHash = subject.HashWith(key), Purpose = purpose ?? ConsentPurpose.Everything };
                db.ConsentRecords.Add(added);
                meant = [added];
            }

            meant.ForEach(record => Stamp(db, record, isOptedOut, statement));
        }
    }

    /// <summary>
    /// For contacts about to be written past the change tracker: opts out those whose number was opted out before, and records those who
    /// are opted out.
    /// </summary>
    public static async Task KeepConsentAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var known = await LoadAsync(db, ConsentSubject.Of(contacts.Select(SubjectOf)));
        foreach (var contact in contacts)
        {
            contact.IsOptedOut |= SubjectOf(contact) is { } subject && known.TryGetValue(subject, out var records) && IsOut(records);
        }

        await RememberOptedOutAsync(db, contacts, known);
        await db.SaveChangesAsync();
    }

    /// <summary>The last consent of each contact, under the number or a WhatsApp id; contacts without any are omitted.</summary>
    public static async Task<Dictionary<long, bool>> FindConsentAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var subjectsOf = await ConsentSubjectsAsync(db, contacts);
        var known = await LoadAsync(db, ConsentSubject.Of(subjectsOf.Values.SelectMany(own => own).Select(own => (ConsentSubject?)own)));
        return subjectsOf
            .Select(own => (Id: own.Key, Records: own.Value.SelectMany(subject => known.GetValueOrDefault(subject, [])).ToList()))
            .Where(own => own.Records.Count > 0)
            .ToDictionary(own => own.Id, own => IsOut(own.Records));
    }

    /// <summary>Call before contacts are deleted: records their opt-outs under all their numbers and ids.</summary>
    public static async Task RememberOptOutsAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts)
    {
        var optedOut = contacts.Where(contact => contact.IsOptedOut).ToList();
        if (optedOut.Count == 0)
        {
            return;
        }

        var subjects = ConsentSubject.Of((await ConsentSubjectsAsync(db, optedOut)).Values.SelectMany(own => own).Select(own => (ConsentSubject?)own));
        var known = await FindOptedOutAsync(db, subjects);
        await RecordConsentAsync(db, subjects.FindAll(subject => !known.Contains(subject)), true, ConsentPurpose.Everything);
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
        await db.ConsentRecords.Where(record => hashes.Contains(record.SubjectHash) && record.Source != null)
            .ExecuteUpdateAsync(set => set.SetProperty(record => record.Source, (string?)null).SetProperty(record => record.Proof, (string?)null));
    }

    /// <summary>Each contact's number and WhatsApp ids.</summary>
    public static async Task<Dictionary<long, List<ConsentSubject>>> ConsentSubjectsAsync(this AppDbContext db, IReadOnlyCollection<Contact> contacts)
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
                    && (entry.Property(contact => contact.PhoneKey).IsModified || entry.Property(contact => contact.IsOptedOut).IsModified)))
            {
                (concerned ??= []).Add(entry);
            }
        }

        if (concerned is null || db.CurrentTenantId == 0)
        {
            return;
        }

        var optedIn = concerned.FindAll(entry => entry.State == EntityState.Modified && !entry.Entity.IsOptedOut
            && entry.Property(contact => contact.IsOptedOut).IsModified);
        await RecordConsentAsync(db, ConsentSubject.Of(optedIn.Select(entry => SubjectOf(entry.Entity))), false, null);

        var others = concerned.Except(optedIn).ToList();
        var known = await LoadAsync(db, ConsentSubject.Of(others.Select(entry => SubjectOf(entry.Entity))));
        foreach (var entry in others)
        {
            if (!entry.Entity.IsOptedOut && SubjectOf(entry.Entity) is { } subject && known.TryGetValue(subject, out var records) && IsOut(records))
            {
                entry.Property(contact => contact.IsOptedOut).CurrentValue = true;
            }
        }

        await RememberOptedOutAsync(db, others.ConvertAll(entry => entry.Entity), known);
    }

    private static async Task RememberOptedOutAsync(
        AppDbContext db, IReadOnlyCollection<Contact> contacts, Dictionary<ConsentSubject, List<ConsentRecord>> known)
    {
        var missing = contacts.Where(contact => contact.IsOptedOut).Select(SubjectOf)
            .Where(subject => subject is { } one && !(known.TryGetValue(one, out var records) && IsOut(records)));
        await RecordConsentAsync(db, ConsentSubject.Of(missing), true, ConsentPurpose.Everything);
    }

    private static bool IsOut(List<ConsentRecord> records) => records.Exists(record => record.IsOptedOut);

    private static ConsentSubject? SubjectOf(Contact contact) => contact.HasPhone ? ConsentSubject.OfPhone(contact.PhoneKey) : null;

    private static IEnumerable<ConsentSubject?> SubjectsOf(ChannelIdentity identity) =>
        [ConsentSubject.OfPhone(identity.PhoneKey), ConsentSubject.OfUser(identity.UserId)];

    private static void Stamp(AppDbContext db, ConsentRecord record, bool isOptedOut, ConsentStatement? statement)
    {
        var actor = db.Tenant!.Actor;
        record.IsOptedOut = isOptedOut;
        record.ChangeOrigin = actor.ChangeOrigin;
        record.ActorKind = actor.Kind;
        record.ActorId = actor.Id;
        record.ChangedAt = db.Now;
        record.Source = statement?.Source;
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
