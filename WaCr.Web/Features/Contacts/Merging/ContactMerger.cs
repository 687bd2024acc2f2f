using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Conversations;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Contacts;

/// <summary>Merges two contacts. Requires the permission to delete, since one of them goes into the trash.</summary>
public sealed class ContactMerger(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ContactTrash trash,
    ConversationMerge conversations, TimeProvider time)
{
    // The fields users may have filled in for a contact that wrote without a number.
    private static readonly string[] GivenByHand =
    [
        .. ContactFields.All
            .Where(field => field is ContactColumnField or ContactReferenceField { IsRequired: false })
            .Select(field => field.Name),
    ];

    public async Task<Result<long>> MergeAsync(MergeContacts request, CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.ContactsWrite) ?? tenant.Require(Permissions.ContactsDelete)) is { } forbidden)
        {
            return forbidden;
        }

        if (request.SurvivorId == request.OtherId)
        {
            return MergeErrors.Itself;
        }

        var merged = await writer.WriteAsync<long>(db => MergeAsync(db, request), cancellationToken);
        return merged;
    }

    /// <summary>Merges into this contact that can still be undone, newest first.</summary>
    public async Task<Result<IReadOnlyList<MergeItem>>> ListAsync(long survivorId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Kept(db).Where(merge => merge.SurvivorId == survivorId).OrderByDescending(merge => merge.Id)
            .Select(merge => new MergeItem(merge.Id, merge.MergedName, merge.ActorName, merge.MergedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Merges two contacts that WhatsApp reports as one person; runs inside the caller's write. The survivor's empty fields are filled from
    /// the other. Users can undo it like any merge.
    /// </summary>
    internal async Task JoinAsync(AppDbContext db, long survivorId, long otherId)
    {
        await UsageGate.LockAsync(db, Metric.Contacts);
        await db.LockContactsAsync([survivorId, otherId]);
        var both = await db.Contacts.AsNoTracking().Include(c => c.Groups)
            .Where(c => c.Id == survivorId || c.Id == otherId).ToDictionaryAsync(c => c.Id);
        var (survivor, other) = (both[survivorId], both[otherId]);
        var (theirs, own) = (ContactFieldValues.Of(other.ToDetails()), ContactFieldValues.Of(survivor.ToDetails()));
        var lacking = GivenByHand.Where(field => theirs[field].Length > 0 && own[field].Length == 0).ToList();

        // A value that may no longer be set, such as a user who left, stays behind.
        var draft = Draft(theirs, lacking);
        var refused = await ContactChecks.CheckAsync(db, draft, otherId);
        lacking.RemoveAll(refused.Has);
        (await MergeAsync(db, new MergeContacts(survivorId, survivor.Version, otherId, other.Version, lacking))).OrThrow();
    }

    private ContactDraft Draft(IReadOnlyDictionary<string, string> theirs, IReadOnlyCollection<string> taken) => ContactDraft.ForUpdate(
        ContactFieldValues.ToPatch(theirs.Where(field => taken.Contains(field.Key)).ToDictionary(StringComparer.Ordinal)),
        tenant.Tenant.Country, tenant.Actor.ChangeOrigin);

    private async Task<Result<long>> MergeAsync(AppDbContext db, MergeContacts request)
    {
        await UsageGate.LockAsync(db, Metric.Contacts);
        await db.LockContactsAsync([request.SurvivorId, request.OtherId]);
        var survivor = await db.Contacts.Include(c => c.Groups).SingleOrDefaultAsync(c => c.Id == request.SurvivorId);
        var other = await db.Contacts.AsNoTracking().Include(c => c.Groups).SingleOrDefaultAsync(c => c.Id == request.OtherId);
        if (survivor is null || other is null)
        {
            return ContactErrors.NotFound;
        }

        if (survivor.Version != request.SurvivorVersion || other.Version != request.OtherVersion)
        {
            return new StaleVersionError(survivor.Version);
        }

        await trash.PutAsync(db, [other], isMerge: true); // first, to free its phone and e-mail
        var theirs = ContactFieldValues.Of(other.ToDetails());
        var draft = Draft(theirs, request.FromOther);
        var errors = await ContactChecks.CheckAsync(db, draft, survivor.Id);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var own = ConsentSubject.Of(ConsentSubject.OfPhone(survivor.PhoneKey));
        var said = await db.FindConsentAsync(own) ?? default;
        var changes = Apply(db, survivor, other, draft);
        var now = time.GetUtcNow();
        await db.ContactMerges.Where(merge => merge.MergedAt <= now - ContactMerge.KeptFor).ExecuteDeleteAsync();
        var record = new ContactMerge
        {
            SurvivorId = survivor.Id,
            MergedId = other.Id,
            MergedName = $"{other.FirstName} {other.LastName}",
            ActorName = tenant.Actor.Kind == ActorKind.System ? "" : tenant.Actor.Name,
            MergedAt = now,
            Changes = JsonSerializer.Serialize(changes),
            Conversations = await conversations.MoveAsync(db, other, survivor),
        };
        db.ContactMerges.Add(record);
        await db.SaveChangesAsync();
        if (changes.Exists(change => change.Field == ContactFieldNames.IsOptedOut))
        {
            // The opt-out was given under the other contact's number and goes back with it if the merge is undone.
            await db.ForgetConsentAsync(survivor);
            await db.RecordConsentAsync(own, said.Since(default));
            await db.SaveChangesAsync();
        }

        await db.NoteContactsAsync(EventTypes.ContactMerged, [survivor], other.Id);
        return record.Id;
    }

    private static List<FieldChange> Apply(AppDbContext db, Contact survivor, Contact other, ContactDraft draft)
    {
        var before = ContactFieldValues.Of(survivor.ToDetails());
        draft.ApplyTo(survivor);
        var after = ContactFieldValues.Of(survivor.ToDetails());
        var changes = before.Where(field => after[field.Key] != field.Value)
            .Select(field => new FieldChange(field.Key, field.Value, after[field.Key])).ToList();

        var joined = other.Groups.Select(member => member.GroupId).Except(survivor.Groups.Select(member => member.GroupId)).Order()
            .ToList();
        if (joined.Count > 0)
        {
            survivor.Groups.AddRange(joined.Select(groupId => new GroupMember { GroupId = groupId }));
            db.Entry(survivor).Property(c => c.UpdatedAt).IsModified = true;
            changes.Add(new FieldChange(ContactFieldNames.Groups, "", "") { Joined = joined });
        }

        // An opt-out of either contact holds for the merged one.
        if (survivor.Consent.And(other.Consent) is { IsOptedOut: true } strict && strict != survivor.Consent)
        {
            changes.Add(new FieldChange(ContactFieldNames.IsOptedOut, survivor.IsOptedOut ? "true" : "false", "true"));
            survivor.Consent = strict;
        }

        return changes;
    }

    // Expired merges count as gone, even before the sweeper has run.
    private IQueryable<ContactMerge> Kept(AppDbContext db)
    {
        var oldest = time.GetUtcNow() - ContactMerge.KeptFor;
        return db.ContactMerges.AsNoTracking().Where(merge => merge.MergedAt > oldest);
    }
}
