using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Transfers.Reading;

namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Stores a file's rows in chunks, for restarts and other replicas, and the file itself, to parse it differently before the start. An
/// unfinished upload is deleted.
/// </summary>
internal sealed class ImportStaging(IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    private const int ChunkText = 512 * 1024;
    private const int AWrite = 8;
    private const int PartSize = 1024 * 1024;

    /// <param name="finish">Runs inside the write that completes the import; an error rolls everything back.</param>
    public async Task<Result<long>> StageAsync(
        string fileName, long bytes, TableFile table, Func<AppDbContext, long, Task<AppError?>> finish, ReadingBounds bounds,
            Stream? keep = null)
    {
        if (table.Top.Count == 0)
        {
            return new FileError(FileProblem.Empty);
        }

        var import = await BeginAsync(fileName, bytes, table, bounds.CancellationToken);
        var complete = false;
        try
        {
            var (count, chunks, doubtful) = await SaveRowsAsync(import, table.Rows, bounds);
            if (count == 0)
            {
                return new FileError(FileProblem.Empty);
            }

            if (keep is not null)
            {
                await SaveFileAsync(import, keep, bounds);
            }

            var reading = JsonSerializer.Serialize(table.Reading with { DoubtfulRows = doubtful });
            var finished = await writer.WriteAsync<long>(
                async db =>
                {
                    await db.Imports.Where(i => i.Id == import).ExecuteUpdateAsync(set => set
                        .SetProperty(i => i.State, ImportState.Ready).SetProperty(i => i.Rows, count).SetProperty(i => i.Chunks, chunks)
                        .SetProperty(i => i.Reading, reading));
                    return await finish(db, import) is { } error ? error : import;
                },
                CancellationToken.None);
            complete = finished.Succeeded;
            return finished;
        }
        finally
        {
            if (!complete)
            {
                await writer.WriteAsync<int>(
                    async db => await db.Imports.Where(i => i.Id == import).ExecuteDeleteAsync(), CancellationToken.None);
            }
        }
    }

    /// <summary>Copies the original file; false if it is no longer stored.</summary>
    public static async Task<bool> CopyFileAsync(AppDbContext db, long import, Stream target, CancellationToken cancellationToken)
    {
        var numbers = await db.ImportFileParts.Where(part => part.ImportId == import).OrderBy(part => part.Number)
            .Select(part => part.Number).ToListAsync(cancellationToken);
        foreach (var number in numbers)
        {
            var packed = await db.ImportFileParts.Where(part => part.ImportId == import && part.Number == number)
                .Select(part => part.Bytes).SingleAsync(cancellationToken);
            await using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            await brotli.CopyToAsync(target, cancellationToken);
        }

        return numbers.Count > 0;
    }

    private async Task<long> BeginAsync(string fileName, long bytes, TableFile table, CancellationToken cancellationToken)
    {
        var import = new Import
        {
            FileName = fileName,
            Format = table.Reading.ToString(),
            Bytes = bytes,
            Headers = JsonSerializer.Serialize(table.Headers),
            ActorName = tenant.Actor.Name,
            CreatedAt = time.GetUtcNow(),
        };
        return (await writer.WriteAsync<long>(
            async db =>
            {
                import.Id = (await db.ReserveIdsAsync("Imports", 1, CancellationToken.None))[0];
                import.TenantId = tenant.TenantId;
                await db.BulkInsertAsync([import]);
                return import.Id;
            },
            cancellationToken)).OrThrow();
    }

    private async Task<(int Rows, int Chunks, int Doubtful)> SaveRowsAsync(long import, IEnumerable<TableRow> rows, ReadingBounds bounds)
    {
        var (count, doubtful, chunks, text) = (0, 0, 0, 0);
        var some = new List<TableRow>(ImportUpload.ChunkRows);
        var packed = new List<byte[]>(AWrite);
        foreach (var row in rows)
        {
            if (++count > ReadingBounds.MaxRows)
            {
                throw new UnreadableTableException(FileProblem.TooManyRows);
            }

            doubtful += row.IsDoubtful ? 1 : 0;
            some.Add(row);
            text += row.Cells.Sum(cell => cell.Length);
            if (some.Count == ImportUpload.ChunkRows || text > ChunkText)
            {
                packed.Add(ChunkPack.Pack(some));
                (some, text) = (new List<TableRow>(ImportUpload.ChunkRows), 0);
            }

            if (packed.Count == AWrite)
            {
                bounds.Check();
                chunks = await SaveAsync(chunks, packed, Chunk, bounds.CancellationToken);
            }
        }

        if (some.Count > 0)
        {
            packed.Add(ChunkPack.Pack(some));
        }

        return (count, await SaveAsync(chunks, packed, Chunk, bounds.CancellationToken), doubtful);

        ImportChunk Chunk(int number, byte[] rows) => new() { TenantId = tenant.TenantId, ImportId = import, Number = number, Rows = rows };
    }

    private async Task SaveFileAsync(long import, Stream file, ReadingBounds bounds)
    {
        var (number, buffer) = (0, new byte[PartSize]);
        file.Position = 0;
        while (await file.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false, bounds.CancellationToken) is > 0 and var read)
        {
            bounds.Check();
            using var packed = new MemoryStream();
            await using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                brotli.Write(buffer.AsSpan(0, read));
            }

            number = await SaveAsync(number, [packed.ToArray()], Part, bounds.CancellationToken);
        }

        ImportFilePart Part(int index, byte[] bytes) => new() { TenantId = tenant.TenantId, ImportId = import, Number = index, Bytes = bytes };
    }

    // Returns the next number.
    private async Task<int> SaveAsync<T>(int number, List<byte[]> packed, Func<int, byte[], T> toRow, CancellationToken cancellationToken)
        where T : class, ITenantOwned
    {
        var rows = packed.Select((bytes, i) => toRow(number + i, bytes)).ToList();
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
}
