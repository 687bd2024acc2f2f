using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Conversations;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Undoes a merge: restores the merged contact from the trash and takes back what the survivor got from it. Later edits are kept.
/// </summary>
public sealed class ContactUnmerger(
    IDatabaseWriter writer, TenantContext tenant, ContactTrash trash, ConversationMerge conversations, TimeProvider time)
{
    public async Task<Result<UnmergeOutcome>> UnmergeAsync(long mergeId, CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.ContactsWrite) ?? tenant.Require(Permissions.ContactsDelete)) is { } forbidden)
        {
            return forbidden;
        }

        var parted = await writer.WriteAsync(db => UnmergeAsync(db, mergeId), cancellationToken);
        return parted;
    }

    private async Task<Result<UnmergeOutcome>> UnmergeAsync(AppDbContext db, long mergeId)
    {
        var oldest = time.GetUtcNow() - ContactMerge.KeptFor;
        var merge = await db.ContactMerges.SingleOrDefaultAsync(merge => merge.Id == mergeId && merge.MergedAt > oldest);
        if (merge is null)
        {
            return MergeErrors.NotFound;
        }

        await UsageGate.LockAsync(db, Metric.Contacts);

        // The survivor first, because it may hold the other's phone.
        var keyBefore = await db.Contacts.Where(c => c.Id == merge.SurvivorId).Select(c => c.PhoneKey).SingleOrDefaultAsync() ?? "";
        var kept = await GiveBackAsync(db, merge);
        db.ContactMerges.Remove(merge);
        await db.SaveChangesAsync();

        var restored = await trash.RestoreAsync(db, [merge.MergedId]);
        if (!restored.Succeeded)
        {
            return restored.Error;
        }

        AppError? problem = restored.Value switch
        {
            { NotRestored: [{ Problem: RestoreProblem.EmailTaken }, ..] } => new ValidationError(ContactFieldNames.Email, ContactErrors.EmailTaken),
            { NotRestored: [{ Problem: RestoreProblem.PhoneTaken }, ..] } => new ValidationError(ContactFieldNames.Phone, ContactErrors.PhoneTaken),
            { NotRestored.Count: > 0 } => new ValidationError(ContactFieldNames.StatusId, ContactErrors.StatusUnknown),

            // Neither in the trash nor in the list: the trash was emptied.
            { Restored.Count: 0 } when !await db.Contacts.AnyAsync(c => c.Id == merge.MergedId) => ContactErrors.NotFound,
            _ => null,
        };
        if (problem is not null)
        {
            return problem;
        }

        await conversations.GiveBackAsync(db, merge.Conversations, merge.SurvivorId, merge.MergedId, keyBefore);
        return new UnmergeOutcome(merge.MergedId, kept);
    }

    private async Task<List<string>> GiveBackAsync(AppDbContext db, ContactMerge merge)
    {
        await db.LockContactsAsync([merge.SurvivorId]);
        var survivor = await db.Contacts.Include(c => c.Groups).SingleOrDefaultAsync(c => c.Id == merge.SurvivorId);
        if (survivor is null)
        {
            return []; // deleted, or merged into a third contact: only the other one comes back
        }

        var changes = JsonSerializer.Deserialize<List<FieldChange>>(merge.Changes)!;
        var now = ContactFieldValues.Of(survivor.ToDetails());
        var fields = changes.Where(change => now.ContainsKey(change.Field)).ToList();
        var back = fields.Where(change => now[change.Field] == change.After)
            .ToDictionary(change => change.Field, change => change.Before, StringComparer.Ordinal);
        var draft = Draft(back);
        foreach (var (refused, _) in await ContactChecks.CheckAsync(db, draft, survivor.Id))
        {
            back.Remove(refused); // a status that was deleted, or a phone that was taken meanwhile
        }

        Draft(back).ApplyTo(survivor);
        if (changes.Exists(change => change.Field == ContactFieldNames.IsOptedOut))
        {
            // Opted in again, unless the opt-out was given under the survivor's own number.
            survivor.Consent = await db.FindConsentAsync(ConsentSubject.Of(ConsentSubject.OfPhone(survivor.PhoneKey))) ?? default;
        }

        var joined = changes.SelectMany(change => change.Joined).ToHashSet();
        if (survivor.Groups.RemoveAll(member => joined.Contains(member.GroupId)) > 0)
        {
            db.Entry(survivor).Property(c => c.UpdatedAt).IsModified = true;
        }

        return [.. fields.Select(change => change.Field).Where(field => !back.ContainsKey(field))];
    }

    private ContactDraft Draft(Dictionary<string, string> back) =>
        ContactDraft.ForUpdate(ContactFieldValues.ToPatch(back), tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
}
