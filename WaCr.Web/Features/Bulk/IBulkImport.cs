using WaCr.Web.Data;

namespace WaCr.Web.Features.Bulk;

/// <summary>The chunks of an import, which know of files what a bulk change need not; the job around them is the same.</summary>
public interface IBulkImport
{
    /// <summary>Before the write of a chunk: whatever needs no turn to write.</summary>
    Task PrepareAsync(long importId, int number);

    /// <summary>Inside the write of the chunk that was prepared.</summary>
    Task<ChunkOutcome> RunAsync(AppDbContext db, long importId, int number);

    /// <summary>Inside a write; <paramref name="before"/> is what the chunk's outcome said.</summary>
    Task<ChunkOutcome> UndoAsync(AppDbContext db, string before);
}
