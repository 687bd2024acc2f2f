using System.Collections.Frozen;
using System.Text;
using UtfUnknown;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>
/// Guesses a text file's encoding: by byte order mark, by valid UTF-8 throughout, by headers readable in only one code page, and finally by
/// letter frequencies.
/// </summary>
internal static class EncodingGuess
{
    private const int Buffer = 65_536;
    private const int MaxSample = 65_536;
    private const int FewLetters = 200;
    private const string Western = "windows-1252";

    // The detector names ISO standards; files come from Windows and use the code page based on it.
    private static readonly FrozenDictionary<string, string> AsWindows = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["iso-8859-1"] = "windows-1252",
        ["iso-8859-15"] = "windows-1252",
        ["iso-8859-2"] = "windows-1250",
        ["iso-8859-7"] = "windows-1253",
        ["iso-8859-9"] = "windows-1254",
        ["iso-8859-8"] = "windows-1255",
        ["iso-8859-6"] = "windows-1256",
        ["iso-8859-13"] = "windows-1257",
        ["iso-8859-4"] = "windows-1257",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["ibm866"] = "cp866",
        ["shift-jis"] = "shift_jis",
        ["gb2312"] = "gb18030",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static Encoding Of(Stream file, ReadingBounds bounds)
    {
        var head = new byte[4_096];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if ((ByMark(head.AsSpan(0, length)) ?? WideWithoutMark(head.AsSpan(0, length))) is { } marked)
        {
            return marked;
        }

        var (letters, invalid, sample) = Count(file, bounds);
        return invalid == 0 || letters > invalid ? InvalidBytes.Utf8 : CodePage(sample);
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => InvalidBytes.Utf8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    // In UTF-16 of any script, ASCII digits, delimiters and line ends have a zero byte.
    private static Encoding? WideWithoutMark(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            (even, odd) = head[i] != 0 ? (even, odd) : i % 2 == 0 ? (even + 1, odd) : (even, odd + 1);
        }

        var few = head.Length / 100;
        return odd > head.Length / 10 && even <= few ? Encoding.Unicode
            : even > head.Length / 10 && odd <= few ? Encoding.BigEndianUnicode
            : null;
    }

    // Reads the whole file: a single invalid name may be in the last line. The sample only has lines with non-ASCII bytes.
    private static (long Letters, long Invalid, byte[] Sample) Count(Stream file, ReadingBounds bounds)
    {
        var (letters, invalid, kept) = (0L, 0L, 0);
        var buffer = new byte[Buffer];
        using var sample = new MemoryStream();
        file.Position = 0;
        while (true)
        {
            bounds.Check();
            var read = file.Read(buffer, kept, buffer.Length - kept);
            var bytes = buffer.AsSpan(0, kept + read);
            AddLines(bytes, sample);
            while (bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var next)
            {
                bytes = bytes[next..];
                var status = Rune.DecodeFromUtf8(bytes, out _, out var consumed);
                if (status == System.Buffers.OperationStatus.NeedMoreData && read > 0)
                {
                    break;
                }

                (letters, invalid) = status == System.Buffers.OperationStatus.Done ? (letters + 1, invalid) : (letters, invalid + 1);
                bytes = bytes[consumed..];
            }

            if (read == 0)
            {
                return (letters, invalid, sample.ToArray());
            }

            kept = bytes.Length <= 3 && bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7F) ? bytes.Length : 0;
            bytes[^kept..].CopyTo(buffer);
        }
    }

    private static void AddLines(ReadOnlySpan<byte> bytes, MemoryStream sample)
    {
        while (sample.Length < MaxSample && bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var next)
        {
            var start = bytes[..next].LastIndexOf((byte)'\n') + 1;
            var end = bytes[next..].IndexOf((byte)'\n') is >= 0 and var found ? next + found + 1 : bytes.Length;
            sample.Write(bytes[start..end][..Math.Min(end - start, 4_096)]);
            bytes = bytes[end..];
        }
    }

    private static Encoding CodePage(byte[] sample)
    {
        var detected = CharsetDetector.DetectFromBytes(sample).Detected?.EncodingName;
        detected = detected is null ? null : AsWindows.GetValueOrDefault(detected, detected);
        var first = Known(detected) ?? Western;
        var pages = ReadingChoice.Encodings.Where(name => !name.StartsWith("utf", StringComparison.Ordinal))
            .Select(name => (Name: name, Headers: KnownHeaders(sample, name))).ToList();
        var most = pages.Max(page => page.Headers);
        if (most == 0)
        {
            return ReadingChoice.EncodingOf(first);
        }

        var best = pages.Where(page => page.Headers == most).Select(page => page.Name).ToList();
        var chosen = best.Contains(Western) && IsWestern(sample) ? Western : best.Contains(first) ? first : best[0];
        return ReadingChoice.EncodingOf(chosen);
    }

    // Letter frequencies mean little for few letters. Then the commonest code page is used, unless it turns letters into symbols.
    private static bool IsWestern(byte[] sample) =>
        sample.Count(value => value >= 0x80) < FewLetters
        && ReadingChoice.EncodingOf(Western)
            .GetString(sample)
            .All(letter => letter < 0x80 || (char.IsLetter(letter) && !"þýðÞÝÐ".Contains(letter)));

    private static string? Known(string? name) =>
        ReadingChoice.Encodings.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)
            && !known.StartsWith("utf", StringComparison.Ordinal));

    private static int KnownHeaders(byte[] sample, string encoding)
    {
        var text = ReadingChoice.EncodingOf(encoding).GetString(sample, 0, Math.Min(sample.Length, 4_096));
        return text.Split('\n').Take(10).Max(line => line.Split([.. ReadingChoice.Delimiters, '"', '\r'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(cell => !Ascii.IsValid(cell) && ImportHeaders.FieldOf(cell) is not null)
            // headers are matched without accents, but accents tell code pages apart
            .Sum(cell => ImportHeaders.IsSpelledRight(cell) ? 2 : 1));
    }
}
