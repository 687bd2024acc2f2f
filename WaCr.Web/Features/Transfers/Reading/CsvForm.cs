using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Encoding and delimiter of a CSV file, guessed from its content.</summary>
/// <param name="NamesDelimiter">Whether the first line is Excel's <c>sep=;</c>.</param>
internal sealed record CsvForm(Encoding Encoding, char Delimiter, bool NamesDelimiter = false)
{
    private const int Sample = 65_536;
    private const int SampleRows = 20;
    private const string DelimiterLine = "sep=";

    /// <summary>The first characters of the file.</summary>
    public static string Head(Stream file, Encoding encoding)
    {
        var head = new byte[Sample];
        file.Position = 0;
        var length = file.ReadAtLeast(head, Sample, throwOnEndOfStream: false);
        using var reader = new StreamReader(new MemoryStream(head, 0, length), encoding, detectEncodingFromByteOrderMarks: false);
        return InvalidBytes.Resolve(reader.ReadToEnd());
    }

    public static CsvForm Guess(string head, Encoding encoding, char? chosen)
    {
        var named = Named(head);
        return new CsvForm(encoding, chosen ?? named ?? Likely(head), named is not null);
    }

    private static char? Named(string head)
    {
        var end = head.AsSpan().IndexOfAny('\r', '\n');
        var line = (end < 0 ? head : head[..end]).Trim('"');
        return line.Length == DelimiterLine.Length + 1 && line.StartsWith(DelimiterLine, StringComparison.OrdinalIgnoreCase)
            && line[^1] is not ('"' or '\r' or '\n')
            ? line[^1]
            : null;
    }

    // The delimiter that gives the most rows of the same, largest width. Title lines above a table are narrower.
    private static char Likely(string text)
    {
        var best = (Score: 0, Delimiter: ',');
        foreach (var delimiter in ReadingChoice.Delimiters)
        {
            var widths = Widths(text, delimiter);
            var usual = widths.Where(width => width > 1).GroupBy(width => width).OrderByDescending(same => same.Count())
                .ThenByDescending(same => same.Key).FirstOrDefault();
            var score = usual is null || (usual.Count() * 2 <= widths.Count && (usual.Count() < 2 || usual.Key < 3)) ? 0
                : (usual.Count() * 1_000 / widths.Count) + Math.Min(usual.Key, ReadingBounds.MaxColumns);
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
        var (width, quoted, any, start) = (1, false, false, true);
        foreach (var letter in text)
        {
            if (letter == '"' && (quoted || start))
            {
                (quoted, any, start) = (!quoted, true, false);
            }
            else if (!quoted && letter == delimiter)
            {
                (width, any, start) = (width + 1, true, true);
            }
            else if (!quoted && letter is '\n' or '\r')
            {
                if (any)
                {
                    widths.Add(width);
                }

                (width, any, start) = (1, false, true);
                if (widths.Count == SampleRows)
                {
                    return widths;
                }
            }
            else
            {
                (any, start) = (true, start && quoted);
            }
        }

        if (any)
        {
            widths.Add(width);
        }

        return widths;
    }
}
