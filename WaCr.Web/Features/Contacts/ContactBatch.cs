using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Contacts;

/// <summary>Creates many contacts in one transaction, past the change tracker; audited and limited like single contacts. Rows may change
/// known ones instead.</summary>
public sealed class ContactBatch(
    OnceWriter once, IDbContextFactory<AppDbContext> contexts,
    TenantContext tenant, UsageGate usage, TimeProvider time)
{
    private const string Duplicate = "A contact with this phone number already exists";

    private readonly ContactInserts _inserts = new(tenant, time);
    private readonly ContactWrites _writes = new(tenant, usage);

    /// <summary>
    /// Invalid rows are reported and the others created. If <see cref="ContactBatchOptions.ContinueOnError"/> is false, one invalid row
    /// rolls everything back, and errors are keyed <c>contacts.N.field</c>. If the plan has no room for all valid rows, none is created.
    /// </summary>
    public async Task<Result<BatchOutcome>> CreateAsync(
        IReadOnlyList<ContactPatch> rows, ContactBatchOptions options, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (once.Recall<StoredBatch>() is { } kept)
        {
            return await AnswerAsync(rows.Count, kept, cancellationToken);
        }

        // Parsing phone numbers is expensive, so it happens before taking the write lock.
        var drafts = rows.Select(row => ContactDraft.ForCreate(row, tenant.Tenant.Country, tenant.Actor.ChangeOrigin)).ToList();
        var updates = options.OnDuplicate == DuplicateRow.Update
            ? rows.Select(row => ContactDraft.ForUpdate(row, tenant.Tenant.Country, tenant.Actor.ChangeOrigin)).ToList() : [];
        var written = await once.WriteAsync(db => WriteAsync(db, drafts, updates, options), StoredBatch.Of, cancellationToken);
        if (!written.Succeeded)
        {
            return written.Error;
        }

        var (created, updated, skipped, failed) = written.Value;
        await using var read = await contexts.CreateDbContextAsync(cancellationToken);
        return new BatchOutcome(
            rows.Count, await DetailsAsync(created), await DetailsAsync([.. updated.DistinctBy(contact => contact.Id)]), skipped, failed);

        Task<List<ContactDetails>> DetailsAsync(List<Contact> contacts) =>
            contacts.ConvertAll(ContactProjections.ToDetails).WithRelationsAsync(read, ContactIncludes.Groups, cancellationToken);
    }

    private async Task<Result<WrittenBatch>> WriteAsync(AppDbContext db, List<ContactDraft> drafts, List<ContactDraft> updates,
        ContactBatchOptions options)
    {
        var (accepted, known, skipped, failed) = await SortOutAsync(db, drafts, options);
        if (accepted.Count > 0 && await usage.TakeAsync(db, Metric.Contacts, accepted.Count) is { } limit)
        {
            return limit;
        }

        var created = accepted.Count == 0 ? [] : await _inserts.InsertAsync(db, accepted);
        var updated = new List<Contact>(known.Count);
        foreach (var index in known)
        {
            var result = await UpdateAsync(db, updates[index]);
            if (result.Succeeded)
            {
                updated.Add(result.Value);
            }
            else if (result.Error is ValidationError { Fields: var errors })
            {
                failed.Add(new FailedRow(index, errors));
            }
            else
            {
                return result.Error;
            }
        }

        failed.Sort((left, right) => left.Index.CompareTo(right.Index));
        if (failed.Count > 0 && !options.ContinueOnError)
        {
            var all = new FieldErrors();
            failed.ForEach(row => all.AddAll(row.Errors, $"contacts.{row.Index}."));
            return new ValidationError(all); // rolls all of it back
        }

        return new WrittenBatch(created, updated, skipped, failed);
    }

    private async Task<Result<Contact>> UpdateAsync(AppDbContext db, ContactDraft draft)
    {
        var key = draft.Phone.Value.Key;
        var id = await db.Contacts.Where(contact => contact.PhoneKey == key).Select(contact => contact.Id).SingleAsync();
        return await _writes.UpdateAsync(db, id, draft, default);
    }

    /// <summary>The new contacts, the rows that change known ones, and those that do neither.</summary>
    private static async Task<(List<ContactDraft> Accepted, List<int> Known, List<SkippedRow> Skipped,
        List<FailedRow> Failed)> SortOutAsync(
        AppDbContext db, List<ContactDraft> drafts, ContactBatchOptions options)
    {
        var checks = await ContactChecks.LoadAsync(db, drafts);
        var accepted = new List<ContactDraft>(drafts.Count);
        var known = new List<int>();
        var skipped = new List<SkippedRow>();
        var failed = new List<FailedRow>();
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            if (options.OnDuplicate != DuplicateRow.Fail && checks.PhoneIsTaken(draft))
            {
                if (options.OnDuplicate == DuplicateRow.Update)
                {
                    known.Add(index);
                }
                else
                {
                    skipped.Add(new SkippedRow(index, Duplicate));
                }

                continue;
            }

            var errors = checks.Check(draft).AddAll(draft.Consent?.CheckFor(default) ?? []);
            if (errors.Any)
            {
                failed.Add(new FailedRow(index, errors));
                continue;
            }

            checks.Take(draft);
            accepted.Add(draft);
        }

        return (accepted, known, skipped, failed);
    }

    /// <summary>The answer to a repeated request: the contacts as they are now, and the stored errors of the other rows.</summary>
    private async Task<Result<BatchOutcome>> AnswerAsync(int rows, StoredBatch kept, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new BatchOutcome(
            rows, await DetailsAsync(kept.Created), await DetailsAsync(kept.Updated), kept.Skipped,
                kept.Failed.ConvertAll(row => row.ToFailedRow()));

        async Task<List<ContactDetails>> DetailsAsync(List<long> ids) =>
            await (await db.LoadContactsAsync(ids, cancellationToken)).WithRelationsAsync(db, ContactIncludes.Groups, cancellationToken);
    }
}
