using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>Files that nothing references any more, of any tenant.</summary>
public sealed class UnusedFiles(FileStore store, IDatabaseWriter writer, IFileMentions mentions)
{
    /// <summary>
    /// Runs a write that deletes files. Their bytes are set aside in it, and deleted after its commit, or restored if there is none.
    /// </summary>
    internal async Task<Result<T>> WriteAsync<T>(
        Func<AppDbContext, FileDeletion, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var deletion = new FileDeletion(store, mentions);
        var isDone = false;
        try
        {
            var result = await writer.WriteAsync(
                async db =>
                {
                    deletion.Settle(isGone: false); // after a collision the write runs again: something may reference them now
                    return await work(db, deletion);
                },
                cancellationToken);
            isDone = result.Succeeded;
            return result;
        }
        finally
        {
            deletion.Settle(isDone);
        }
    }

    /// <summary>Files without a foreign key on them. The EF model lists every table that may have one.</summary>
    internal static IQueryable<MediaFile> In(AppDbContext db)
    {
        var users = db.Model.FindEntityType(typeof(MediaFile))!.GetReferencingForeignKeys()
            .Where(key => key.Properties.Count == 2)
            .Select(key => (Table: key.DeclaringEntityType.GetTableName(), Column: key.Properties[1].GetColumnName()))
            .Select(user => $"""
                NOT EXISTS (SELECT 1 FROM "{user.Table}" AS u WHERE u."TenantId" = f."TenantId" AND u."{user.Column}" = f."Id")
                """);
#pragma warning disable EF1002 // Names are the model's own.
        return db.MediaFiles.FromSqlRaw($"SELECT f.* FROM \"MediaFiles\" AS f WHERE {string.Join(" AND ", users)}")
            .IgnoreQueryFilters([AppDbContext.TenantFilter]);
#pragma warning restore EF1002
    }
}
