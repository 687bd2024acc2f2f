using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>Creates many contacts in one transaction, past the change tracker; audited and limited like single contacts.</summary>
public sealed class ContactBatch(
    OnceWriter once, IDbContextFactory<AppDbContext> contexts,
    TenantContext tenant, UsageGate usage, TimeProvider time)
{
    private const string Duplicate = "A contact with this phone number already exists";

    private readonly ContactInserts _inserts = new(tenant, time);

    /// <summary>
    /// Invalid rows are reported and the others created. If <see cref="BatchOptions.ContinueOnError"/> is false, one invalid row rolls
    /// everything back, and errors are keyed <c>contacts.N.field</c>. If the plan has no room for all valid rows, none is created.
    /// </summary>
    public async Task<Result<BatchOutcome>> CreateAsync(IReadOnlyList<ContactPatch> rows, BatchOptions options, CancellationToken cancellationToken)
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
        var written = await once.WriteAsync(db => WriteAsync(db, drafts, options), StoredBatch.Of, cancellationToken);
        if (!written.Succeeded)
        {
            return written.Error;
        }

        var (contacts, skipped, failed) = written.Value;
        await using var read = await contexts.CreateDbContextAsync(cancellationToken);
        var created = await contacts.Select(ContactProjections.ToDetails).ToList()
            .WithRelationsAsync(read, ContactIncludes.Groups, cancellationToken);
        return new BatchOutcome(rows.Count, created, skipped, failed);
    }

    private async Task<Result<Written>> WriteAsync(AppDbContext db, List<ContactDraft> drafts, BatchOptions options)
    {
        var (accepted, skipped, failed) = await SortOutAsync(db, drafts, options);
        if (failed.Count > 0 && !options.ContinueOnError)
        {
            var all = new FieldErrors();
            failed.ForEach(row => all.AddAll(row.Errors, $"contacts.{row.Index}."));
            return new ValidationError(all);
        }

        if (accepted.Count == 0)
        {
            return new Written([], skipped, failed);
        }

        if (await usage.TakeAsync(db, Metric.Contacts, accepted.Count) is { } limit)
        {
            return limit;
        }

        return new Written(await _inserts.InsertAsync(db, accepted), skipped, failed);
    }

    private static async Task<(List<ContactDraft> Accepted, List<SkippedRow> Skipped, List<FailedRow> Failed)> SortOutAsync(
        AppDbContext db, List<ContactDraft> drafts, BatchOptions options)
    {
        var checks = await ContactChecks.LoadAsync(db, drafts);
        var accepted = new List<ContactDraft>(drafts.Count);
        var skipped = new List<SkippedRow>();
        var failed = new List<FailedRow>();
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            if (options.SkipDuplicates && checks.PhoneIsTaken(draft))
            {
                skipped.Add(new SkippedRow(index, Duplicate));
                continue;
            }

            var errors = checks.Check(draft);
            if (errors.Any)
            {
                failed.Add(new FailedRow(index, errors));
                continue;
            }

            checks.Take(draft);
            accepted.Add(draft);
        }

        return (accepted, skipped, failed);
    }

    /// <summary>The answer to a repeated request: the contacts as they are now, and the stored errors of the other rows.</summary>
    private async Task<Result<BatchOutcome>> AnswerAsync(int rows, StoredBatch kept, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var created = await (await db.Contacts.AsNoTracking().Where(contact => kept.Created.Contains(contact.Id)).OrderBy(contact => contact.Id)
                .Select(ContactProjections.Details).ToListAsync(cancellationToken))
            .WithRelationsAsync(db, ContactIncludes.Groups, cancellationToken);
        return new BatchOutcome(rows, created, kept.Skipped, kept.Failed.ConvertAll(row => row.ToFailedRow()));
    }

    private sealed record Written(List<Contact> Contacts, List<SkippedRow> Skipped, List<FailedRow> Failed);

    private sealed record StoredBatch(List<long> Created, List<SkippedRow> Skipped, List<StoredFailure> Failed)
    {
        /// <summary>Limit of stored errors; a hundred empty rows would take fifty kilobytes.</summary>
        private const int MaxReasons = 60;

        public static StoredBatch Of(Written written)
        {
            var reasons = written.Failed.Sum(row => row.Errors.Sum(error => error.Value.Count));
            return new StoredBatch(
                written.Contacts.ConvertAll(contact => contact.Id), written.Skipped,
                written.Failed.ConvertAll(row => StoredFailure.Of(row, reasons <= MaxReasons)));
        }
    }

    private sealed record StoredFailure(int Index, Dictionary<string, IReadOnlyList<string>>? Reasons)
    {
        private const string Forgotten = "This row was not created; the reasons were too many to be kept";

        public static StoredFailure Of(FailedRow row, bool withReasons) =>
            new(row.Index, withReasons
                ? row.Errors.ToDictionary(error => error.Key, IReadOnlyList<string> (error) => [.. error.Value.Select(reason => reason.Message)], StringComparer.Ordinal)
                : null);

        public FailedRow ToFailedRow()
        {
            var errors = new FieldErrors();
            foreach (var (field, messages) in Reasons ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["row"] = [Forgotten] })
            {
                foreach (var message in messages)
                {
                    errors.Add(field, new FieldError("contact.kept", message));
                }
            }

            return new FailedRow(Index, errors);
        }
    }
}
