using System.Xml;

namespace WaCr.Web.Features.Transfers.Reading;

internal sealed record XlsxSheet(string Name, string Part, bool IsHidden);

/// <summary>A workbook: its sheets, and the rows of one sheet at a time.</summary>
internal sealed class XlsxWorkbook : IDisposable
{
    private const int MaxSheets = 256;
    private const string Main = "xl/workbook.xml";

    private readonly XlsxPackage _package;
    private readonly ReadingBounds _bounds;
    private readonly List<XlsxSheet> _sheets = [];
    private string? _strings;
    private string? _styles;
    private bool _from1904;
    private XlsxStrings? _loadedStrings;
    private XlsxFormats? _loadedFormats;

    private XlsxWorkbook(Stream file, ReadingBounds bounds) => (_package, _bounds) = (new XlsxPackage(file, bounds), bounds);

    /// <summary>In the workbook's order, including hidden sheets.</summary>
    public IReadOnlyList<XlsxSheet> Sheets => _sheets;

    public static XlsxWorkbook Open(Stream file, ReadingBounds bounds) => Guarded(() =>
    {
        var book = new XlsxWorkbook(file, bounds);
        try
        {
            book.ReadStructure();
            return book;
        }
        catch
        {
            book.Dispose();
            throw;
        }
    });

    public IEnumerable<TableRow> Read(XlsxSheet sheet)
    {
        using var rows = Guarded(() => Rows(sheet).GetEnumerator());
        while (Guarded(rows.MoveNext))
        {
            yield return rows.Current;
        }
    }

    public void Dispose() => _package.Dispose();

    // Catches what damaged or forged workbooks make the ZIP and XML readers throw, but no disk errors.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or NotSupportedException or ArgumentException
            or EndOfStreamException)
        {
            throw new UnreadableTableException(FileProblem.Damaged);
        }
    }

    private IEnumerable<TableRow> Rows(XlsxSheet sheet)
    {
        _loadedStrings ??= XlsxStrings.Load(_strings is null ? null : _package.Open(_strings));
        _loadedFormats ??= XlsxFormats.Load(_styles is null ? null : _package.Open(_styles), _from1904);
        var part = _package.Open(sheet.Part) ?? throw new UnreadableTableException(FileProblem.Damaged);
        return XlsxTable.Read(part, _loadedStrings, _loadedFormats, _bounds);
    }

    private void ReadStructure()
    {
        var main = Target("", "_rels/.rels", "/officeDocument") ?? Main;
        using var book = _package.Open(main) ?? throw new UnreadableTableException(Kind());
        var folder = main.Contains('/', StringComparison.Ordinal) ? main[..(main.LastIndexOf('/') + 1)] : "";
        var relations = $"{folder}_rels/{main[folder.Length..]}.rels";
        var targets = Relations(folder, relations).ToLookup(relation => relation.Id, StringComparer.Ordinal);
        (_strings, _styles) = (Target(folder, relations, "/sharedStrings"), Target(folder, relations, "/styles"));
        while (book.Read())
        {
            if (book.IsAt("workbookPr"))
            {
                _from1904 = book.Xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (book.IsAt("sheet") && _sheets.Count < MaxSheets
                && targets[RelationOf(book.Xml) ?? ""].FirstOrDefault(relation =>
                    relation.Type.EndsWith("/worksheet", StringComparison.Ordinal)) is { } target)
            {
                _sheets.Add(new XlsxSheet(book.Xml.GetAttribute("name") ?? "", target.Target,
                    book.Xml.GetAttribute("state") is "hidden" or "veryHidden"));
            }
        }

        if (_sheets.Count == 0)
        {
            throw new UnreadableTableException(FileProblem.NoTable);
        }
    }

    // A ZIP file without a workbook: another spreadsheet format, or something else.
    private FileProblem Kind() => _package.Has("mimetype") || _package.Has("xl/workbook.bin") || _package.Has("Index/Document.iwa")
        ? FileProblem.OtherSpreadsheet
        : FileProblem.NoTable;

    private static string? RelationOf(XmlReader sheet)
    {
        for (var i = 0; i < sheet.AttributeCount; i++)
        {
            sheet.MoveToAttribute(i);
            if (sheet is { LocalName: "id", NamespaceURI.Length: > 0 })
            {
                var id = sheet.Value;
                sheet.MoveToElement();
                return id;
            }
        }

        sheet.MoveToElement();
        return null;
    }

    private string? Target(string folder, string part, string type) =>
        Relations(folder, part).FirstOrDefault(relation => relation.Type.EndsWith(type, StringComparison.Ordinal))?.Target;

    private List<Relation> Relations(string folder, string part)
    {
        var relations = new List<Relation>();
        using var xml = _package.Open(part);
        while (xml is not null && relations.Count < 4 * MaxSheets && xml.Read())
        {
            if (xml.IsAt("Relationship") && xml.Xml.GetAttribute("Target") is { } target)
            {
                relations.Add(new Relation(xml.Xml.GetAttribute("Id") ?? "", xml.Xml.GetAttribute("Type") ?? "", PathOf(folder, target)));
            }
        }

        return relations;
    }

    private static string PathOf(string folder, string target)
    {
        target = target.Replace('\\', '/');
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        while (target.StartsWith("../", StringComparison.Ordinal))
        {
            (target, folder) = (target[3..], folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)]);
        }

        return folder + (target.StartsWith("./", StringComparison.Ordinal) ? target[2..] : target);
    }

    private sealed record Relation(string Id, string Type, string Target);
}
