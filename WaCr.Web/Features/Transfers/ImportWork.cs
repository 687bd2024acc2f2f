using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Imports rows as if one after the other: a row sees what earlier rows did to its contact. Runs inside a write and keeps no state between
/// runs.
/// </summary>
internal sealed class ImportWork(
    AppDbContext db, ImportSettings settings, TenantContext tenant, ContactInserts inserts, UsageGate usage, TimeProvider time)
{
    private readonly ImportOutcome _outcome = new();

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
            _outcome.Fail(refused, refused.New.Errors);
        }

        var good = rows.Where(row => !row.New.Errors.Any).ToList();
        var room = await ReserveUsageAsync(good.Count);
        foreach (var beyond in good.Skip(room))
        {
            _outcome.Fail(beyond, new FieldErrors().Add(ImportErrors.Row, ImportErrors.PlanFull));
        }

        if (room > 0)
        {
            var created = await inserts.InsertAsync(db, [.. good.Take(room).Select(row => row.New)]);
            _outcome.AddCreated(created.ConvertAll(contact => contact.Id));
            good.Take(room).ToList().ForEach(_outcome.AddNotes);
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
        var merge = new ImportMerge(settings.Existing, tenant.Tenant.Country);
        foreach (var contact in await ContactEdits.LoadAsync(db, rows.Keys))
        {
            var row = rows[contact.Id];
            var draft = ContactDraft.ForUpdate(row.Patch, tenant.Tenant.Country, ChangeOrigin.Import);
            var errors = new FieldErrors().AddAll(draft.Errors);
            if (row.EmailKey is { } email && known.HasEmail(email, otherThan: contact.Id)
                && (settings.Existing == ExistingPolicy.Overwrite || contact.Email is null))
            {
                errors.Add(ContactFieldNames.Email, ContactErrors.EmailTaken);
            }

            if (errors.Any)
            {
                _outcome.Fail(row, errors);
                continue;
            }

            _outcome.AddNotes(row);
            if (edits.Add(contact, c => merge.Apply(draft, c, keepsPhone: known.HasPhone(row, contact.Id)), draft.Consent?.Statement))
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
            _outcome.Add(edit);
        }
    }
}
