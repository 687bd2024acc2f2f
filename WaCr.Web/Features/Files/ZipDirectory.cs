using System.Buffers.Binary;

namespace WaCr.Web.Features.Files;

/// <summary>Newer Office formats are ZIP archives; the directory tells which.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int MaxComment = ushort.MaxValue;
    private const int EntryLength = 46;
    private const int MaxDirectory = 4 * 1024 * 1024;

    public static bool Begins(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..];

    public static async Task<FileType?> DetectAsync(Stream file, CancellationToken cancellationToken)
    {
        var tail = await ReadAsync(
            file,
            Math.Max(0, file.Length - EndLength - MaxComment),
            (int)Math.Min(file.Length, EndLength + MaxComment),
            cancellationToken);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndLength > tail.Length)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var from = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        return size <= MaxDirectory && from + (long)size <= file.Length
            ? Find(await ReadAsync(file, from, (int)size, cancellationToken))
            : null;
    }

    private static FileType? Find(ReadOnlySpan<byte> directory)
    {
        FileType? found = null;
        var hasTypes = false;
        while (directory.Length >= EntryLength && directory.StartsWith("PK\u0001\u0002"u8))
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var length =
                EntryLength
                    + nameLength
                    + BinaryPrimitives.ReadUInt16LittleEndian(directory[30..])
                    + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (length > directory.Length)
            {
                break;
            }

            var name = directory.Slice(EntryLength, nameLength);
            hasTypes |= name.SequenceEqual("[Content_Types].xml"u8);
            found ??= name.SequenceEqual("word/document.xml"u8) ? FileType.Docx
                : name.SequenceEqual("xl/workbook.xml"u8) ? FileType.Xlsx
                : name.SequenceEqual("ppt/presentation.xml"u8) ? FileType.Pptx
                : null;
            directory = directory[length..];
        }

        return hasTypes ? found : null;
    }

    private static async Task<byte[]> ReadAsync(Stream file, long from, int length, CancellationToken cancellationToken)
    {
        file.Position = from;
        var buffer = new byte[length];
        return buffer[..await file.ReadAtLeastAsync(buffer, length, throwOnEndOfStream: false, cancellationToken)];
    }
}
