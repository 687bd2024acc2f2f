using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>Deletes files inside the write that got it from <see cref="UnusedFiles"/>.</summary>
public sealed class FileDeletion
{
    private readonly FileStore _store;
    private readonly IFileMentions _mentions;
    private readonly List<(long TenantId, byte[] Hash)> _setAside = [];

    internal FileDeletion(FileStore store, IFileMentions mentions) => (_store, _mentions) = (store, mentions);

    /// <summary>Deletes those of the files that nothing references.</summary>
    public Task DeleteUnusedAsync(AppDbContext db, long tenantId, IReadOnlyCollection<long> ids) =>
        DeleteUnusedAsync(db, tenantId, ids, until: null, storedBefore: null);

    /// <param name="until">Files that were chosen since stay.</param>
    /// <param name="storedBefore">Bytes that were stored since stay: they are about to be recorded again.</param>
    internal async Task DeleteUnusedAsync(
        AppDbContext db, long tenantId, IReadOnlyCollection<long> ids, DateTimeOffset? until, DateTimeOffset? storedBefore)
    {
        var named = await _mentions.FindAsync(db, tenantId);
        var files = await UnusedFiles.In(db).AsNoTracking()
            .Where(file => file.TenantId == tenantId && ids.Contains(file.Id) && !named.Contains(file.Id)
                && (until == null || file.CreatedAt < until))
            .Select(file => new { file.Id, file.Hash })
            .ToListAsync();
        var unused = files.ConvertAll(file => file.Id);
        if (unused.Count == 0)
        {
            return;
        }

        // Asks for the time itself: PostgreSQL compares it with the row as it is by then. A new reference violates its foreign key.
        var deleted = await db.MediaFiles.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(file => file.TenantId == tenantId && unused.Contains(file.Id) && (until == null || file.CreatedAt < until))
            .ExecuteDeleteAsync();
        if (deleted != unused.Count)
        {
            throw new DbUpdateConcurrencyException("A file was chosen again, or deleted, since it was read.");
        }

        foreach (var file in files)
        {
            _setAside.Add((tenantId, file.Hash));
            _store.TrySetAside(tenantId, file.Hash, storedBefore);
        }
    }

    internal void Settle(bool isGone)
    {
        _setAside.ForEach(file => _store.Settle(file.TenantId, file.Hash, isGone));
        _setAside.Clear();
    }
}
