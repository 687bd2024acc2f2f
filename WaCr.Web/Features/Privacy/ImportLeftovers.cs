using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Features.Privacy;

/// <summary>The rows of imported files that are about the contacts.</summary>
internal static class ImportLeftovers
{
    public static async Task<List<(long ImportId, int Number)>> FindAsync(AppDbContext db, PersonTraces traces)
    {
        var found = new List<(long, int)>();
        await foreach (var chunk in db.ImportChunks.AsNoTracking().Where(c => c.Rows != null || c.Failed != null).AsAsyncEnumerable())
        {
            if (Holds<TableRow>(chunk.Rows, row => row.Cells, traces) || Holds<FailedLine>(chunk.Failed, line => line.Cells, traces))
            {
                found.Add((chunk.ImportId, chunk.Number));
            }
        }

        return found;
    }

    public static async Task EraseAsync(AppDbContext db, List<(long ImportId, int Number)> chunks, PersonTraces traces)
    {
        foreach (var (importId, number) in chunks)
        {
            var chunk = await db.ImportChunks.Where(c => c.ImportId == importId && c.Number == number).SingleOrDefaultAsync();
            if (chunk is not null)
            {
                chunk.Rows = Without<TableRow>(chunk.Rows, row => row.Cells, traces);
                chunk.Failed = Without<FailedLine>(chunk.Failed, line => line.Cells, traces);
            }
        }

        // An unfinished import could recreate the contacts: only its remaining rows are kept.
        var files = chunks.Select(chunk => chunk.ImportId).ToHashSet();
        await db.ImportFileParts.Where(part => files.Contains(part.ImportId)).ExecuteDeleteAsync();
        await db.Imports.Where(import => files.Contains(import.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(import => import.Reading, (string?)null));
    }

    private static bool Holds<T>(byte[]? packed, Func<T, string[]> cells, PersonTraces traces) =>
        packed is not null && ChunkPack.Unpack<T>(packed).Exists(row => Array.Exists(cells(row), traces.Fit));

    private static byte[]? Without<T>(byte[]? packed, Func<T, string[]> cells, PersonTraces traces)
    {
        if (packed is null)
        {
            return null;
        }

        var rows = ChunkPack.Unpack<T>(packed);
        return rows.RemoveAll(row => Array.Exists(cells(row), traces.Fit)) == 0 ? packed : ChunkPack.Pack(rows);
    }
}
