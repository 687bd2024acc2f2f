using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Files;

/// <summary>A file to hand out; whoever gets it disposes of the stream.</summary>
public sealed record OpenFile(Stream Content, string ContentType, string ETag);

public sealed class FileQueries(IDbContextFactory<AppDbContext> contexts, TenantContext scope, FileStore store)
{
    public static NotFoundError NotFound => new("File not found");

    /// <summary>Where the staff app hands it out.</summary>
    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/{id}");

    public async Task<Result<OpenFile>> OpenAsync(long id, CancellationToken cancellationToken)
    {
        if (scope.Lacks(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var file = await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        return file is not null && store.OpenRead(file.Hash) is { } content
            ? new OpenFile(content, file.ContentType, Convert.ToHexStringLower(file.Hash))
            : NotFound;
    }
}
