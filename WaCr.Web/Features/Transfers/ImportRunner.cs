using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Transfers;

/// <summary>Runs an import's chunks: reads the next chunk while the previous one is written.</summary>
public sealed class ImportRunner(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage, TimeProvider time, ContactTrash trash,
    LookupService<Status> statuses, LookupService<Source> sources, LookupService<Group> groups) : IBulkImport
{
    private readonly BulkSteps _steps = new(trash, tenant, time);
    private ImportSettings? _settings;
    private ImportNames? _names;
    private (int Number, Task<List<ImportRow>> Rows)? _next;
    private (int Number, List<ImportRow> Rows) _ready;

    /// <summary>Does everything that needs no write lock: parsing, and creating missing groups, statuses and sources.</summary>
    public async Task PrepareAsync(long importId, int number)
    {
        if (_names is null)
        {
            await using var db = await contexts.CreateDbContextAsync();
            var settings = await db.Imports.Where(import => import.Id == importId).Select(import => import.Settings).SingleAsync();
            _settings = JsonSerializer.Deserialize<ImportSettings>(settings!)!;
            _names = await ImportNames.LoadAsync(db, CancellationToken.None);
        }

        var rows = _next is { } next && next.Number == number ? await next.Rows : await ReadAsync(importId, number);
        if (_settings!.CreateMissing && await MakeMissingAsync())
        {
            rows = await ReadAsync(importId, number);
        }

        _ready = (number, rows);
        _next = (number + 1, Task.Run(() => ReadAsync(importId, number + 1)));
    }

    public async Task<ChunkOutcome> RunAsync(AppDbContext db, long importId, int number)
    {
        if (_ready.Number != number)
        {
            throw new InvalidOperationException("The chunk was not prepared.");
        }

        // locked first, because a round may change contacts before the next one creates some
        await UsageGate.LockAsync(db, Metric.Contacts);
        var inserts = new ContactInserts(tenant, time);
        var done = await new ImportWork(db, _settings!, tenant, inserts, usage, time).RunAsync(_ready.Rows);
        var failed = done.Failed.Count == 0 ? null : ChunkPack.Pack(done.Failed.OrderBy(line => line.Line).ToList());
        await db.ImportChunks.Where(chunk => chunk.ImportId == importId && chunk.Number == number).ExecuteUpdateAsync(set => set
            .SetProperty(chunk => chunk.Rows, (byte[]?)null)
            .SetProperty(chunk => chunk.Failed, failed));
        await db.Imports.Where(import => import.Id == importId).ExecuteUpdateAsync(set => set
            .SetProperty(import => import.Created, import => import.Created + done.Created.Count)
            .SetProperty(import => import.Updated, import => import.Updated + done.Updated)
            .SetProperty(import => import.Unchanged, import => import.Unchanged + done.Unchanged)
            .SetProperty(import => import.Skipped, import => import.Skipped + done.Skipped)
            .SetProperty(import => import.Failed, import => import.Failed + done.Failed.Count));
        await KeepNotesAsync(db, importId, done.Notes.ToList());
        return new ChunkOutcome
        {
            Changed = done.Created.Count + done.Updated,
            Unchanged = done.Unchanged + done.Skipped,
            Refused = done.Failed.Count,
            Before = JsonSerializer.Serialize(new ImportUndo(done.Created, done.Edits)),
        };
    }

    private static async Task KeepNotesAsync(AppDbContext db, long importId, List<ImportNoteCount> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        var all = new NoteCounts();
        var kept = await db.Imports.Where(import => import.Id == importId).Select(import => import.Notes).SingleAsync();
        (kept is null ? [] : JsonSerializer.Deserialize<List<ImportNoteCount>>(kept)!).ForEach(all.Add);
        notes.ForEach(all.Add);
        var json = JsonSerializer.Serialize(all.ToList());
        await db.Imports.Where(import => import.Id == importId).ExecuteUpdateAsync(set => set.SetProperty(import => import.Notes, json));
    }

    public async Task<ChunkOutcome> UndoAsync(AppDbContext db, string before)
    {
        await UsageGate.LockAsync(db, Metric.Contacts);
        var done = JsonSerializer.Deserialize<ImportUndo>(before)!;
        var outcome = await _steps.RevertAsync(db, done.Edits);
        var deleted = await _steps.DeleteAsync(db, done.Created);
        outcome.Changed += deleted.Changed;
        outcome.Unchanged += deleted.Unchanged;
        return outcome;
    }

    /// <summary>
    /// Groups that were made go, unless somebody is in them by now. Statuses and sources stay: contacts in the trash have them.
    /// </summary>
    public async Task EndUndoAsync(AppDbContext db, long jobId)
    {
        // Asked of the audit trail: a process that died made some for rows that it did not get to.
        var requestId = BulkRunner.RequestIdOf(jobId);
        var made = await db.AuditEntries
            .Where(entry => entry.EntityType == AuditEntry.GroupType && entry.Action == AuditAction.Created
                && entry.ChangeOrigin == ChangeOrigin.Import && entry.RequestId == requestId)
            .Select(entry => entry.EntityId)
            .ToListAsync();
        await db.LockGroupsAsync(made);
        var empty = await db.Groups
            .Where(group => made.Contains(group.Id) && !db.GroupMembers.Any(member => member.GroupId == group.Id)).ToListAsync();
        db.Groups.RemoveRange(empty);
        await db.SaveChangesAsync();
    }

    // Nothing to read past the last chunk or if it is done already.
    private async Task<List<ImportRow>> ReadAsync(long importId, int number)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var packed = await db.ImportChunks.Where(chunk => chunk.ImportId == importId && chunk.Number == number)
            .Select(chunk => chunk.Rows)
            .SingleOrDefaultAsync();
        if (packed is null)
        {
            return [];
        }

        var reader = new ImportRowReader(_settings!, _names!, tenant.Tenant.Country);
        return ChunkPack.Unpack<TableRow>(packed).ConvertAll(reader.Read);
    }

    private async Task<bool> MakeMissingAsync()
    {
        var missing = _names!.New;
        if (missing.Count == 0)
        {
            return false;
        }

        foreach (var (field, name) in missing)
        {
            await MakeAsync(field, new LookupPatch { Name = name });
        }

        await using var db = await contexts.CreateDbContextAsync();
        await _names.ReloadAsync(db, CancellationToken.None);
        foreach (var (field, name) in _names.New)
        {
            _names.Refuse(field, name); // neither created here nor by anybody else: its rows fail
        }

        return true;
    }

    private Task<Result<LookupDetails>> MakeAsync(string field, LookupPatch wanted) => field switch
    {
        ContactFieldNames.StatusId => statuses.CreateAsync(wanted, CancellationToken.None),
        ContactFieldNames.SourceId => sources.CreateAsync(wanted, CancellationToken.None),
        _ => groups.CreateAsync(wanted, CancellationToken.None),
    };
}
