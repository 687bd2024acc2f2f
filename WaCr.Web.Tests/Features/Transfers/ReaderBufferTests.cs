using System.Globalization;
using System.Security;
using System.Text;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Transfers.Reading;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>A file longer than what is read at once, whose line breaks fall on every place of the edge.</summary>
public sealed class ReaderBufferTests
{
    private const int Rows = 4_000;
    private const int RowLength = 40;

    /// <summary>Stands for é in Windows-1252, which is no UTF-8.</summary>
    private const char OneByte = '\uE000';

    private static readonly ReadingBounds Bounds = new(TimeProvider.System, CancellationToken.None);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void CsvLines_BrokenAtTheEdgeOfTheBuffer_AreAllRead(string lineBreak)
    {
        for (var shift = 0; shift < RowLength; shift++)
        {
            var text = new StringBuilder(new string('n', shift + 1)).Append(",Phone").Append(lineBreak);
            foreach (var row in Enumerable.Range(0, Rows))
            {
                text.Append(CultureInfo.InvariantCulture, $"Row {row:0000} of many rows,+9198{row:00000000}").Append(lineBreak);
            }

            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
            var read = CsvTable.Read(file, CsvForm.Guess(CsvForm.Head(file, Encoding.UTF8), Encoding.UTF8, null), Bounds).ToList();

            read.Count.ShouldBe(Rows + 1);
            read[^1].Line.ShouldBe(Rows + 1);
            read.Skip(1).ShouldAllBe(row => row.Cells.Length == 2 && row.Cells[1].Length == 13);
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void CardLines_BrokenAtTheEdgeOfTheBuffer_AreAllRead(string lineBreak)
    {
        for (var shift = 0; shift < RowLength; shift++)
        {
            var text = new StringBuilder("NOTE:").Append('n', shift + 1).Append(lineBreak);
            foreach (var row in Enumerable.Range(0, Rows))
            {
                text.Append(CultureInfo.InvariantCulture, $"TEL;TYPE=CELL;PREF=1:+9198{row:00000000}").Append(lineBreak);
            }

            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
            var read = VCardLines.Read(file, Encoding.UTF8, Bounds).ToList();

            read.Count.ShouldBe(Rows + 1);
            read[^1].Line.ShouldBe(Rows + 1);
            read.Skip(1).ShouldAllBe(line => line.Text.StartsWith("TEL;", StringComparison.Ordinal) && line.Text.Length == 34);
        }
    }

    /// <summary>The cells of a row that stand on the edge: all that a reader looks past its next character for.</summary>
    public static TheoryData<string, string[]> Edges => new()
    {
        { "\"a\"\"b\",c\r\n", ["a\"b", "c"] },
        { "\"\"\"\",\"\"\r\n", ["\"", ""] },
        { "\"one\r\ntwo\",c\r\n", ["one\r\ntwo", "c"] },
        { "\"one\rtwo\",\"\r\n\"\r", ["one\rtwo", "\r\n"] },
        { "\"one\ntwo\"  ,c\r\n", ["one\ntwo  ", "c"] },
        { "été,Ж\r\n", ["été", "Ж"] },
        { "日本,😀😀\r\n", ["日本", "😀😀"] },
        { "\"😀\"\"é\",c\r", ["😀\"é", "c"] },
        { $"Jos{OneByte},{OneByte}{OneByte}t\r\n", ["José", "éét"] },
    };

    [Theory, MemberData(nameof(Edges))]
    public void CsvCells_OnEveryPlaceOfTheEdge_AreReadAsInTheMiddle(string row, string[] cells)
    {
        // Of characters, and of the bytes they are read from.
        foreach (var edge in new[] { 32_768, 65_536 })
        {
            for (var before = 2 * row.Length; before >= 0; before--)
            {
                using var file = new MemoryStream(BytesOf(Filler(edge - before) + row + "after,it\n"));

                var read = CsvTable.Read(file, new CsvForm(InvalidBytes.Utf8, ','), Bounds).ToList();

                read.Count.ShouldBe(3);
                read[1].Cells.ShouldBe(cells);
                read[2].Cells.ShouldBe(["after", "it"]);
                var inside = row.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r', '\n');
                read[2].Line.ShouldBe(3 + inside.Count(letter => letter is '\r' or '\n'));
            }
        }
    }

    [Theory]
    [InlineData("FN:José 😀\r\n", "FN:José 😀")]
    [InlineData("FN:An\r\n na\r\n", "FN:Anna")]
    [InlineData("FN:An\r na\n\tbel\n", "FN:Annabel")]
    [InlineData("FN;ENCODING=QUOTED-PRINTABLE:An=\r\nna\r\n", "FN;ENCODING=QUOTED-PRINTABLE:Anna")]
    [InlineData("FN:日本Ж\r", "FN:日本Ж")]
    [InlineData("FN:Jos\uE000\r\n", "FN:José")]
    public void CardLine_OnEveryPlaceOfTheEdge_IsReadAsInTheMiddle(string line, string unfolded)
    {
        foreach (var edge in new[] { 16_384, 32_768, 65_536 })
        {
            for (var before = 2 * line.Length; before >= 0; before--)
            {
                using var file = new MemoryStream(BytesOf(Filler(edge - before) + line + "END:VCARD\n"));

                var read = VCardLines.Read(file, InvalidBytes.Utf8, Bounds).ToList();

                read.Select(each => InvalidBytes.Resolve(each.Text)).Skip(1).ShouldBe([unfolded, "END:VCARD"]);
            }
        }
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("one\r\ntwo\rthree")]
    [InlineData("日本Ж😀é")]
    public void WorkbookCell_OnEveryPlaceOfTheEdge_IsReadWhole(string cell)
    {
        const int edge = 4_096; // of the characters read at once
        for (var before = cell.Length + 1; before >= 0; before--)
        {
            var text = new string('x', edge - before) + cell + "end";
            using var file = new MemoryStream(TestWorkbook.Of(TestWorkbook.Row(1, "Note", "Name")
                + TestWorkbook.Row(2, SecurityElement.Escape(text).Replace("\r", "&#13;", StringComparison.Ordinal), "Ann")));
            using var table = TableFile.Open(file, new ReadingChoice(), Bounds);

            table.Rows.ShouldHaveSingleItem().Cells.ShouldBe([text, "Ann"]);
        }
    }

    // One row or line of that many characters, with its break.
    private static string Filler(int length) =>
        string.Concat(Enumerable.Repeat("," + new string('x', 999), (length / 1_000) + 1))[..(length - 1)] + "\n";

    private static byte[] BytesOf(string text)
    {
        var parts = text.Split(OneByte).Select(Encoding.UTF8.GetBytes).ToList();
        return [.. parts[0], .. parts.Skip(1).SelectMany(part => part.Prepend((byte)0xE9))];
    }
}
