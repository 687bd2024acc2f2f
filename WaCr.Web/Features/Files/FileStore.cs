using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Files;

/// <summary>A file whose bytes are in the store.</summary>
/// <param name="Type">Null where it is nothing that we know.</param>
public sealed record StoredFile(byte[] Hash, long Size, FileType? Type)
{
    public string ContentType => Type?.ContentType ?? "application/octet-stream";
}

/// <summary>
/// The bytes of files: each once per tenant, under the hash of its content, so that no name from outside ever becomes a path. The tenant
/// is the scope's.
/// </summary>
public sealed class FileStore(IOptions<FileStoreOptions> options, TenantContext scope, TimeProvider time)
{
    private const int CopyBuffer = 81_920;

    // Longer than it takes from keeping a file to writing its row.
    private static readonly TimeSpan InUse = TimeSpan.FromHours(1);

    /// <summary>A stream to write a file into that may still be refused; it is gone when it is disposed of.</summary>
    public FileStream OpenDraft()
    {
        var drafts = Path.Combine(options.Value.Path, "drafts");
        Directory.CreateDirectory(drafts);
        return new FileStream(
            Path.Combine(drafts, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, CopyBuffer,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
    }

    /// <summary>Keeps the draft's bytes for good. Its name only helps to tell what it is.</summary>
    public async Task<StoredFile> KeepAsync(Stream draft, string? fileName, CancellationToken cancellationToken)
    {
        var type = await FileContent.DetectAsync(draft, fileName, cancellationToken);
        draft.Position = 0;
        var stored = new StoredFile(await SHA256.HashDataAsync(draft, cancellationToken), draft.Length, type);
        var path = PathOf(scope.TenantId, stored.Hash);
        if (!TryRenew(path))
        {
            draft.Position = 0;
            await WriteAsync(draft, path, cancellationToken);
        }

        draft.Position = 0;
        return stored;
    }

    /// <summary>Null where there are no such bytes.</summary>
    public FileStream? OpenRead(byte[] hash)
    {
        var path = PathOf(scope.TenantId, hash);
        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, CopyBuffer, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }

    /// <summary>
    /// Once no row speaks of these bytes any more. Whoever keeps the same bytes at this very moment finds them young, and so do we: then
    /// they stay, for a row that is about to be written.
    /// </summary>
    public void Delete(long tenantId, byte[] hash)
    {
        var path = PathOf(tenantId, hash);
        if (File.Exists(path) && File.GetLastWriteTimeUtc(path) < time.GetUtcNow().UtcDateTime - InUse)
        {
            File.Delete(path);
        }
    }

    /// <summary>The row of a kept file; part of the caller's write. Two who add the same file at once collide at its index.</summary>
    public static async Task<long> RecordAsync(AppDbContext db, StoredFile stored)
    {
        var hash = stored.Hash;
        if (await db.MediaFiles.Where(file => file.Hash == hash).Select(file => (long?)file.Id).SingleOrDefaultAsync() is { } known)
        {
            return known;
        }

        var row = new MediaFile { Hash = hash, Size = stored.Size, ContentType = stored.ContentType };
        db.MediaFiles.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }

    // Under another name until it is whole: who finds the path finds all of it.
    private async Task WriteAsync(Stream draft, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBuffer, FileOptions.Asynchronous))
            {
                await draft.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(part, time.GetUtcNow().UtcDateTime);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private bool TryRenew(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (IOException)
        {
            return false; // not there, or gone in between
        }
    }

    private string PathOf(long tenantId, byte[] hash)
    {
        var name = Convert.ToHexStringLower(hash);
        return Path.Combine(options.Value.Path, tenantId.ToString(CultureInfo.InvariantCulture), name[..2], name);
    }
}
