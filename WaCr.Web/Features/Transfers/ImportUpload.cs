using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Takes a file in and apart: through a temporary file, since its encoding shows only at its end, into chunks of rows in the
/// database, where a restart and every replica find them. The file itself is not kept.
/// </summary>
public sealed class ImportUpload(IDatabaseWriter writer, TenantContext scope, TimeProvider time)
{
    public const long LargestFile = 100L * 1024 * 1024;
    public const int MostRows = 1_000_000;
    public const int MostColumns = 200;

    // A chunk is one write later, which others wait for: some tens of milliseconds. SQLite keeps each page that it changes in memory twice.
    internal const int ChunkRows = 250;
    private const int ChunkText = 512 * 1024;
    private const int ChunksAWrite = 8;

    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] OldOffice = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>The id of the import that now waits for its settings.</summary>
    public async Task<Result<long>> ReceiveAsync(Stream body, string fileName, CancellationToken cancellationToken)
    {
        if ((scope.Lacks(Permissions.ContactsWrite) ?? scope.Lacks(Permissions.ContactsImport)) is { } forbidden)
        {
            return forbidden;
        }

        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), $"wacr-import-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        if (!await CopyAsync(body, file, cancellationToken))
        {
            return new FileError(FileProblem.TooLarge);
        }

        try
        {
            return await ReadAsync(file, Name(fileName), cancellationToken);
        }
        catch (UnreadableTableException unreadable)
        {
            return unreadable.Error;
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

    private async Task<Result<long>> ReadAsync(Stream file, string fileName, CancellationToken cancellationToken)
    {
        var (format, rows) = Open(file);
        using var all = rows.GetEnumerator();
        if (!all.MoveNext())
        {
            return new FileError(FileProblem.Empty);
        }

        var headers = Headers(all.Current.Cells);
        if (headers.Count > MostColumns)
        {
            return new FileError(FileProblem.TooManyColumns);
        }

        var import = await BeginAsync(fileName, format, file.Length, headers, cancellationToken);
        var complete = false;
        try
        {
            var (count, chunks) = await StageAsync(import, all, cancellationToken);
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

    private static (string Format, IEnumerable<TableRow> Rows) Open(Stream file)
    {
        var head = new byte[512];
        file.Position = 0;
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (start.StartsWith(Zip))
        {
            XlsxTable.Check(file);
            file.Position = 0;
            return ("XLSX", XlsxTable.Read(file));
        }

        if (start.StartsWith(OldOffice))
        {
            throw new UnreadableTableException(FileProblem.OldExcel);
        }

        var form = CsvForm.Guess(file);
        if (IsBinary(form.Encoding, start))
        {
            throw new UnreadableTableException(FileProblem.NoTable);
        }

        file.Position = 0;
        return ($"CSV, {form}", CsvTable.Read(file, form));
    }

    // Pictures, PDFs, programs: control characters that no text begins with.
    private static bool IsBinary(Encoding encoding, ReadOnlySpan<byte> start) =>
        encoding.GetString(start).Count(letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r')) > start.Length / 20;

    private static List<string> Headers(string[] cells)
    {
        var headers = cells.Select(cell => cell.Trim()).ToList();
        while (headers is [.., ""])
        {
            headers.RemoveAt(headers.Count - 1);
        }

        return headers;
    }

    private async Task<long> BeginAsync(string fileName, string format, long bytes, List<string> headers, CancellationToken cancellationToken)
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

    private async Task<(int Rows, int Chunks)> StageAsync(long import, IEnumerator<TableRow> rows, CancellationToken cancellationToken)
    {
        var (count, chunks, text) = (0, 0, 0);
        var some = new List<TableRow>(ChunkRows);
        var packed = new List<byte[]>(ChunksAWrite);
        while (rows.MoveNext())
        {
            if (++count > MostRows)
            {
                throw new UnreadableTableException(FileProblem.TooManyRows);
            }

            some.Add(rows.Current);
            text += rows.Current.Cells.Sum(cell => cell.Length);
            if (some.Count == ChunkRows || text > ChunkText)
            {
                packed.Add(ChunkPack.Pack(some));
                (some, text) = (new List<TableRow>(ChunkRows), 0);
            }

            if (packed.Count == ChunksAWrite)
            {
                chunks = await SaveAsync(import, chunks, packed, cancellationToken);
            }
        }

        if (some.Count > 0)
        {
            packed.Add(ChunkPack.Pack(some));
        }

        return (count, await SaveAsync(import, chunks, packed, cancellationToken));
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
