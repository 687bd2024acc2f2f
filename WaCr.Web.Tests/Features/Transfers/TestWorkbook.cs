using System.IO.Compression;
using System.Text;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>Workbooks as strangers make them: the parts are written as they are given.</summary>
internal sealed class TestWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string? State, string Xml)> _sheets = [];
    private string _strings = "";
    private string _styles = "";

    public static byte[] Of(string rows) => new TestWorkbook().Sheet("Sheet1", rows).ToArray();

    public static string Cell(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells.Select(Cell))}</row>";

    public TestWorkbook Sheet(string name, string rows, string? state = null, string before = "")
    {
        _sheets.Add((name, state, $"<worksheet xmlns=\"{Main}\">{before}<sheetData>{rows}</sheetData></worksheet>"));
        return this;
    }

    public TestWorkbook Strings(string xml)
    {
        _strings = xml;
        return this;
    }

    /// <summary>A style for each number format, from 0.</summary>
    public TestWorkbook Formats(params string[] codes)
    {
        _styles =
            $"<numFmts>{string.Concat(codes.Select((code, i) => $"<numFmt numFmtId=\"{164 + i}\" formatCode=\"{System.Security.SecurityElement.Escape(code)}\"/>"))}</numFmts>"
            + $"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>{string.Concat(codes.Select((_, i) => $"<xf numFmtId=\"{164 + i}\"/>"))}</cellXfs>";
        return this;
    }

    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var sheets = _sheets.Select((sheet, i) =>
                $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\"{(sheet.State is null ? "" : $" state=\"{sheet.State}\"")} r:id=\"rId{i + 1}\"/>");
            Add("xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets)}</sheets></workbook>");
            var targets = _sheets.Select((_, i) =>
                $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")
                .Append(
                    $"<Relationship Id=\"s\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"t\" Type=\"{Relations}/styles\" Target=\"/xl/styles.xml\"/>");
            Add("xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(targets)}</Relationships>");
            Add("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{_strings}</sst>");
            Add("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\">{_styles}</styleSheet>");
            foreach (var (i, sheet) in _sheets.Index())
            {
                Add($"xl/worksheets/sheet{i + 1}.xml", sheet.Xml);
            }

            void Add(string name, string xml)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                part.Write(Encoding.UTF8.GetBytes(xml));
            }
        }

        return file.ToArray();
    }
}
