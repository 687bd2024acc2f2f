using System.Buffers.Binary;
using System.Text;

namespace WaCr.Web.Features.Files;

/// <summary>Old Office formats share a container whose 128-byte entries can be anywhere in it.</summary>
internal static class OldOffice
{
    private const int EntryLength = 128;
    private const int Chunk = EntryLength * 512;
    private const int NameSizeAt = 64;
    private const int TypeAt = 66;
    private const byte Stream = 2;

    private static readonly (byte[] Name, FileType Type)[] Known =
    [
        (Encoding.Unicode.GetBytes("WordDocument\0"), FileType.Doc),
        (Encoding.Unicode.GetBytes("Workbook\0"), FileType.Xls),
        (Encoding.Unicode.GetBytes("Book\0"), FileType.Xls),
        (Encoding.Unicode.GetBytes("PowerPoint Document\0"), FileType.Ppt),
    ];

    public static bool Begins(ReadOnlySpan<byte> head) => head is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..];

    public static async Task<FileType?> DetectAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var buffer = new byte[Chunk];
        int read;
        while ((read = await file.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellationToken)) >= EntryLength)
        {
            for (var i = 0; i + EntryLength <= read; i += EntryLength)
            {
                if (Find(buffer.AsSpan(i, EntryLength)) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private static FileType? Find(ReadOnlySpan<byte> entry)
    {
        foreach (var (name, type) in Known)
        {
            if (entry[TypeAt] == Stream
                && entry.StartsWith(name)
                && BinaryPrimitives.ReadUInt16LittleEndian(entry[NameSizeAt..]) == name.Length)
            {
                return type;
            }
        }

        return null;
    }
}
