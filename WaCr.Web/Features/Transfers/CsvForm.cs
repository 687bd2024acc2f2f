using System.Text;
using System.Text.Unicode;

namespace WaCr.Web.Features.Transfers;

/// <summary>How a CSV file is written: nobody says it, so it is guessed from what is in it.</summary>
internal sealed record CsvForm(Encoding Encoding, char Delimiter)
{
    private const int Sample = 65_536;
    private const int SampleRows = 20;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>As people know it: <c>UTF-8, ;</c>.</summary>
    public override string ToString() => $"{Encoding.WebName.ToUpperInvariant()}, {(Delimiter == '\t' ? "Tab" : Delimiter)}";

    public static CsvForm Guess(Stream file)
    {
        var head = new byte[Sample];
        file.Position = 0;
        var length = file.ReadAtLeast(head, Sample, throwOnEndOfStream: false);
        var encoding = EncodingOf(head.AsSpan(0, length)) ?? (IsUtf8(file) ? Encoding.UTF8 : Western);
        file.Position = 0;
        using var reader = new StreamReader(new MemoryStream(head, 0, length), encoding, detectEncodingFromByteOrderMarks: true);
        return new CsvForm(encoding, DelimiterOf(reader.ReadToEnd()));
    }

    // Null: no mark, so the bytes decide. UTF-16 without a mark shows by the zero in every other byte.
    private static Encoding? EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    // The whole file: one name in another encoding may stand in the last line.
    private static bool IsUtf8(Stream file)
    {
        var buffer = new byte[Sample];
        var kept = 0;
        file.Position = 0;
        while (true)
        {
            var read = file.Read(buffer, kept, buffer.Length - kept);
            var bytes = buffer.AsSpan(0, kept + read);
            var whole = read == 0 ? bytes.Length : WholeCharacters(bytes);
            if (!Utf8.IsValid(bytes[..whole]))
            {
                return false;
            }

            if (read == 0)
            {
                return true;
            }

            bytes[whole..].CopyTo(buffer);
            kept = bytes.Length - whole;
        }
    }

    // A character of up to four bytes may be cut at the end; what is no start of one is left to the check.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var letter = bytes[^back];
            if (letter >= 0xC0)
            {
                var size = letter >= 0xF0 ? 4 : letter >= 0xE0 ? 3 : 2;
                return size > back ? bytes.Length - back : bytes.Length;
            }

            if (letter < 0x80)
            {
                break;
            }
        }

        return bytes.Length;
    }

    // The one that makes the most columns in the most rows of the same width.
    private static char DelimiterOf(string text)
    {
        var best = (Score: 0, Delimiter: ',');
        foreach (var delimiter in Delimiters)
        {
            var widths = Widths(text, delimiter);
            var width = widths.Count == 0 ? 0 : widths[0];
            var score = width < 2 ? 0 : (widths.Count(other => other == width) * 1_000 / widths.Count) + width;
            if (score > best.Score)
            {
                best = (score, delimiter);
            }
        }

        return best.Delimiter;
    }

    private static List<int> Widths(string text, char delimiter)
    {
        var widths = new List<int>();
        var (width, quoted, any) = (1, false, false);
        foreach (var letter in text)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && letter == delimiter)
            {
                width++;
            }
            else if (!quoted && letter is ('\n' or '\r'))
            {
                if (any)
                {
                    widths.Add(width);
                }

                (width, any) = (1, false);
                if (widths.Count == SampleRows)
                {
                    return widths;
                }

                continue;
            }

            any = true;
        }

        if (any)
        {
            widths.Add(width);
        }

        return widths;
    }
}
