using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

public sealed class ImportQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, BulkQueries jobs)
{
    private const int SampleRows = 50;

    /// <summary>Where a workspace has a source of this name, imported contacts come from there.</summary>
    private static readonly string OwnSource = TextKey.IgnoringCase("Import");

    public async Task<Result<ImportItem>> GetAsync(long id, CancellationToken cancellationToken)
    {
        if (ImportRules.Require(tenant) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var import = await db.Imports.AsNoTracking()
            .SingleOrDefaultAsync(i => i.Id == id && i.State != ImportState.Reading, cancellationToken);
        return import is null ? ImportErrors.NotFound : await ToItemAsync(import, cancellationToken);
    }

    /// <summary>The workspace's imports of the last 30 days, newest first.</summary>
    public async Task<Result<Page<ImportItem>>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        if (ImportRules.Require(tenant) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = db.Imports.AsNoTracking().Where(import => import.State != ImportState.Reading);
        var some = await all.OrderByDescending(import => import.CreatedAt).ThenByDescending(import => import.Id)
            .Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size).ToListAsync(cancellationToken);
        var items = new List<ImportItem>(some.Count);
        foreach (var import in some)
        {
            items.Add(await ToItemAsync(import, cancellationToken));
        }

        return new Page<ImportItem>(items, page, await all.LongCountAsync(cancellationToken));
    }

    /// <summary>Suggested settings: as the last time for the same columns, or guessed from headers and values.</summary>
    public async Task<Result<ImportSettings>> GuessAsync(long id, CancellationToken cancellationToken)
    {
        var found = await GetAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var rows = await SampleAsync(id, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var remembered = await RememberedAsync(db, found.Value.Headers, cancellationToken);
        if (remembered is not null)
        {
            return remembered;
        }

        return new ImportSettings
        {
            Columns = ColumnGuess.Of(found.Value.Headers, rows, tenant.Tenant.Country),
            DefaultType = "lead",
            DefaultStatusId = await db.Statuses.OrderBy(status => status.Position)
                .ThenBy(status => status.Id)
                .Select(status => (long?)status.Id)
                .FirstOrDefaultAsync(cancellationToken),
            DefaultSourceId = await db.Sources.OrderByDescending(source => source.NameKey == OwnSource).ThenBy(source => source.Id)
                .Select(source => (long?)source.Id)
                .FirstOrDefaultAsync(cancellationToken),
        };
    }

    /// <summary>First rows of the file.</summary>
    public async Task<IReadOnlyList<TableRow>> SampleAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var packed = await db.ImportChunks.Where(chunk => chunk.ImportId == id && chunk.Number == 0)
            .Select(chunk => chunk.Rows)
            .SingleOrDefaultAsync(cancellationToken);
        return packed is null ? [] : [.. ChunkPack.Unpack<TableRow>(packed).Take(SampleRows)];
    }

    // The added reason column does not make it a different file.
    private static async Task<ImportSettings?> RememberedAsync(
        AppDbContext db, IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        var earlier = await db.Imports.Where(import => import.Settings != null)
            .OrderByDescending(import => import.CreatedAt)
            .ThenByDescending(import => import.Id)
            .Take(20).Select(import => new { import.Headers, import.Settings }).ToListAsync(cancellationToken);
        var own = WithoutReason(headers).ToList();
        if (own.TrueForAll(header => header.Length == 0))
        {
            return null; // a file without headers cannot be recognised
        }

        foreach (var import in earlier)
        {
            var theirs = JsonSerializer.Deserialize<List<string>>(import.Headers)!;
            if (WithoutReason(theirs).SequenceEqual(own, StringComparer.Ordinal))
            {
                var settings = JsonSerializer.Deserialize<ImportSettings>(import.Settings!)!;
                var columns = new Queue<string?>(settings.Columns.Where((_, i) => !ImportHeaders.IsReason(theirs[i])));
                return settings with
                {
                    Columns = [.. headers.Select(header => ImportHeaders.IsReason(header) ? ImportColumns.Reason : columns.Dequeue())],
                };
            }
        }

        return null;
    }

    private static IEnumerable<string> WithoutReason(IEnumerable<string> headers) =>
        headers.Where(header => !ImportHeaders.IsReason(header));

    private async Task<ImportItem> ToItemAsync(Import import, CancellationToken cancellationToken)
    {
        var job = import.JobId is { } jobId ? (await jobs.GetAsync(jobId, cancellationToken)).Value : null;
        return new ImportItem
        {
            Id = import.Id,
            FileName = import.FileName,
            Format = import.Format,
            Bytes = import.Bytes,
            Rows = import.Rows,
            Headers = JsonSerializer.Deserialize<List<string>>(import.Headers)!,
            Reading = import.Reading is null ? null : JsonSerializer.Deserialize<FileReading>(import.Reading),
            Delimiter = import.Settings is null ? null : JsonSerializer.Deserialize<ImportSettings>(import.Settings)!.Delimiter,
            Notes = import.Notes is null ? [] : JsonSerializer.Deserialize<List<ImportNoteCount>>(import.Notes)!,
            Created = import.Created,
            Updated = import.Updated,
            Unchanged = import.Unchanged,
            Skipped = import.Skipped,
            Failed = import.Failed,
            UploadedBy = import.ActorName,
            CreatedAt = import.CreatedAt,
            Job = job,
        };
    }
}
