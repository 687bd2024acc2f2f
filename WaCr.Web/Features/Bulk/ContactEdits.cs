using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Bulk;

/// <summary>
/// Changes loaded contacts in memory and writes them past the change tracker, with everything a contact change needs: version, time,
/// derived columns, audit entry.
/// </summary>
internal sealed class ContactEdits(AppDbContext db, TenantContext tenant, TimeProvider time)
{
    // Columns that RefreshKeys derives from a field on write.
    private static readonly (string From, string[] Columns)[] Derived =
    [
        (nameof(Contact.FirstName), [nameof(Contact.FirstNameKey), nameof(Contact.SearchText)]),
        (nameof(Contact.LastName), [nameof(Contact.LastNameKey), nameof(Contact.SearchText)]),
        (nameof(Contact.Email), [nameof(Contact.EmailKey), nameof(Contact.SearchText)]),
        (nameof(Contact.Phone), [nameof(Contact.SearchText)]),
        (nameof(Contact.Company), [nameof(Contact.SearchText)]),
    ];

    private readonly List<ChangedContact> _changed = [];

    public static async Task<List<Contact>> LoadAsync(AppDbContext db, IReadOnlyCollection<long> ids)
    {
        await db.LockContactsAsync(ids);
        return await db.Contacts.AsNoTracking().Include(c => c.Groups).Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync();
    }

    /// <summary>Applies <paramref name="edit"/>; false if it changed nothing.</summary>
    /// <param name="statement">How a changed consent was said; null if nobody knows.</param>
    public bool Add(Contact contact, Action<Contact> edit, ConsentStatement? statement = null)
    {
        var before = ContactImage.Of(contact, db);
        edit(contact);
        var after = ContactImage.Of(contact, db);
        var differs = !before.Groups.SequenceEqual(after.Groups) || ChangedColumns(before, after).Any();
        if (differs)
        {
            _changed.Add(new ChangedContact(contact, before, after, before.Consent == after.Consent ? null : statement));
        }

        return differs;
    }

    public async Task<List<ContactEdit>> SaveAsync()
    {
        if (_changed.Count == 0)
        {
            return [];
        }

        await KeepConsentAsync();
        var edits = _changed.ConvertAll(change => Describe(change.Contact.Id, change.Before, change.After));
        var columns = new HashSet<string>(edits.SelectMany(edit => edit.Fields.Keys), StringComparer.Ordinal)
        {
            nameof(Contact.UpdatedAt), nameof(Contact.Version),
        };
        columns.UnionWith(Derived.Where(derived => columns.Contains(derived.From)).SelectMany(derived => derived.Columns).ToList());
        var now = time.UtcNowInSeconds();
        foreach (var change in _changed)
        {
            change.Contact.UpdatedAt = now;
            change.Contact.Version++;
        }

        await db.BulkUpdateAsync(_changed.ConvertAll(change => change.Contact), columns);
        await SaveGroupsAsync(edits);
        var auditIds = await db.ReserveIdsAsync("AuditEntries", _changed.Count, CancellationToken.None);
        var entries = _changed.Select((change, index) =>
            AuditTrail.Of(auditIds[index], AuditAction.Updated, change.Contact.Id, change.Before, change.After, tenant, time.GetUtcNow())!).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Changes = ConsentWriter.WithStatement(entries[i].Changes, _changed[i].Statement);
        }

        await db.BulkInsertAsync(entries);
        await db.NoteUpdatesAsync([.. _changed.Select((change, index) => (change.Contact, change.After, entries[index].Changes))]);
        return edits;
    }

    // Consent belongs to the number: a new number may already be opted out, and an opted-out contact stays so under a new number. What is
    // said anew of the same number replaces what was recorded.
    private async Task KeepConsentAsync()
    {
        var moved = _changed.FindAll(change =>
            ChangedColumns(change.Before, change.After).Any(changed => changed.Column.Name == nameof(Contact.PhoneKey)));
        var said = _changed.FindAll(change => change.Before.Consent != change.After.Consent).Except(moved).ToList();
        if (said.Count > 0)
        {
            var subjects = await db.ConsentSubjectsAsync(said.ConvertAll(change => change.Contact));
            await db.RecordConsentAsync([.. said.SelectMany(change => subjects[change.Contact.Id].Select(
                subject => new ConsentUpdate(subject, change.After.Consent.Since(change.Before.Consent), change.Statement)))]);
            said.ForEach(change => change.Contact.ConsentChangedAt = time.UtcNowInSeconds());
            await db.SaveChangesAsync();
        }

        if (moved.Count > 0)
        {
            await db.KeepConsentAsync(moved.ConvertAll(change => change.Contact));
        }

        foreach (var change in said.Concat(moved))
        {
            _changed[_changed.IndexOf(change)] = change with { After = ContactImage.Of(change.Contact, db) };
        }
    }

    private async Task SaveGroupsAsync(List<ContactEdit> edits)
    {
        foreach (var left in edits.SelectMany(edit => edit.Left.Select(group => (Group: group, edit.Id)))
            .GroupBy(left => left.Group, left => left.Id))
        {
            var ids = left.ToList();
            await db.GroupMembers.Where(member => member.GroupId == left.Key && ids.Contains(member.ContactId)).ExecuteDeleteAsync();
        }

        await db.BulkInsertAsync([.. edits.SelectMany(edit =>
            edit.Joined.Select(group => new GroupMember { TenantId = tenant.TenantId, ContactId = edit.Id, GroupId = group }))]);
    }

    private static ContactEdit Describe(long id, ContactImage before, ContactImage after) => new(
        id,
        ChangedColumns(before, after).ToDictionary(
            changed => changed.Column.Name,
            changed => new[] { ToJson(changed.Was, changed.Column), ToJson(changed.Becomes, changed.Column) },
            StringComparer.Ordinal),
        [.. after.Groups.Except(before.Groups)],
        [.. before.Groups.Except(after.Groups)]);

    private static IEnumerable<(IProperty Column, object? Was, object? Becomes)> ChangedColumns(ContactImage before, ContactImage after)
    {
        for (var i = 0; i < before.Properties.Count; i++)
        {
            if (!Equals(before[i], after[i]))
            {
                yield return (before.Properties[i], before[i], after[i]);
            }
        }
    }

    private sealed record ChangedContact(Contact Contact, ContactImage Before, ContactImage After, ConsentStatement? Statement);

    private static JsonNode? ToJson(object? value, IProperty column) => JsonSerializer.SerializeToNode(value, column.ClrType);
}
