using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace WaCr.Web.Features.Transfers;

/// <param name="Line">Where it begins in the file, from 1.</param>
public sealed record TableRow(int Line, string[] Cells);

/// <summary>The file is no use; its readers are lazy, so they say it in the middle of a row.</summary>
internal sealed class UnreadableTableException(FileProblem problem, int? line = null) : Exception(problem.ToString())
{
    public FileError Error { get; } = new(problem, line);
}

/// <summary>Rows of a CSV file, one at a time; rows without a single value are passed over.</summary>
internal static class CsvTable
{
    /// <summary>Far past any field of a contact; it ends a quote that was never closed.</summary>
    public const int LongestCell = 200_000;

    public static IEnumerable<TableRow> Read(Stream file, CsvForm form)
    {
        using var text = new StreamReader(file, form.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536, leaveOpen: true);
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = form.Delimiter.ToString(),
            BadDataFound = null,
            IgnoreBlankLines = true,
            MaxFieldSize = LongestCell,
        });
        while (Next(parser))
        {
            var cells = parser.Record!;
            var line = parser.RawRow - cells.Sum(Breaks);
            if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                yield return new TableRow(line, Array.ConvertAll(cells, SafeCell.Unguard));
            }
        }
    }

    private static bool Next(CsvParser parser)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw new UnreadableTableException(FileProblem.CellTooLong, parser.RawRow);
        }
    }

    private static int Breaks(string cell)
    {
        var breaks = 0;
        for (var at = 0; at < cell.Length; at++)
        {
            if (cell[at] == '\n' || (cell[at] == '\r' && (at + 1 == cell.Length || cell[at + 1] != '\n')))
            {
                breaks++;
            }
        }

        return breaks;
    }
}

/// <summary>Rows of a workbook's first sheet, one at a time.</summary>
internal static class XlsxTable
{
    // A workbook is a zip file: a few hundred kilobytes can claim to be terabytes.
    private const long LargestUnpacked = 2L * 1024 * 1024 * 1024;

    public static void Check(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new UnreadableTableException(FileProblem.NoTable);
            }

            if (archive.Entries.Sum(entry => entry.Length) > LargestUnpacked)
            {
                throw new UnreadableTableException(FileProblem.Damaged);
            }
        }
        catch (InvalidDataException)
        {
            throw new UnreadableTableException(FileProblem.Damaged);
        }
    }

    public static IEnumerable<TableRow> Read(Stream file)
    {
        using var rows = Query(file);
        for (var line = 1; Next(rows); line++)
        {
            var cells = rows.Current.Values.Select(Text).ToArray();
            if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                yield return new TableRow(line, Array.ConvertAll(cells, SafeCell.Unguard));
            }
        }
    }

    private static IEnumerator<IDictionary<string, object?>> Query(Stream file) => Guarded(() => file
        .Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration { FillMergedCells = false })
        .Cast<IDictionary<string, object?>>().GetEnumerator());

    private static bool Next(IEnumerator<IDictionary<string, object?>> rows) => Guarded(rows.MoveNext);

    // Whatever a damaged or forged workbook makes its reader throw; an outage of the disk is another matter.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or FormatException or OverflowException or ArgumentException
            or InvalidOperationException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException or InvalidCastException or NotSupportedException)
        {
            throw new UnreadableTableException(FileProblem.Damaged);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => Number(number),
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A phone number that was typed as a number: all its digits, and no exponent.
    private static string Number(double number) => Math.Abs(number) < 1e15
        ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);
}
