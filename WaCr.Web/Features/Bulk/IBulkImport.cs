using WaCr.Web.Data;

namespace WaCr.Web.Features.Bulk;

/// <summary>Chunks of an import: knows about files, while the job around it is an ordinary bulk job.</summary>
public interface IBulkImport
{
    /// <summary>Runs before a chunk's write and does everything that needs no write lock.</summary>
    Task PrepareAsync(long importId, int number);

    /// <summary>Runs inside the write of the prepared chunk.</summary>
    Task<ChunkOutcome> RunAsync(AppDbContext db, long importId, int number);

    /// <summary>Runs inside a write; <paramref name="before"/> is the undo data from the chunk's outcome.</summary>
    Task<ChunkOutcome> UndoAsync(AppDbContext db, string before);

    /// <summary>Runs inside the write that undoes the last chunk.</summary>
    /// <param name="jobId">Of the job that is undone.</param>
    Task EndUndoAsync(AppDbContext db, long jobId);
}
