using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Transfers.Reading;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Takes a file in and apart: through a temporary file, since its encoding shows only at its end, into chunks of rows in the
/// database, where a restart and every replica find them. The file itself is not kept.
/// </summary>
public sealed class ImportUpload(IDatabaseWriter writer, TenantContext scope, ImportGate gate, TimeProvider time)
{
    public const long LargestFile = 100L * 1024 * 1024;
    public const int MaxRows = ReadingBounds.MaxRows;
    public const int MaxColumns = ReadingBounds.MaxColumns;
    public const int MaxCellLength = ReadingBounds.MaxCellLength;
    public const long MaxUnpacked = ReadingBounds.MaxUnpacked;

    // A chunk is one write later, which others wait for: some tens of milliseconds. SQLite keeps each page that it changes in memory twice.
    internal const int ChunkRows = 250;
    private const int ChunkText = 512 * 1024;
    private const int ChunksAWrite = 8;

    private static readonly TimeSpan MaxSending = TimeSpan.FromMinutes(15);

    /// <summary>The id of the import that now waits for its settings.</summary>
    public async Task<Result<long>> ReceiveAsync(Stream body, string fileName, CancellationToken cancellationToken)
    {
        if ((scope.Lacks(Permissions.ContactsWrite) ?? scope.Lacks(Permissions.ContactsImport)) is { } forbidden)
        {
            return forbidden;
        }

        using var place = gate.TryEnter(scope.TenantId);
        if (place is null)
        {
            return new FileError(FileProblem.AnotherIsRead);
        }

        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), $"wacr-import-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        if (await CopyInTimeAsync(body, file, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // Only now: a slow connection takes nobody's turn.
        using var turn = await gate.WaitToReadAsync(cancellationToken);
        if (turn is null)
        {
            return new FileError(FileProblem.Busy);
        }

        try
        {
            return await ReadAsync(file, Name(fileName), new ReadingBounds(time, cancellationToken));
        }
        catch (UnreadableTableException unreadable)
        {
            return unreadable.Error;
        }
    }

    private async Task<FileError?> CopyInTimeAsync(Stream body, Stream file, CancellationToken cancellationToken)
    {
        using var inTime = new CancellationTokenSource(MaxSending, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inTime.Token, cancellationToken);
        try
        {
            return await CopyAsync(body, file, either.Token) ? null : new FileError(FileProblem.TooLarge);
        }
        catch (OperationCanceledException) when (inTime.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new FileError(FileProblem.TooSlow);
        }
    }

    // Stops as soon as it is too much, whatever length was announced.
    private static async Task<bool> CopyAsync(Stream body, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (file.Length + read > LargestFile)
            {
                return false;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    private async Task<Result<long>> ReadAsync(Stream file, string fileName, ReadingBounds bounds)
    {
        using var table = TableFile.Open(file, new ReadingChoice(), bounds);
        if (table.Top.Count == 0)
        {
            return new FileError(FileProblem.Empty);
        }

        var cancellationToken = bounds.CancellationToken;
        var import = await BeginAsync(fileName, table.Reading.ToString(), file.Length, table.Headers, cancellationToken);
        var complete = false;
        try
        {
            var (count, chunks) = await StageAsync(import, table.Rows, bounds);
            if (count == 0)
            {
                return new FileError(FileProblem.Empty);
            }

            await writer.WriteAsync<int>(
                async db => await db.Imports.Where(i => i.Id == import).ExecuteUpdateAsync(set => set
                    .SetProperty(i => i.State, ImportState.Ready).SetProperty(i => i.Rows, count).SetProperty(i => i.Chunks, chunks)),
                CancellationToken.None);
            complete = true;
            return import;
        }
        finally
        {
            if (!complete)
            {
                await writer.WriteAsync<int>(async db => await db.Imports.Where(i => i.Id == import).ExecuteDeleteAsync(), CancellationToken.None);
            }
        }
    }

    private async Task<long> BeginAsync(string fileName, string format, long bytes, IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        var import = new Import
        {
            FileName = fileName,
            Format = format,
            Bytes = bytes,
            Headers = JsonSerializer.Serialize(headers),
            ActorName = scope.Actor.Name,
            CreatedAt = time.GetUtcNow(),
        };
        return (await writer.WriteAsync<long>(
            async db =>
            {
                import.Id = (await db.ReserveIdsAsync("Imports", 1, CancellationToken.None))[0];
                import.TenantId = scope.TenantId;
                await db.BulkInsertAsync([import]);
                return import.Id;
            },
            cancellationToken)).OrThrow();
    }

    private async Task<(int Rows, int Chunks)> StageAsync(long import, IEnumerable<TableRow> rows, ReadingBounds bounds)
    {
        var (count, chunks, text) = (0, 0, 0);
        var some = new List<TableRow>(ChunkRows);
        var packed = new List<byte[]>(ChunksAWrite);
        foreach (var row in rows)
        {
            if (++count > MaxRows)
            {
                throw new UnreadableTableException(FileProblem.TooManyRows);
            }

            some.Add(row);
            text += row.Cells.Sum(cell => cell.Length);
            if (some.Count == ChunkRows || text > ChunkText)
            {
                packed.Add(ChunkPack.Pack(some));
                (some, text) = (new List<TableRow>(ChunkRows), 0);
            }

            if (packed.Count == ChunksAWrite)
            {
                bounds.Check();
                chunks = await SaveAsync(import, chunks, packed, bounds.CancellationToken);
            }
        }

        if (some.Count > 0)
        {
            packed.Add(ChunkPack.Pack(some));
        }

        return (count, await SaveAsync(import, chunks, packed, bounds.CancellationToken));
    }

    private async Task<int> SaveAsync(long import, int number, List<byte[]> packed, CancellationToken cancellationToken)
    {
        var rows = packed.Select((chunk, at) => new ImportChunk { TenantId = scope.TenantId, ImportId = import, Number = number + at, Rows = chunk }).ToList();
        packed.Clear();
        await writer.WriteAsync<int>(
            async db =>
            {
                await db.BulkInsertAsync(rows);
                return rows.Count;
            },
            cancellationToken);
        return number + rows.Count;
    }

    // For show alone; nothing is opened by it.
    private static string Name(string fileName)
    {
        var name = string.Concat(Path.GetFileName(fileName.Replace('\\', '/')).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))).Trim();
        return name.Length == 0 ? "contacts" : name[..Math.Min(name.Length, Import.FileNameMaxLength)];
    }
}
