using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Transfers;

/// <summary>A rejected row, stored for correction.</summary>
/// <param name="Errors">By field, as named in the API.</param>
public sealed record FailedLine(int Line, string[] Cells, Dictionary<string, List<FieldError>> Errors);

/// <summary>Undo data of one chunk: created and changed contacts.</summary>
/// <param name="Groups">Those made for its rows.</param>
internal sealed record ImportUndo(List<long> Created, List<ContactEdit> Edits, List<long>? Groups = null);

/// <summary>Result of some rows.</summary>
internal sealed class ImportOutcome
{
    public List<long> Created { get; } = [];

    public List<ContactEdit> Edits { get; } = [];

    /// <summary>Rows, not contacts: two rows may change the same contact.</summary>
    public int Updated { get; set; }

    public int Unchanged { get; set; }

    public int Skipped { get; set; }

    /// <summary>Notes on accepted rows.</summary>
    public NoteCounts Notes { get; } = new();

    public List<FailedLine> Failed { get; } = [];
}

/// <summary>
/// Imports rows as if one after the other: a row sees what earlier rows did to its contact. Runs inside a write and keeps no state between
/// runs.
/// </summary>
internal sealed class ImportWork(
    AppDbContext db, ImportSettings settings, TenantContext tenant, ContactInserts inserts, UsageGate usage, TimeProvider time)
{
    private readonly ImportOutcome _outcome = new();
    private readonly HashSet<long> _created = [];

    public async Task<ImportOutcome> RunAsync(IReadOnlyList<ImportRow> rows)
    {
        while (rows.Count > 0)
        {
            rows = await ProcessAsync(rows);
        }

        return _outcome;
    }

    // Returns rows that must wait for another row of this round.
    private async Task<List<ImportRow>> ProcessAsync(IReadOnlyList<ImportRow> rows)
    {
        var (now, later) = Split(rows);
        var known = await KnownContacts.LoadAsync(db, now);
        var creates = new List<ImportRow>();
        var updates = new Dictionary<long, ImportRow>();
        foreach (var row in now)
        {
            if (known.Find(row) is not { } id)
            {
                creates.Add(row);
            }
            else if (settings.Existing == ExistingPolicy.Skip)
            {
                _outcome.Skipped++;
            }
            else if (!updates.TryAdd(id, row))
            {
                later.Add(row);
            }
        }

        await CreateAsync(creates);
        await UpdateAsync(updates, known);
        later.Sort((left, right) => left.Source.Line.CompareTo(right.Source.Line));
        return later;
    }

    private static (List<ImportRow> Now, List<ImportRow> Later) Split(IReadOnlyList<ImportRow> rows)
    {
        var (now, later) = (new List<ImportRow>(rows.Count), new List<ImportRow>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var repeats = (row.PhoneKey is { } phone && !seen.Add(phone)) | (row.EmailKey is { } email && !seen.Add(email));
            (repeats ? later : now).Add(row);
        }

        return (now, later);
    }

    private async Task CreateAsync(List<ImportRow> rows)
    {
        foreach (var refused in rows.Where(row => row.New.Errors.Any))
        {
            Fail(refused, refused.New.Errors);
        }

        var good = rows.Where(row => !row.New.Errors.Any).ToList();
        var room = await ReserveUsageAsync(good.Count);
        foreach (var beyond in good.Skip(room))
        {
            Fail(beyond, new FieldErrors().Add(ImportErrors.Row, ImportErrors.PlanFull));
        }

        if (room > 0)
        {
            var created = await inserts.InsertAsync(db, [.. good.Take(room).Select(row => row.New)]);
            _outcome.Created.AddRange(created.Select(contact => contact.Id));
            _created.UnionWith(_outcome.Created);
            good.Take(room).ToList().ForEach(Remember);
        }
    }

    // Takes as much as the plan has room for. Another writer may take some between check and update.
    private async Task<int> ReserveUsageAsync(int wanted)
    {
        while (wanted > 0 && await usage.TakeAsync(db, Metric.Contacts, wanted) is { } full)
        {
            wanted = (int)Math.Clamp(full.Maximum - full.Current, 0, wanted - 1);
        }

        return wanted;
    }

    private async Task UpdateAsync(Dictionary<long, ImportRow> rows, KnownContacts known)
    {
        var edits = new ContactEdits(db, tenant, time);
        foreach (var contact in await ContactEdits.LoadAsync(db, rows.Keys))
        {
            var row = rows[contact.Id];
            var draft = ContactDraft.ForUpdate(row.Patch, tenant.Tenant.Country, ChangeOrigin.Import);
            var errors = new FieldErrors().AddAll(draft.Errors);
            if (row.EmailKey is { } email && known.HasEmail(email, otherThan: contact.Id) && (settings.Existing == ExistingPolicy.Overwrite || contact.Email is null))
            {
                errors.Add(ContactFieldNames.Email, ContactErrors.EmailTaken);
            }

            if (errors.Any)
            {
                Fail(row, errors);
                continue;
            }

            Remember(row);
            if (edits.Add(contact, c => Apply(draft, c, keepsPhone: known.HasPhone(row, contact.Id)), draft.Consent?.Statement))
            {
                _outcome.Updated++;
            }
            else
            {
                _outcome.Unchanged++;
            }
        }

        foreach (var edit in await edits.SaveAsync())
        {
            Note(edit);
        }
    }

    /// <param name="keepsPhone">Whether the row's number already leads to the contact: another spelling, an earlier number, or one from a
    /// merge.</param>
    private void Apply(ContactDraft draft, Contact contact, bool keepsPhone)
    {
        var blankBefore = contact.Groups.Count == 0;
        contact.Consent = contact.Consent.With(draft.Consent?.Change ?? default).With(draft.OptsOut ? ConsentChange.StopsAll : default);
        if (settings.Existing == ExistingPolicy.Overwrite)
        {
            var (entered, key) = (contact.Phone, contact.PhoneKey);
            draft.ApplyTo(contact);
            if (keepsPhone && PhoneNumber.TryParse(entered, tenant.Tenant.Country, out var before))
            {
                contact.SetPhone(before with { Key = key });
            }
        }
        else
        {
            foreach (var field in ContactFields.Columns.Where(field => field.Read(contact) is null && draft[field].Or(null) is not null))
            {
                field.Write(contact, draft[field].Value);
            }

            contact.CountryId ??= (int?)draft.CountryId.Or(null);
            contact.AssignedId ??= draft.AssignedId.Or(null);
        }

        // Groups are only added, because a file knows only some of them.
        if (settings.Existing == ExistingPolicy.Overwrite || blankBefore)
        {
            contact.Groups.AddRange(draft.Groups.Or([]).Except(contact.Groups.Select(member => member.GroupId)).ToList()
                .Select(group => new GroupMember { TenantId = contact.TenantId, ContactId = contact.Id, GroupId = group }));
        }
    }

    // Several rows may change one contact; its undo restores the state before the first. Contacts the chunk created need no edits:
    // undo moves them to the trash.
    private void Note(ContactEdit edit)
    {
        if (_created.Contains(edit.Id))
        {
            return;
        }

        var index = _outcome.Edits.FindIndex(other => other.Id == edit.Id);
        if (index < 0)
        {
            _outcome.Edits.Add(edit);
        }
        else
        {
            _outcome.Edits[index] = _outcome.Edits[index].Then(edit);
        }
    }

    private void Remember(ImportRow row) => row.Notes.ForEach(note => _outcome.Notes.Add(NoteCounts.Kept(note), row.Source.Line));

    private void Fail(ImportRow row, FieldErrors errors) => _outcome.Failed.Add(new FailedLine(
        row.Source.Line, row.Source.Cells, errors.ToDictionary(error => error.Key, error => error.Value.ToList(), StringComparer.Ordinal)));
}
