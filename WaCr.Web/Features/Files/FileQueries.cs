using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>An open file; the caller disposes the stream.</summary>
/// <param name="Name">Name it was sent under; made from id and type if it had none.</param>
public sealed record OpenFile(Stream Content, string ContentType, string ETag, string Name);

public sealed class FileQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, FileStore store)
{
    private const string Root = "/files/";

    public static NotFoundError NotFound => new("file.not_found", "File not found");

    /// <summary>The file's URL path in the staff app.</summary>
    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{Root}{id}");

    /// <summary>Whether it is the path of a file that is kept here.</summary>
    public static bool IsPath(string? url) => url?.StartsWith(Root, StringComparison.Ordinal) == true;

    /// <param name="messageId">Message whose name for the file is used, since one file may arrive under several; null for the
    /// latest.</param>
    public async Task<Result<OpenFile>> OpenAsync(long id, long? messageId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var file = await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        if (file is null || store.OpenRead(file.Hash) is not { } content)
        {
            return NotFound;
        }

        var name = await db.MessageMedia.Where(media => media.MediaFileId == id && media.FileName != null && (messageId == null || media.MessageId == messageId))
            .OrderByDescending(media => media.MessageId).Select(media => media.FileName).FirstOrDefaultAsync(cancellationToken);
        return new OpenFile(content, file.ContentType, Convert.ToHexStringLower(file.Hash), NameOf(name, id, file.ContentType));
    }

    // The name is untrusted: keeps the last path segment, without characters that break file systems or headers.
    private static string NameOf(string? given, long id, string contentType)
    {
        var last = (given ?? "").Replace('\\', '/').Split('/')[^1];
        var name = string.Concat(last.Where(letter => !char.IsControl(letter) && letter is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))).Trim(' ', '.');
        var type = FileType.All.FirstOrDefault(known => known.ContentType == contentType);
        return name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"file-{id}") + (type is null ? "" : "." + type.Extension);
    }
}
