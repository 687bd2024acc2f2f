using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Transfers;

/// <summary>Localized texts for the file of failed rows.</summary>
/// <param name="Header">Header of the added column.</param>
/// <param name="Reason">Text for a field's errors.</param>
public sealed record FailedRowLabels(string Header, Func<string, IReadOnlyList<FieldError>, string> Reason);

/// <summary>The file of an import's failed rows.</summary>
public sealed class FailedRowExport(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>Writes the failed rows in their own columns plus the reasons, to be corrected and imported again.</summary>
    public async Task WriteAsync(
        ImportItem import, TableFormat format, FailedRowLabels words, Stream target, CancellationToken cancellationToken)
    {
        await using var table = TableWriter.Open(format, target, import.Delimiter);
        var reason = import.Headers.ToList().FindIndex(ImportHeaders.IsReason);
        var width = import.Headers.Count;
        await table.WriteAsync(reason >= 0 ? import.Headers : import.Headers.Append(words.Header));
        await foreach (var line in FailedAsync(import.Id, cancellationToken))
        {
            var why = string.Join("; ", line.Errors.Select(error => words.Reason(error.Key, error.Value)));
            var cells = line.Cells.Concat(Enumerable.Repeat("", Math.Max(0, width - line.Cells.Length))).ToArray();
            if (reason >= 0)
            {
                cells[reason] = why;
                await table.WriteAsync(cells);
            }
            else
            {
                await table.WriteAsync([.. cells[..width], why, .. cells[width..]]);
            }
        }
    }

    private async IAsyncEnumerable<FailedLine> FailedAsync(long id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var numbers = await db.ImportChunks.Where(chunk => chunk.ImportId == id && chunk.Failed != null)
            .OrderBy(chunk => chunk.Number)
            .Select(chunk => chunk.Number)
            .ToListAsync(cancellationToken);
        foreach (var number in numbers)
        {
            var packed = await db.ImportChunks.Where(chunk => chunk.ImportId == id && chunk.Number == number)
                .Select(chunk => chunk.Failed)
                .SingleOrDefaultAsync(cancellationToken);
            foreach (var line in packed is null ? [] : ChunkPack.Unpack<FailedLine>(packed))
            {
                yield return line;
            }
        }
    }
}
