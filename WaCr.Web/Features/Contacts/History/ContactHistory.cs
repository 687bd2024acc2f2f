using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>A contact's change history, and reverting a change.</summary>
public sealed class ContactHistory(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int PageSize = 20;

    // The field's key in the audit entry's JSON.
    private const string OptedOut = $"\"{ContactFieldNames.IsOptedOut}\"";
    private const string Marketing = $"\"{ContactFieldNames.ConsentMarketing}\"";
    private const string Service = $"\"{ContactFieldNames.ConsentService}\"";
    private const string Source = $"\"{ContactFieldNames.ConsentSource}\"";
    private const string Proof = $"\"{ContactFieldNames.ConsentProof}\"";
    private const string OptedOutFromTheStart = $"{OptedOut}:[null,true]";

    /// <param name="olderThan">Id of an entry; null starts with the newest.</param>
    public Task<Result<HistoryPage>> ListAsync(long contactId, long? olderThan, CancellationToken cancellationToken) =>
        ListAsync(contactId, olderThan, entries => entries, cancellationToken);

    /// <summary>Only opt-outs, renewed consents, and consents said again.</summary>
    /// <param name="olderThan">Id of an entry; null starts with the newest.</param>
    public Task<Result<HistoryPage>> ListConsentAsync(long contactId, long? olderThan, CancellationToken cancellationToken) => ListAsync(
        contactId, olderThan,
        entries => entries.Where(entry => entry.Changes.Contains(OptedOutFromTheStart)
            || entry.Changes.Contains(Marketing) || entry.Changes.Contains(Service)
            || entry.Changes.Contains(Source) || entry.Changes.Contains(Proof)
            || (entry.Action == AuditAction.Updated && entry.Changes.Contains(OptedOut))),
        cancellationToken);

    /// <summary>One page of an existing contact's history.</summary>
    public async Task<Result<Page<HistoryEntry>>> PageAsync(long contactId, PageRequest page, bool oldestFirst,
        CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Contacts.AnyAsync(contact => contact.Id == contactId, cancellationToken))
        {
            return ContactErrors.NotFound;
        }

        var entries = Of(db, contactId);
        var rows = await (oldestFirst ? entries.OrderBy(entry => entry.Id) : entries.OrderByDescending(entry => entry.Id))
            .Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size).ToListAsync(cancellationToken);
        return new Page<HistoryEntry>([.. rows.Select(ToEntry)], page, await entries.LongCountAsync(cancellationToken));
    }

    private async Task<Result<HistoryPage>> ListAsync(
        long contactId, long? olderThan, Func<IQueryable<AuditEntry>, IQueryable<AuditEntry>> narrow, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = olderThan ?? long.MaxValue;
        var rows = await narrow(Of(db, contactId).Where(entry => entry.Id < before))
            .OrderByDescending(entry => entry.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new HistoryPage([.. rows.Take(PageSize).Select(ToEntry)], rows.Count > PageSize ? rows[PageSize - 1].Id : null);
    }

    /// <summary>Plans the revert of a change: a patch to send as an ordinary update, and conflicts to show first.</summary>
    /// <param name="fields">Fields of the entry to revert; null for all.</param>
    public async Task<Result<RevertPlan>> PlanRevertAsync(
        long contactId, long entryId, IReadOnlyCollection<string>? fields, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await Of(db, contactId).SingleOrDefaultAsync(row => row.Id == entryId, cancellationToken);
        if (entry is not { Action: AuditAction.Updated } || await db.LoadContactAsync(contactId, ContactIncludes.None, cancellationToken) is not { } contact)
        {
            return ContactErrors.NotFound;
        }

        var changes = AuditChanges.Read(entry.Changes).Where(change => change.CanBeReverted && fields?.Contains(change.Field) != false)
            .ToList();
        var left = changes.SelectMany(change => change.Left).ToList();
        var rejoined = left.Count == 0
            ? []
            : await db.Groups.Where(group => left.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancellationToken);
        return Plan(contact, changes, rejoined);
    }

    /// <param name="rejoined">Groups that the change left and that still exist.</param>
    private static RevertPlan Plan(ContactDetails contact, List<FieldChange> changes, List<long> rejoined)
    {
        var now = ContactFieldValues.Of(contact);
        var back = changes.Where(change => change.Field != ContactFieldNames.Groups && now[change.Field] != change.Before).ToList();
        var patch = ContactFieldValues.ToPatch(back.ToDictionary(change => change.Field, change => change.Before, StringComparer.Ordinal));

        // Groups are reverted one by one, so that later changes of other groups stay.
        if (changes.Find(change => change.Field == ContactFieldNames.Groups) is { } groups)
        {
            var wanted = contact.GroupIds.Except(groups.Joined).Union(rejoined).Order().ToList();
            if (!wanted.SequenceEqual(contact.GroupIds))
            {
                patch = patch with { Groups = wanted };
            }
        }

        return new RevertPlan(
            patch, contact.Version,
            [.. back.Where(change => now[change.Field] != change.After).Select(change => new ChangedSince(change.Field, change.Before, now[change.Field]))]);
    }

    private static HistoryEntry ToEntry(AuditEntry row) => new(
        row.Id, row.At, row.Action, row.ActorKind, row.ActorKind == ActorKind.System ? "" : row.ActorName, row.ChangeOrigin,
            AuditChanges.Read(row.Changes));

    private static IQueryable<AuditEntry> Of(AppDbContext db, long contactId) =>
        db.AuditEntries.AsNoTracking().Where(entry => entry.EntityType == AuditEntry.ContactType && entry.EntityId == contactId);
}
