using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>A file whose bytes are stored.</summary>
/// <param name="Type">Null if unknown.</param>
/// <param name="Path">Path of the bytes on disk.</param>
public sealed record StoredFile(byte[] Hash, long Size, FileType? Type, string Path)
{
    public string ContentType => Type?.ContentType ?? "application/octet-stream";
}

/// <summary>
/// Stores file bytes once per tenant under the hash of their content, so no outside name becomes a path. Uses the scope's tenant.
/// </summary>
public sealed class FileStore(IOptions<FileStoreOptions> options, TenantContext tenant, TimeProvider time)
{
    private const int CopyBuffer = 81_920;

    /// <summary>A temporary file to write to; deleted on dispose.</summary>
    public FileStream OpenDraft()
    {
        Directory.CreateDirectory(DraftsFolder);
        return new FileStream(
            Path.Combine(DraftsFolder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, CopyBuffer,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
    }

    /// <summary>Stores the draft's bytes permanently. The name only helps to detect the type.</summary>
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

    /// <summary>Null if no such bytes are stored.</summary>
    public FileStream? OpenRead(byte[] hash)
    {
        var path = PathOf(tenant.TenantId, hash);
        return File.Exists(path)
            ? new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, CopyBuffer, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }

    /// <summary>Files set aside before <paramref name="time"/> and never settled, because the process died.</summary>
    internal IReadOnlyList<(long TenantId, byte[] Hash)> SetAsideBefore(DateTimeOffset time)
    {
        var folder = new DirectoryInfo(AsideFolder);
        return !folder.Exists ? [] :
        [
            .. folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < time.UtcDateTime)
                .Select(file => file.Name.Split('-')).Where(parts => parts.Length == 2)
                .Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), Convert.FromHexString(parts[1]))),
        ];
    }

    /// <summary>Deletes drafts that a killed process left behind.</summary>
    internal void DeleteDraftsBefore(DateTimeOffset time)
    {
        foreach (var draft in new DirectoryInfo(DraftsFolder) is { Exists: true } folder ? folder.EnumerateFiles() : [])
        {
            if (draft.LastWriteTimeUtc < time.UtcDateTime)
            {
                draft.Delete();
            }
        }
    }

    /// <summary>
    /// Bytes that were last stored before <paramref name="time"/>, by folder; deletes halves of them that a killed process left behind.
    /// </summary>
    /// <param name="part">Of <see cref="FileSweepTurns.Parts"/>; null for all of them.</param>
    internal IEnumerable<(long TenantId, IReadOnlyList<byte[]> Hashes)> StoredBefore(DateTimeOffset time, int? part)
    {
        foreach (var tenantFolder in new DirectoryInfo(options.Value.Path) is { Exists: true } root ? root.EnumerateDirectories() : [])
        {
            if (!long.TryParse(tenantFolder.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var tenantId))
            {
                continue;
            }

            foreach (var folder in tenantFolder.EnumerateDirectories())
            {
                if (byte.TryParse(folder.Name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                    && (part is null || number % FileSweepTurns.Parts == part))
                {
                    yield return (tenantId, FindBefore(time, folder));
                }
            }
        }
    }

    /// <summary>
    /// Sets bytes aside, to be settled: inside the write that removes their last row, or where they have none. After a crash the sweeper
    /// settles them.
    /// </summary>
    /// <param name="storedBefore">
    /// If given, bytes stay that somebody has stored since, who may be about to record them; then it returns false.
    /// </param>
    internal bool TrySetAside(long tenantId, byte[] hash, DateTimeOffset? storedBefore)
    {
        var aside = AsideOf(tenantId, hash);
        Directory.CreateDirectory(AsideFolder);
        try
        {
            File.Move(PathOf(tenantId, hash), aside, overwrite: true);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // an erasure or another process was faster
        }

        if (storedBefore is { } limit && File.GetLastWriteTimeUtc(aside) >= limit.UtcDateTime)
        {
            Settle(tenantId, hash, isGone: false);
            return false;
        }

        TryRenew(aside); // its age counts from now: the sweeper leaves alone what a running write has set aside
        return true;
    }

    /// <summary>Deletes bytes that were set aside, or restores them.</summary>
    internal void Settle(long tenantId, byte[] hash, bool isGone)
    {
        var aside = AsideOf(tenantId, hash);
        if (!File.Exists(aside))
        {
            return;
        }

        if (isGone || File.Exists(PathOf(tenantId, hash)))
        {
            File.Delete(aside);
        }
        else
        {
            File.Move(aside, PathOf(tenantId, hash));
        }
    }

    /// <summary>
    /// Adds the row of a stored file inside the caller's write. Adding the same file twice at once violates a unique index.
    /// </summary>
    public static async Task<long> RecordAsync(AppDbContext db, StoredFile stored)
    {
        var hash = stored.Hash;
        if (await db.MediaFiles.Where(file => file.Hash == hash).Select(file => (long?)file.Id).SingleOrDefaultAsync() is { } known)
        {
            return known;
        }

        // An erasure deleted the same bytes a moment ago; the caller stores them again.
        if (!File.Exists(stored.Path))
        {
            throw new StorageUnavailableException(new FileNotFoundException("A file was erased while it was being stored."));
        }

        var row = new MediaFile { Hash = hash, Size = stored.Size, ContentType = stored.ContentType };
        db.MediaFiles.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }

    // Written under a temporary name first, so that the final path always holds a complete file.
    private async Task WriteAsync(Stream draft, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBuffer,
                FileOptions.Asynchronous))
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
            return false; // missing, or deleted meanwhile
        }
    }

    private static List<byte[]> FindBefore(DateTimeOffset time, DirectoryInfo folder)
    {
        var hashes = new List<byte[]>();
        foreach (var file in folder.EnumerateFiles())
        {
            if (file.LastWriteTimeUtc >= time.UtcDateTime)
            {
                continue;
            }

            if (file.Name.Length == SHA256.HashSizeInBytes * 2)
            {
                hashes.Add(Convert.FromHexString(file.Name));
            }
            else
            {
                file.Delete();
            }
        }

        return hashes;
    }

    private string DraftsFolder => Path.Combine(options.Value.Path, "drafts");

    private string AsideFolder => Path.Combine(options.Value.Path, "erased");

    private string AsideOf(long tenantId, byte[] hash) =>
        Path.Combine(AsideFolder, string.Create(CultureInfo.InvariantCulture, $"{tenantId}-{Convert.ToHexStringLower(hash)}"));

    private string PathOf(long tenantId, byte[] hash)
    {
        var name = Convert.ToHexStringLower(hash);
        return Path.Combine(options.Value.Path, tenantId.ToString(CultureInfo.InvariantCulture), name[..2], name);
    }
}
