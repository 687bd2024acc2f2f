using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Transfers.Reading;

namespace WaCr.Web.Features.Transfers;

/// <summary>Receives and parses a file, through a draft of the store, because only the whole file shows its encoding.</summary>
public sealed class ImportUpload(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ImportGate gate, FileStore store,
    TimeProvider time)
{
    public const long MaxFileBytes = 100L * 1024 * 1024;
    public const int MaxRows = ReadingBounds.MaxRows;
    public const int MaxColumns = ReadingBounds.MaxColumns;
    public const int MaxCellLength = ReadingBounds.MaxCellLength;
    public const long MaxUnpacked = ReadingBounds.MaxUnpacked;

    // A chunk becomes one write, and other writers wait some tens of milliseconds for it. SQLite keeps each changed page in memory twice.
    internal const int ChunkRows = 250;

    private readonly ImportStaging _staging = new(writer, tenant, time);

    /// <summary>Returns the id of the import, which waits for its settings.</summary>
    public async Task<Result<long>> ReceiveAsync(Stream body, string fileName, CancellationToken cancellationToken)
    {
        if (ImportRules.Require(tenant) is { } forbidden)
        {
            return forbidden;
        }

        using var place = gate.TryEnter(tenant.TenantId);
        if (place is null)
        {
            return new FileError(FileProblem.AnotherIsRead);
        }

        await using var file = store.OpenDraft();
        return await ImportFile.ReceiveAsync(body, file, time, cancellationToken)
            ?? await ReadAsync(
                file, ImportFile.NameOf(fileName), new ReadingChoice(), (_, _) => Task.FromResult<AppError?>(null), cancellationToken,
                keep: file);
    }

    /// <summary>
    /// Parses the file again with <paramref name="choice"/>. Creates a new import that replaces the old one, and returns its id.
    /// </summary>
    public async Task<Result<long>> ReadAgainAsync(long id, ReadingChoice choice, CancellationToken cancellationToken)
    {
        if (ImportRules.Require(tenant) is { } forbidden)
        {
            return forbidden;
        }

        using var place = gate.TryEnter(tenant.TenantId);
        if (place is null)
        {
            return new FileError(FileProblem.AnotherIsRead);
        }

        await using var file = store.OpenDraft();
        return await FetchAsync(id, file, cancellationToken) is { } name
            ? await ReadAsync(file, name, choice, (write, import) => TakePlaceAsync(write, id, import), cancellationToken)
            : ImportErrors.NotFound;
    }

    // Returns the file's name; null if the import was started, is gone, or belongs to somebody else.
    private async Task<string?> FetchAsync(long id, Stream file, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var name = await db.Imports.Where(import => import.Id == id && import.State == ImportState.Ready)
            .Select(import => import.FileName).SingleOrDefaultAsync(cancellationToken);
        return name is not null && await ImportStaging.CopyFileAsync(db, id, file, cancellationToken) ? name : null;
    }

    private static async Task<AppError?> TakePlaceAsync(AppDbContext db, long before, long now)
    {
        await db.ImportFileParts.Where(part => part.ImportId == before)
            .ExecuteUpdateAsync(set => set.SetProperty(part => part.ImportId, now));
        return await db.Imports.Where(import => import.Id == before && import.State == ImportState.Ready).ExecuteDeleteAsync() == 1
            ? null
            : ImportErrors.AlreadyStarted;
    }

    private async Task<Result<long>> ReadAsync(
        Stream file, string name, ReadingChoice choice, Func<AppDbContext, long, Task<AppError?>> finish,
            CancellationToken cancellationToken,
        Stream? keep = null)
    {
        // Taken only after the upload, so that a slow connection does not block others.
        using var turn = await gate.WaitToReadAsync(cancellationToken);
        if (turn is null)
        {
            return new FileError(FileProblem.Busy);
        }

        try
        {
            // Parsing is CPU work, so it runs off the circuit's thread.
            var bounds = new ReadingBounds(time, cancellationToken);
            return await Task.Run(
                async () =>
                {
                    using var table = TableFile.Open(file, choice, bounds);
                    return await _staging.StageAsync(name, file.Length, table, finish, bounds, keep);
                },
                cancellationToken);
        }
        catch (UnreadableTableException unreadable)
        {
            return unreadable.Error;
        }
    }
}
