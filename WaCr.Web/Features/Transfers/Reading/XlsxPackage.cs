using System.Buffers.Binary;
using System.IO.Compression;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>The ZIP file of a workbook.</summary>
internal sealed class XlsxPackage : IDisposable
{
    private const int MaxParts = 10_000;
    private const int EndRecord = 22;
    private const int FileRecord = 46;

    private readonly ZipArchive _archive;
    private readonly ReadingBounds _bounds;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);

    public XlsxPackage(Stream file, ReadingBounds bounds)
    {
        CheckDirectory(file);
        _bounds = bounds;
        _archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in _archive.Entries)
        {
            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public bool Has(string name) => _parts.ContainsKey(name);

    /// <summary>Null if there is no such part.</summary>
    public XlsxPart? Open(string name) => _parts.TryGetValue(name, out var entry) ? new XlsxPart(entry, _bounds) : null;

    public void Dispose() => _archive.Dispose();

    // Counts the entries first, because the archive reads its whole directory at once, however large.
    private static void CheckDirectory(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndRecord + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndRecord > tail.Length)
        {
            throw new UnreadableTableException(FileProblem.Damaged);
        }

        var (count16, offset) = (BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10)),
            BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16)));
        if (count16 == ushort.MaxValue || offset == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 4)) != 0)
        {
            throw new UnreadableTableException(FileProblem.Damaged); // ZIP64: tens of thousands of files, or 4 GB
        }

        var record = new byte[FileRecord];
        file.Position = offset;
        for (var count = 0; file.ReadAtLeast(record, FileRecord, throwOnEndOfStream: false) == FileRecord
            && record.AsSpan().StartsWith("PK\u0001\u0002"u8); count++)
        {
            if (count == MaxParts)
            {
                throw new UnreadableTableException(FileProblem.Damaged);
            }

            file.Position += BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(28)) // name, extra field, comment
                + BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(32));
        }

        file.Position = 0;
    }
}
