using System.Text.Json;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Bulk;

/// <summary>Does one chunk of a job. Runs inside a write.</summary>
internal sealed class BulkSteps(ContactTrash trash, TenantContext tenant, TimeProvider time)
{
    /// <summary>Null if the status, source or group to set no longer exists.</summary>
    public async Task<ChunkOutcome?> UpdateAsync(AppDbContext db, BulkAction action, List<long> ids)
    {
        var draft = BulkDraft.From(action, tenant.Tenant.Country);
        if ((await draft.CheckAsync(db)).Any)
        {
            return null;
        }

        var outcome = new ChunkOutcome();
        var edits = new ContactEdits(db, tenant, time);
        var contacts = await ContactEdits.LoadAsync(db, ids);
        outcome.Changed = contacts.Count(contact => edits.Add(contact, draft.ApplyTo, draft.Statement));
        outcome.Unchanged = contacts.Count - outcome.Changed;
        outcome.Failures.AddRange(ids.Except(contacts.Select(contact => contact.Id)).Select(id => (id, BulkProblem.Gone)));
        outcome.Before = JsonSerializer.Serialize(await edits.SaveAsync());
        return outcome;
    }

    public async Task<ChunkOutcome> DeleteAsync(AppDbContext db, List<long> ids)
    {
        var contacts = await ContactTrash.LoadToDeleteAsync(db, ids);
        await trash.PutAsync(db, contacts);
        return new ChunkOutcome
        {
            Changed = contacts.Count,
            Unchanged = ids.Count - contacts.Count, // deleted meanwhile by somebody else
            Before = JsonSerializer.Serialize(contacts.Select(contact => contact.Id)),
        };
    }

    public async Task<ChunkOutcome> RestoreAsync(AppDbContext db, List<long> deleted)
    {
        var outcome = new ChunkOutcome();
        var restored = await trash.RestoreAsync(db, deleted);
        if (!restored.Succeeded)
        {
            outcome.Failures.AddRange(deleted.Select(id => (id, BulkProblem.PlanFull)));
            return outcome;
        }

        outcome.Changed = restored.Value.Restored.Count;
        outcome.Failures.AddRange(restored.Value.NotRestored.Select(contact => (contact.Id, contact.Problem switch
        {
            RestoreProblem.PhoneTaken => BulkProblem.PhoneTaken,
            RestoreProblem.EmailTaken => BulkProblem.EmailTaken,
            _ => BulkProblem.ChoiceGone,
        })));
        outcome.Unchanged = deleted.Count - outcome.Changed - outcome.Failures.Count; // restored by hand
        return outcome;
    }

    public async Task<ChunkOutcome> RevertAsync(AppDbContext db, List<ContactEdit> done)
    {
        var outcome = new ChunkOutcome();
        var edits = new ContactEdits(db, tenant, time);
        var contacts = (await ContactEdits.LoadAsync(db, done.ConvertAll(edit => edit.Id))).ToDictionary(contact => contact.Id);
        var existing = await RevertTargets.LoadAsync(db, done);
        foreach (var edit in done)
        {
            if (!contacts.TryGetValue(edit.Id, out var contact))
            {
                outcome.Failures.Add((edit.Id, BulkProblem.Gone));
                continue;
            }

            BulkProblem? problem = null;
            var reverted = edits.Add(contact, c => problem = existing.Revert(c, edit));
            if (problem is { } found)
            {
                outcome.Failures.Add((edit.Id, found));
            }
            else if (reverted)
            {
                outcome.Changed++;
            }
            else
            {
                outcome.Unchanged++;
            }
        }

        await edits.SaveAsync();
        return outcome;
    }
}
