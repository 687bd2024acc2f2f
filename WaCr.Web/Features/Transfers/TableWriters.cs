using System.Buffers;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace WaCr.Web.Features.Transfers;

public enum TableFormat
{
    Csv = 0,
    Xlsx = 1,
}

/// <summary>Writes a table row by row, holding only current rows in memory.</summary>
internal interface ITableWriter : IAsyncDisposable
{
    Task WriteAsync(IEnumerable<string?> cells);
}

internal static class TableWriter
{
    /// <param name="delimiter">Of a CSV file; null for the comma.</param>
    public static ITableWriter Open(TableFormat format, Stream target, char? delimiter = null) =>
        format == TableFormat.Xlsx ? new XlsxTableWriter(target) : new CsvTableWriter(target, delimiter ?? ',');
}

/// <summary>RFC 4180 in UTF-8, with a byte order mark so that spreadsheets detect the encoding.</summary>
internal sealed class CsvTableWriter(Stream target, char delimiter) : ITableWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;|\t\r\n");

    private readonly StreamWriter _text = new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16_384,
        leaveOpen: true);
    private readonly StringBuilder _row = new();

    public Task WriteAsync(IEnumerable<string?> cells)
    {
        _row.Clear().AppendJoin(delimiter, cells.Select(cell => Quote(SafeCell.Guard(cell ?? "")))).Append("\r\n");
        return _text.WriteAsync(_row);
    }

    public ValueTask DisposeAsync() => _text.DisposeAsync();

    // Also quotes other delimiters, so that a reader that guesses the delimiter is not misled.
    private static string Quote(string cell) => cell.AsSpan().ContainsAny(Special) || cell is [' ', ..] or [.., ' ']
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}

/// <summary>A workbook of one sheet with text cells only: no formulas, and phone numbers keep plus and zeros.</summary>
internal sealed class XlsxTableWriter : ITableWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    // Style 1 is "text": a phone number typed into the cell later stays text too.
    private static readonly (string Name, string Xml)[] Parts =
    [
        ("[Content_Types].xml",
         $"""<Types xmlns="{ContentTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}worksheet+xml"/></Types>"""),
        ("_rels/.rels",
         $"""<Relationships xmlns="{PackageRelations}"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml",
         $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels",
         $"""<Relationships xmlns="{PackageRelations}"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>"""),
        ("xl/styles.xml",
         $"""<styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>"""),
    ];

    private readonly WriteBehind _target;
    private readonly ZipArchive _archive;
    private readonly StreamWriter _sheet;

    public XlsxTableWriter(Stream target)
    {
        _target = new WriteBehind(target);
        _archive = new ZipArchive(_target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, xml) in Parts)
        {
            using var part = _archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            part.Write(Encoding.UTF8.GetBytes(xml));
        }

        _sheet = new StreamWriter(
            _archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest)
                .Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16_384);
        _sheet.Write($"<worksheet xmlns=\"{Main}\"><sheetData>");
    }

    public Task WriteAsync(IEnumerable<string?> cells)
    {
        _sheet.Write("<row>");
        foreach (var cell in cells)
        {
            _sheet.Write(string.IsNullOrEmpty(cell)
                ? "<c/>"
                : $"<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(XlsxText.Encode(XlsxText.Fit(SafeCell.GuardTyped(cell))))}</t></is></c>");
        }

        _sheet.Write("</row>");
        return _target.FlushWhenFullAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sheet.WriteAsync("</sheetData></worksheet>");
        await _sheet.DisposeAsync();
        await _archive.DisposeAsync();
        await _target.FlushBufferAsync();
        await _target.DisposeAsync();
    }
}
