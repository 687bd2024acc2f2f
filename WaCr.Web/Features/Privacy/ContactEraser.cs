using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Conversations;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Features.Privacy;

/// <summary>
/// Erases contacts for good, in the list or in the trash, including contacts merged into them: all their rows and files
/// (docs/personal-data.md lists them). A receipt remains, and in the audit trail who, when and which fields.
/// </summary>
public sealed class ContactEraser(
    UnusedFiles files, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage, TimeProvider time)
{
    /// <summary>Returns receipts for the contacts that existed. Checks no permission; its callers do.</summary>
    internal async Task<IReadOnlyList<ErasureReceipt>> EraseAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        Leftovers found;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            found = await Leftovers.FindAsync(db, await PersonTraces.LoadAsync(db, ids), since: null);
        }

        return (await files.WriteAsync<List<ErasureReceipt>>(
            async (db, deletion) => await EraseAsync(db, ids, found, deletion), cancellationToken)).OrThrow();
    }

    private async Task<List<ErasureReceipt>> EraseAsync(
        AppDbContext db, IReadOnlyCollection<long> wanted, Leftovers found, FileDeletion deletion)
    {
        await UsageGate.LockAsync(db, Metric.Contacts);
        await db.LockContactsAsync(wanted);
        var existing = await db.Contacts.Where(c => wanted.Contains(c.Id)).Select(c => c.Id)
            .Union(db.DeletedContacts.Where(c => wanted.Contains(c.Id)).Select(c => c.Id)).ToListAsync();
        if (existing.Count == 0)
        {
            return [];
        }

        await db.WipeDeletedAsync(true);
        db.NoteChange(ChangeKind.MovedMessages);
        var traces = await PersonTraces.LoadAsync(db, existing);
        var ids = traces.Contacts.ToList();
        var receipts = await CountAsync(db, existing);
        await (await Leftovers.FindAsync(db, traces, found)).EraseAsync(db, traces);
        await EraseUndosAsync(db, ids);

        await db.ForgetConsentStatementsAsync(
            [
                .. traces.Digits.Select(digits => new ConsentSubject(ConsentSubjectKind.Phone, digits)),
                .. traces.Texts.Select(text => new ConsentSubject(ConsentSubjectKind.WhatsAppUser, text))
            ]);

        // Contacts in the trash already had it stored when they were deleted.
        await db.RememberOptOutsAsync(await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync());
        await ConversationEraser.EraseAsync(db, deletion, tenant.TenantId, ids);
        await EraseRowsAsync(db, ids, traces);
        await EraseHistoryAsync(db, ids);
        db.AuditEntries.AddRange(receipts.Select(receipt =>
            AuditTrail.Event(
                AuditAction.Erased, AuditEntry.ContactType, receipt.ContactId, receipt.Counts.ToDetails(), tenant, receipt.ErasedAt)));
        await db.SaveChangesAsync();
        await db.WipeDeletedAsync(false);
        return receipts;
    }

    private async Task EraseRowsAsync(AppDbContext db, List<long> ids, PersonTraces traces)
    {
        // Groups and unsaved edits are deleted by cascade.
        await EraseEventsAsync(db, ids);
        var live = await db.Contacts.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync();
        await usage.GiveBackAsync(db, Metric.Contacts, live);
        await db.DeletedContacts.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync();
        await db.ContactMerges.Where(merge => ids.Contains(merge.SurvivorId) || ids.Contains(merge.MergedId)).ExecuteDeleteAsync();
        await db.CampaignExclusions.Where(exclusion => ids.Contains(exclusion.ContactId)).ExecuteDeleteAsync();
        var (phones, texts) = (traces.Digits, traces.Texts);
        await db.GroupMessages.Where(message => phones.Contains(message.SenderWaId!) || texts.Contains(message.SenderUserId!))
            .ExecuteDeleteAsync();
        await db.OneTimeCodes.Where(code => phones.Contains(code.PhoneKey)).ExecuteDeleteAsync();
        await db.OneTimeCodeLimits.Where(limit => phones.Contains(limit.PhoneKey)).ExecuteDeleteAsync();
    }

    // Deletes webhook events about the contacts, sent or not, with their answers; the erasure itself is reported by id only.
    private static async Task EraseEventsAsync(AppDbContext db, List<long> ids)
    {
        var events = db.OutgoingEvents.Where(e => e.ContactId != null && ids.Contains(e.ContactId.Value));
        await db.WebhookDeliveries.Where(d => events.Select(e => e.Id).Contains(d.EventId)).ExecuteDeleteAsync();
        await events.ExecuteDeleteAsync();
        if (await db.HasSubscriberAsync(EventTypes.ContactDeleted))
        {
            foreach (var id in await db.Contacts.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync())
            {
                db.NoteEvent(EventTypes.ContactDeleted, id, id, EventJson.OfErased(id));
            }
        }
    }

    // Keeps who, when and which fields; removes the values.
    private static async Task EraseHistoryAsync(AppDbContext db, List<long> ids)
    {
        var entries = await db.AuditEntries.Where(entry => entry.EntityType == AuditEntry.ContactType && ids.Contains(entry.EntityId))
            .ToListAsync();
        foreach (var entry in entries.Where(entry => entry.Action != AuditAction.Erased))
        {
            entry.Changes = AuditTrail.WithoutValues(entry.Changes);
        }
    }

    // Removes the contacts from undo data of bulk changes and imports, but keeps that a change happened, so that the undo's counts still
    // match.
    private static async Task EraseUndosAsync(AppDbContext db, List<long> ids)
    {
        foreach (var id in ids)
        {
            var mark = $"\"{nameof(ContactEdit.Id)}\":{id},";
            foreach (var chunk in await db.BulkChunks.Where(chunk => chunk.Before != null && chunk.Before.Contains(mark)).ToListAsync())
            {
                chunk.Before = chunk.Before!.StartsWith('[')
                    ? JsonSerializer.Serialize(Blank(JsonSerializer.Deserialize<List<ContactEdit>>(chunk.Before)!, id))
                    : Blank(JsonSerializer.Deserialize<ImportUndo>(chunk.Before)!, id);
            }
        }

        await db.SaveChangesAsync();
    }

    private static string Blank(ImportUndo undo, long id) => JsonSerializer.Serialize(undo with { Edits = Blank(undo.Edits, id) });

    private static List<ContactEdit> Blank(List<ContactEdit> edits, long id) =>
        edits.ConvertAll(edit => edit.Id == id ? new ContactEdit(id, new(StringComparer.Ordinal), [], []) : edit);

    private async Task<List<ErasureReceipt>> CountAsync(AppDbContext db, List<long> existing)
    {
        var now = time.GetUtcNow();
        var by = tenant.Actor.Kind == ActorKind.System ? "" : tenant.Actor.Name;
        var receipts = new List<ErasureReceipt>();
        foreach (var id in existing)
        {
            var merged = (await PersonTraces.WithMergedAsync(db, [id])).ToList();
            var conversations = db.Conversations.Where(c => merged.Contains(c.ContactId)).Select(c => c.Id);
            var messages = db.Messages.Where(m => conversations.Contains(m.ConversationId));
            receipts.Add(new ErasureReceipt(id, now, by, new ErasedCounts(
                await messages.CountAsync(),
                await db.Comments.CountAsync(comment => conversations.Contains(comment.ConversationId)),
                await db.MessageMedia.CountAsync(media => media.MediaFileId != null && messages.Any(m => m.Id == media.MessageId)),
                merged.Count - 1)));
        }

        return receipts;
    }
}
