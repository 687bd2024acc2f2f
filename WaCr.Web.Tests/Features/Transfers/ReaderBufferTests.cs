using System.Globalization;
using System.Text;
using WaCr.Web.Features.Transfers.Reading;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>A file longer than what is read at once, whose line breaks fall on every place of the edge.</summary>
public sealed class ReaderBufferTests
{
    private const int Rows = 4_000;
    private const int RowLength = 40;

    private static readonly ReadingBounds Bounds = new(TimeProvider.System, CancellationToken.None);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
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
}
