using System.Text;

namespace WaCr.Web.Features.Files;

/// <summary>
/// Detects a file's type from its content, because names and declared types cannot be trusted. The name only decides what content cannot,
/// such as CSV or plain text. Reads a bounded part, except for old Office formats, which are scanned once.
/// </summary>
public static class FileContent
{
    private const int HeadLength = 4096;

    /// <summary>Null if the type is unknown. The stream must be seekable and is reset to its start.</summary>
    public static async Task<FileType?> DetectAsync(Stream file, string? fileName, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var head = new byte[HeadLength];
        var read = await file.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        var found = OfHead(head.AsSpan(0, read));
        if (found is null && ZipDirectory.Begins(head.AsSpan(0, read)))
        {
            found = await ZipDirectory.DetectAsync(file, cancellationToken);
        }
        else if (found is null && OldOffice.Begins(head.AsSpan(0, read)))
        {
            found = await OldOffice.DetectAsync(file, cancellationToken);
        }
        else if (found is null && IsText(head.AsSpan(0, read)))
        {
            found = fileName is not null && fileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? FileType.Csv : FileType.Txt;
        }

        file.Position = 0;
        return found;
    }

    private static FileType? OfHead(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => FileType.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => FileType.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => FileType.Webp,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => FileType.Pdf,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] => OfBrand(Encoding.Latin1.GetString(head.Slice(8, 4))),
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => OfOgg(head),
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => FileType.Amr,
        [(byte)'I', (byte)'D', (byte)'3', ..] => FileType.Mp3,
        [0xFF, var second, var third, ..] => OfFrame(second, third),
        _ => null,
    };

    /// <summary>Many formats use this container (pictures, QuickTime, books); only plain video brands are accepted.</summary>
    private static FileType? OfBrand(string brand) => brand switch
    {
        ['3', 'g', 'p' or 'g' or 'r' or 's' or 'e', _] => FileType.ThreeGp,
        ['i', 's', 'o', 'm' or (>= '2' and <= '9')] or ['m', 'p', '4', '1' or '2' or '3'] or ['M', '4', 'V', _] => FileType.Mp4,
        "avc1" or "dash" or "MSNV" or "mmp4" or "f4v " => FileType.Mp4,
        _ => null,
    };

    private static FileType? OfOgg(ReadOnlySpan<byte> head) =>
        head.IndexOf("OpusHead"u8) >= 0 ? FileType.Opus
        : head.IndexOf("\u0001vorbis"u8) >= 0 || head.IndexOf("Speex   "u8) >= 0 || head.IndexOf("\u007FFLAC"u8) >= 0 ? FileType.Ogg
        : null;

    // Eleven set bits, then version and layer: layer bits 0 mean AAC, 1 means MP3 (layer 3; the bits count backwards).
    private static FileType? OfFrame(byte second, byte third)
    {
        if ((second & 0xF6) == 0xF0)
        {
            return FileType.Aac;
        }

        var isMp3 = (second & 0xE0) == 0xE0
            && (second & 0x18) != 0x08
            && (second & 0x06) == 0x02
            && (third & 0xF0) != 0xF0
            && (third & 0x0C) != 0x0C;
        return isMp3 ? FileType.Mp3 : null;
    }

    /// <summary>UTF-16 with a byte order mark, or bytes without control characters, which also accepts old encodings.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return true;
        }

        foreach (var letter in head)
        {
            if (letter is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 0x7F)
            {
                return false;
            }
        }

        return head.Length > 0;
    }
}
