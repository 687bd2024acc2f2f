using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Transfers.Reading;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>Files as they come: from our own export, from spreadsheets of every country, and from people who mean no good.</summary>
public sealed class TableReaderTests
{
    private static readonly ReadingBounds Bounds = new(TimeProvider.System, CancellationToken.None);

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Texts that a table holds: no NUL in a workbook, and no half of a surrogate pair anywhere.</summary>
    private static readonly Arbitrary<string[][]> Tables = ArbMap.Default.ArbFor<NonNull<string>[][]>()
        .Convert(
            rows =>
                rows.Select(row =>
                    row.Select(cell => new string([.. cell.Get.Where(letter => letter != '\0' && !char.IsSurrogate(letter))])).ToArray())
                    .ToArray(),
            rows => [.. rows.Select(row => row.Select(NonNull<string>.NewNonNull).ToArray())]);

    [Property(MaxTest = 100)]
    public Property AnyTable_WrittenAsCsv_IsReadAsItWas() => Prop.ForAll(Tables, table => ComesBack(table, TableFormat.Csv));

    [Property(MaxTest = 50)]
    public Property AnyTable_WrittenAsXlsx_IsReadAsItWas() => Prop.ForAll(Tables, table => ComesBack(table, TableFormat.Xlsx));

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public void HardCells_ComeBack(TableFormat format)
    {
        string[] cells =
        [
            "+91 95874 22369", "=1+1", "'=1", "''@", "00123", "1e5", "true", "2026-03-04", "a\r\nb\nc\rd", "\"", "\"\"", " blanks ",
            "a\tb", ";,|", "'tis",
            "_x000D_", "a_x0041_b", "_", "<&>", "\u0001\u001F", "😀 नमस्ते بشير", "\u2028", "#N/A", new('x', 32_767),
        ];
        ReadBack(["head", .. Enumerable.Repeat("h", cells.Length - 1)], cells, format).ShouldBe(cells);
    }

    [Fact]
    public void CellOfAWorkbook_IsNeverLongerThanExcelTakes_AndCutAtAWholeCharacter()
    {
        var text = new string('x', 30_000) + string.Concat(Enumerable.Repeat("😀", 2_000));

        foreach (var shift in new[] { "", "y", "=" })
        {
            var cell = ReadBack(["head"], [shift + text], TableFormat.Xlsx).ShouldHaveSingleItem();

            cell.Length.ShouldBeInRange(32_700, 32_767);
            TextRule.IsStorable(cell).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    public void Encodings_WithAndWithoutAMark_AreRecognised(string name, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = "First name;City\nJosé;Köln\n\u0628\u0634\u064A\u0631;\u0627\u0644\u0631\u064A\u0627\u0636\n";

        var rows = ReadCsv([.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);

        rows.ConvertAll(row => row.Cells[1]).ShouldBe(["City", "Köln", "\u0627\u0644\u0631\u064A\u0627\u0636"]);
    }

    [Fact]
    public void Windows1252_ShowsByOneLetterAtTheVeryEnd()
    {
        var file = Western.GetBytes("name,city\n" + string.Concat(Enumerable.Repeat("Asha,Kochi\n", 20_000)) + "José,Köln – “x”\n");

        ReadCsv(file)[^1].Cells.ShouldBe(["José", "Köln – “x”"]);
    }

    [Fact]
    public void Utf8_CutInTheMiddleOfALetterByTheBuffer_IsStillUtf8()
    {
        foreach (var shift in Enumerable.Range(0, 4))
        {
            var file = Encoding.UTF8.GetBytes(new string('x', shift) + ",b\n" + string.Concat(Enumerable.Repeat("😀ü,€\n", 12_000)));

            ReadCsv(file)[^1].Cells.ShouldBe(["😀ü", "€"]);
        }
    }

    [Theory]
    [InlineData("a,b\n1,2", 2)]
    [InlineData("a;b\n1,5;2", 2)]
    [InlineData("a\tb\n1,5\t2;3", 2)]
    [InlineData("a|b\n1|2", 2)]
    [InlineData("only\none", 1)]
    [InlineData("\"a;x\",b\n\"1\n;;;\",2", 2)]
    [InlineData("a,b,c\r1,2,3\r", 3)]
    public void Delimiters_AreRecognised(string text, int columns) =>
        ReadCsv(Encoding.UTF8.GetBytes(text)).ShouldAllBe(row => row.Cells.Length == columns);

    [Fact]
    public void Lines_AreCountedAsAnEditorDoes_AndEmptyOnesPassedOver()
    {
        var rows = ReadCsv("h1,h2\r\n\r\n\"two\nlines\",x\r\n , \r\n,,\r\nlast,y"u8.ToArray());

        rows.ConvertAll(row => (row.Line, row.Cells[0])).ShouldBe([(1, "h1"), (3, "two\nlines"), (7, "last")]);
    }

    [Theory]
    [InlineData("a,b\n1\"2,\"x\"y,z\n")]
    [InlineData("a\0b,c\n\0,\0")]
    [InlineData("a,a\n1,2,3,4,5\n1")]
    public void UntidyFiles_AreReadWithoutAFault(string text) => ReadCsv(Encoding.UTF8.GetBytes(text)).ShouldNotBeEmpty();

    [Property(MaxTest = 200)]
    public bool AnyBytes_AreReadOrRefused(byte[] bytes)
    {
        try
        {
            ReadCsv(bytes);
            return true;
        }
        catch (UnreadableTableException)
        {
            return true;
        }
    }

    [Fact]
    public void AQuoteThatIsNeverClosed_InALargeFile_IsRefusedBeforeItFillsTheMemory()
    {
        var file = Encoding.UTF8.GetBytes("a,b\n\"" + string.Concat(Enumerable.Repeat("x,y\n", ReadingBounds.MaxCellLength / 3)));

        Should.Throw<UnreadableTableException>(() => ReadCsv(file)).Error.Problem.ShouldBe(FileProblem.CellTooLong);
    }

    [Fact]
    public void LongCells_UpToAContactsNotes_AreRead()
    {
        var notes = new string('n', 65_535);

        ReadCsv(Encoding.UTF8.GetBytes($"a,b\n1,\"{notes}\""))[1].Cells[1].ShouldBe(notes);
    }

    [Fact]
    public void Workbook_OfAnotherProgram_GivesNumbersAndDatesAsText()
    {
        using var file = new MemoryStream();
        MiniExcelLibs.MiniExcel.SaveAs(
            file,
            new[] { new { Phone = 919_587_422_369d, Share = 0.5, On = new DateTime(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc), Yes = true } });

        Read(file.ToArray(), TableFormat.Xlsx)[1].Cells[..2].ShouldBe(["919587422369", "0.5"]);
    }

    [Fact]
    public void Workbook_ThatIsCutOff_IsRefused()
    {
        var whole = Write([["a"], ["1"]], TableFormat.Xlsx);
        using var cut = new MemoryStream(whole[..(whole.Length / 2)]);

        Should.Throw<UnreadableTableException>(() => Read(cut.ToArray(), TableFormat.Xlsx)).Error.Problem.ShouldBe(FileProblem.Damaged);
    }

    [Fact]
    public void Zip_ThatIsNoWorkbook_IsRefused()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("readme.txt");
        }

        Should.Throw<UnreadableTableException>(() => Read(file.ToArray(), TableFormat.Xlsx)).Error.Problem.ShouldBe(FileProblem.NoTable);
    }

    [Fact]
    public void Workbook_WithBrokenXml_IsRefusedAndNotAFault()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in new[] { "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                "xl/worksheets/sheet1.xml" })
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open());
                part.Write("<broken><");
            }
        }

        Should.Throw<UnreadableTableException>(() => Read(file.ToArray(), TableFormat.Xlsx));
    }

    private static bool ComesBack(string[][] table, TableFormat format)
    {
        var rows = table.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell))).ToArray();
        var width = rows.Length == 0 ? 1 : rows.Max(row => row.Length);
        var square = rows.Select(row => row.Concat(Enumerable.Repeat("", width - row.Length)).ToArray()).ToArray();
        var back = Read(Write(square.Prepend([.. Enumerable.Repeat("header", width)]), format), format).Skip(1).ToList();
        return back.Count == square.Length
            && back.Zip(square).All(pair => pair.First.Cells.SequenceEqual(pair.Second, StringComparer.Ordinal));
    }

    private static string[] ReadBack(string[] header, string[] cells, TableFormat format) =>
        Read(Write([header, cells], format), format)[1].Cells;

    private static byte[] Write(IEnumerable<string[]> rows, TableFormat format)
    {
        using var file = new MemoryStream();
        WriteAsync().GetAwaiter().GetResult();
        return file.ToArray();

        async Task WriteAsync()
        {
            await using var table = TableWriter.Open(format, file);
            foreach (var row in rows)
            {
                await table.WriteAsync(row);
            }
        }
    }

    private static List<TableRow> Read(byte[] bytes, TableFormat format)
    {
        if (format == TableFormat.Csv)
        {
            return ReadCsv(bytes);
        }

        using var book = XlsxWorkbook.Open(new MemoryStream(bytes), Bounds);
        return [.. book.Read(book.Sheets[0])];
    }

    private static List<TableRow> ReadCsv(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        var encoding = EncodingGuess.Of(file, Bounds);
        return [.. CsvTable.Read(file, CsvForm.Guess(CsvForm.Head(file, encoding), encoding, null), Bounds)];
    }
}
