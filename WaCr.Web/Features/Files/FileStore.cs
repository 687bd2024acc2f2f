using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Files;

/// <summary>A file whose bytes are in the store.</summary>
/// <param name="Type">Null where it is nothing that we know.</param>
/// <param name="Path">Where the bytes lie.</param>
public sealed record StoredFile(byte[] Hash, long Size, FileType? Type, string Path)
{
    public string ContentType => Type?.ContentType ?? "application/octet-stream";
}

/// <summary>
/// The bytes of files: each once per tenant, under the hash of its content, so that no name from outside ever becomes a path. The tenant
/// is the scope's.
/// </summary>
public sealed class FileStore(IOptions<FileStoreOptions> options, TenantContext tenant, TimeProvider time)
{
    private const int CopyBuffer = 81_920;

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
        var hash = await SHA256.HashDataAsync(draft, cancellationToken);
        var path = PathOf(tenant.TenantId, hash);
        var stored = new StoredFile(hash, draft.Length, type, path);
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
        var path = PathOf(tenant.TenantId, hash);
        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, CopyBuffer, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }

    /// <summary>
    /// Takes bytes away of which no row is to speak any more, inside the write that removes the last one: whatever interrupts it,
    /// <see cref="Settle"/> or the sweeper finds them set aside and asks the database whether they are gone.
    /// </summary>
    public void SetAside(byte[] hash)
    {
        var aside = AsideOf(tenant.TenantId, hash);
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        if (File.Exists(PathOf(tenant.TenantId, hash)))
        {
            File.Move(PathOf(tenant.TenantId, hash), aside, overwrite: true);
        }
    }

    /// <summary>After the write: the bytes go for good, or come back where it did not happen.</summary>
    public void Settle(byte[] hash, bool isGone) => Settle(tenant.TenantId, hash, isGone);

    /// <summary>What was set aside and never settled since a process died in between.</summary>
    internal IReadOnlyList<(long TenantId, byte[] Hash)> SetAsideBefore(DateTimeOffset time)
    {
        var folder = new DirectoryInfo(AsideFolder);
        return !folder.Exists ? [] :
        [
            .. folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < time.UtcDateTime || file.CreationTimeUtc < time.UtcDateTime)
                .Select(file => file.Name.Split('-')).Where(parts => parts.Length == 2)
                .Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), Convert.FromHexString(parts[1]))),
        ];
    }

    internal void Settle(long tenantId, byte[] hash, bool isGone)
    {
        var aside = AsideOf(tenantId, hash);
        if (isGone || File.Exists(PathOf(tenantId, hash)))
        {
            File.Delete(aside);
        }
        else if (File.Exists(aside))
        {
            File.Move(aside, PathOf(tenantId, hash));
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

        // Kept a moment ago, and erased with the last who had the same: the caller keeps it anew.
        if (!File.Exists(stored.Path))
        {
            throw new StorageUnavailableException(new FileNotFoundException("A file was erased while it was being kept."));
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

    private string AsideFolder => Path.Combine(options.Value.Path, "erased");

    private string AsideOf(long tenantId, byte[] hash) =>
        Path.Combine(AsideFolder, string.Create(CultureInfo.InvariantCulture, $"{tenantId}-{Convert.ToHexStringLower(hash)}"));

    private string PathOf(long tenantId, byte[] hash)
    {
        var name = Convert.ToHexStringLower(hash);
        return Path.Combine(options.Value.Path, tenantId.ToString(CultureInfo.InvariantCulture), name[..2], name);
    }
}
