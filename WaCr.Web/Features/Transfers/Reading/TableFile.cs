using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>A file of any supported format as a table, and how it was parsed.</summary>
internal sealed class TableFile : IDisposable
{
    /// <summary>First rows shown, any of which may be chosen as header.</summary>
    public const int TopRows = 30;

    private const int LinesShown = 12;
    private const int CellsShown = 20;
    private const int LettersShown = 40;

    private static readonly byte[] ZipStart = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] EmptyZipStart = "PK\u0005\u0006"u8.ToArray();
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0]; // old Office files, and new ones with a password

    private readonly Func<IEnumerable<TableRow>> _rows;
    private readonly IDisposable? _owned;
    private readonly int _line;

    private TableFile(FileReading reading, List<TableRow> top, Func<IEnumerable<TableRow>> rows, IDisposable? owned, ReadingChoice choice)
    {
        (_rows, _owned, Top) = (rows, owned, top);
        var header = choice.HeaderLine is { } line && (line == 0 || top.Exists(row => row.Line == line))
            ? top.FindIndex(row => row.Line == line)
            : HeaderGuess.IndexIn(top);
        _line = header < 0 ? 0 : top[header].Line;
        Reading = reading with { HeaderLine = _line, Top = [.. top.Take(Math.Max(LinesShown, header + 3)).Select(Shown)] };
        Headers = header < 0 ? Nameless(top) : Trim(top[header].Cells);
    }

    public FileReading Reading { get; }

    /// <summary>Column names; blank if the file has none.</summary>
    public IReadOnlyList<string> Headers { get; }

    public IReadOnlyList<TableRow> Top { get; }

    /// <summary>Rows below the header.</summary>
    public IEnumerable<TableRow> Rows => _rows().Where(row => row.Line > _line);

    public static TableFile Open(Stream file, ReadingChoice choice, ReadingBounds bounds)
    {
        var head = new byte[512];
        file.Position = 0;
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (start.StartsWith(ZipStart) || start.StartsWith(EmptyZipStart))
        {
            return OpenWorkbook(file, choice, bounds);
        }

        if (start.StartsWith(Compound))
        {
            throw new UnreadableTableException(FileProblem.OldExcel);
        }

        var encoding = choice.Encoding is null ? EncodingGuess.Of(file, bounds) : ReadingChoice.EncodingOf(choice.Encoding);
        return OpenText(file, encoding is UTF8Encoding ? InvalidBytes.Utf8 : encoding, choice, bounds);
    }

    public void Dispose() => _owned?.Dispose();

    private static TableFile OpenText(Stream file, Encoding encoding, ReadingChoice choice, ReadingBounds bounds)
    {
        var text = CsvForm.Head(file, encoding);
        if (IsBinary(text))
        {
            throw new UnreadableTableException(FileProblem.NoTable);
        }

        var beginning = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        if (beginning.StartsWith("<") || beginning.StartsWith("{\"") || beginning.StartsWith("[{"))
        {
            throw new UnreadableTableException(beginning[0] == '<' ? FileProblem.WebPage : FileProblem.NoTable);
        }

        var reading = new FileReading { Kind = TableKind.VCard, Encoding = encoding.WebName, HeaderLine = 0 };
        if (beginning.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase))
        {
            return Create(reading, () => VCardTable.Read(file, encoding, bounds), null, choice with { HeaderLine = null });
        }

        var form = CsvForm.Guess(text, encoding, choice.Delimiter);
        return Create(reading with { Kind = TableKind.Csv, Delimiter = form.Delimiter }, () => CsvTable.Read(file, form, bounds), null,
            choice);
    }

    private static TableFile OpenWorkbook(Stream file, ReadingChoice choice, ReadingBounds bounds)
    {
        var book = XlsxWorkbook.Open(file, bounds);
        try
        {
            var visible = book.Sheets.Where(sheet => !sheet.IsHidden).ToList();
            var sheets = visible.Count > 0 ? visible : [.. book.Sheets];
            var sheet = sheets.Find(candidate => candidate.Name == choice.Sheet) ?? FindLikelySheet(book, sheets);
            var reading = new FileReading
            {
                Kind = TableKind.Xlsx,
                Sheet = sheet.Name,
                Sheets = [.. sheets.Select(one => one.Name)],
                HeaderLine = 0
            };
            return Create(reading, () => book.Read(sheet), book, choice);
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    private static TableFile Create(FileReading reading, Func<IEnumerable<TableRow>> rows, IDisposable? owned, ReadingChoice choice) =>
        new(reading, [.. rows().Take(TopRows)], rows, owned, choice);

    // The first sheet that looks like a contact list, else the first table; this skips cover sheets.
    private static XlsxSheet FindLikelySheet(XlsxWorkbook book, List<XlsxSheet> sheets)
    {
        var best = (Score: -1, Sheet: sheets[0]);
        foreach (var sheet in sheets.Count == 1 ? [] : sheets.Take(20))
        {
            var top = book.Read(sheet).Take(TopRows).ToList();
            var isTable = top.Count > 1 && top.Count(row => row.Cells.Count(cell => cell.Length > 0) > 1) * 2 > top.Count;
            var score = top.Count == 0 ? -1 : top.Max(HeaderGuess.CountKnown) is >= 2 and var known ? 1_000 + known : isTable ? 1 : 0;
            if (score > best.Score)
            {
                best = (score, sheet);
            }
        }

        return best.Sheet;
    }

    // Pictures, PDFs and programs begin with control characters; text does not.
    private static bool IsBinary(string head)
    {
        var start = head.AsSpan(0, Math.Min(head.Length, 512));
        var controls = 0;
        foreach (var letter in start)
        {
            controls += char.IsControl(letter) && letter is not ('\t' or '\n' or '\r') ? 1 : 0;
        }

        return controls > start.Length / 20;
    }

    private static TableRow Shown(TableRow row) => row with
    {
        Cells = [.. row.Cells.Take(CellsShown).Select(Shown)],
    };

    private static string Shown(string cell) => cell.Length <= LettersShown
        ? cell
        : cell[..(char.IsHighSurrogate(cell[LettersShown - 1]) ? LettersShown - 1 : LettersShown)] + "…";

    private static string[] Nameless(List<TableRow> top) =>
        [.. Enumerable.Repeat("", top.Count == 0 ? 0 : top.Max(row => Trim(row.Cells).Count))];

    private static List<string> Trim(string[] cells)
    {
        var headers = cells.Select(cell => cell.Trim()).ToList();
        while (headers is [.., ""])
        {
            headers.RemoveAt(headers.Count - 1);
        }

        return headers;
    }
}
