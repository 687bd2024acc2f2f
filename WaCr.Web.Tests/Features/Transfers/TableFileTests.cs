using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Transfers.Reading;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>What is understood of files that say nothing about themselves.</summary>
public sealed class TableFileTests
{
    private static readonly (string Encoding, string Headers, string[] Names)[] Languages =
    [
        ("windows-1251", "Имя;Фамилия;Телефон", ["Иван", "Пётр", "Ольга", "Сергей", "Наталья", "Ирина"]),
        ("koi8-r", "Имя;Фамилия;Телефон", ["Иван", "Пётр", "Ольга", "Сергей", "Наталья", "Ирина"]),
        ("windows-1256", "الاسم الأول;اسم العائلة;الهاتف", ["ليلى", "حداد", "بشير", "النجار", "محمد", "فاطمة"]),
        ("windows-1252", "Prénom;Nom;Téléphone", ["José", "Núñez", "Müller", "René", "Åsa", "Zoë"]),
        ("windows-1250", "Imię;Nazwisko;Telefon", ["Łukasz", "Wiśniewski", "Małgorzata", "Wójcik", "Żaneta", "Święcka"]),
        ("windows-1254", "Adı;Soyadı;Cep Telefonu", ["Şebnem", "Yılmaz", "İbrahim", "Çağlar", "Gülşen", "Işık"]),
        ("windows-1253", "Όνομα;Επώνυμο;Τηλέφωνο", ["Γιώργος", "Παπαδόπουλος", "Μαρία", "Νίκος", "Ελένη", "Κώστας"]),
    ];

    [Property(MaxTest = 200)]
    public Property ATable_InAnOldCodePage_IsReadInIt() => Prop.ForAll(
        Gen.Elements(Languages).SelectMany(language => Gen.Elements(language.Names).Two().NonEmptyListOf()
            .Select(names => (language, names: names.Take(40).ToList()))).ToArbitrary(),
        table =>
        {
            var rows = table.names.Select((name, i) => $"{name.Item1};{name.Item2};+9190000{i:D5}").ToList();
            var file = ReadingChoice.EncodingOf(table.language.Encoding)
                .GetBytes(table.language.Headers + "\r\n" + string.Join("\r\n", rows));
            using var read = Open(file);
            return read.Headers.SequenceEqual(table.language.Headers.Split(';'))
                && read.Rows.Select(row => string.Join(';', row.Cells)).SequenceEqual(rows);
        });

    [Property(MaxTest = 200)]
    public Property AnyWrongByte_InUtf8_MakesItsRowDoubtfulAndNoOther() => Prop.ForAll(
        Gen.Choose(0x80, 0xFF).SelectMany(wrong => Gen.Choose(0, 29).Select(row => (Wrong: (byte)wrong, Row: row))).ToArbitrary(),
        where =>
        {
            var lines = Enumerable.Range(0, 30).Select(i => Encoding.UTF8.GetBytes($"José,Núñez,+9198142{i:D5}\n")).ToList();
            lines[where.Row] = [.. "Ren"u8, where.Wrong, .. ",Roy,+919814299999\n"u8];
            using var read = Open([.. "First name,Last name,Phone\n"u8, .. lines.SelectMany(line => line)]);
            var rows = read.Rows.ToList();
            return read.Reading.Encoding == "utf-8" && rows.Count == 30
                && rows.Index().All(row => row.Item.IsDoubtful == (row.Index == where.Row))
                    && rows[where.Row].Cells.Skip(1).SequenceEqual(["Roy", "+919814299999"]);
        });

    [Theory]
    [InlineData("sep=;\r\nName;Phone\r\nAsha;1", ';')]
    [InlineData("SEP=|\nName|Phone\nAsha|1", '|')]
    [InlineData("\"sep=\t\"\nName\tPhone\nAsha\t1", '\t')]
    [InlineData("sep=:\nName:Phone\nAsha:1", ':')]
    public void ALineThatNamesTheDelimiter_IsUnderstood(string text, char delimiter)
    {
        using var read = Open(Encoding.UTF8.GetBytes(text));

        (read.Reading.Delimiter, string.Join(',', read.Headers), read.Rows.Count()).ShouldBe((delimiter, "Name,Phone", 1));
    }

    [Theory]
    [InlineData("Name,Phone\nAsha,+919000000001", 1)]
    [InlineData("Contacts\n\nName,Phone\nAsha,+919000000001\nRavi,+919000000002", 3)]
    [InlineData("Export of 12/09/2026;;\nby: asha@example.org;;\nVorname;Nachname;Telefon\nA;B;+4930123456\nC;D;+4930123457", 3)]
    [InlineData("Kunde,Ruf,Ort\nA,+4930123456,B\nC,+4930123457,D", 1)]
    [InlineData("Asha,+919000000001\nRavi,+919000000002", 0)]
    [InlineData("asha@example.org\nravi@example.org", 0)]
    [InlineData("+919000000001\n+919000000002", 0)]
    public void TheLineThatNamesTheColumns_IsFound(string text, int line)
    {
        using var read = Open(Encoding.UTF8.GetBytes(text));

        read.Reading.HeaderLine.ShouldBe(line);
    }

    [Theory]
    [InlineData("a,b\n1,\"open\n2,3\n", 2)]
    [InlineData("a,b\n1,\"6 ft table\n2,\"fine\"\n3,x\n", 2)]
    [InlineData("\"a,b\n1,2", 1)]
    [InlineData("a,b\n1,\"two\nlines\"\n2,\"open\n3,4", 4)]
    [InlineData("a,b\r\n1,\"two\r\nlines\"x\r\n", 2)]
    public void AQuoteThatIsNotClosed_IsRefusedWithItsLine(string text, int line)
    {
        var refused = Should.Throw<UnreadableTableException>(() =>
        {
            using var read = Open(Encoding.UTF8.GetBytes(text));
            return read.Rows.ToList();
        });

        (refused.Error.Problem, refused.Error.Line).ShouldBe((FileProblem.QuoteNotClosed, line));
    }

    [Theory]
    [InlineData("<html><body><table><tr><td>1</td></tr></table></body></html>", FileProblem.WebPage)]
    [InlineData("\uFEFF\r\n <!DOCTYPE html><table>", FileProblem.WebPage)]
    [InlineData("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", FileProblem.WebPage)]
    [InlineData("[{\"name\":\"Asha\"}]", FileProblem.NoTable)]
    public void WhatIsNoTable_IsNamed(string text, object problem) =>
        Should.Throw<UnreadableTableException>(() => Open(Encoding.UTF8.GetBytes(text))).Error.Problem.ShouldBe((FileProblem)problem);

    [Fact]
    public void Workbooks_OfOtherPrograms_AreRead()
    {
        var book = new TestWorkbook()
            .Strings(
                "<si><r><t>Na</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">me</t></r><rPh sb=\"0\" eb=\"1\"><t>phonetic</t></rPh></si><si><t>Phone</t></si><si><t>a_x000D_b</t></si>")
            .Formats("00000", "yyyy\\-mm\\-dd", "+0", "General", "[$-409]d\\ mmm;@", "\"day\" 0")
            .Sheet("Only",
                "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c/><c t=\"str\"><v>ZIP</v></c></row>"
                + "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>2</v></c><c r=\"B7\" s=\"2\"><v>919000000001</v></c><c r=\"D7\" s=\"0\"><v>501</v></c></row>"
                + "<row><c s=\"1\"><v>46085</v></c><c s=\"3\"><v>9.19820100002E11</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
                + "<row><c s=\"4\"><v>46085.5</v></c><c s=\"5\"><v>12</v></c></row>")
            .ToArray();

        using var read = Open(book);

        read.Headers.ShouldBe(["Name", "Phone", "", "ZIP"]);
        read.Rows.Select(row => $"{row.Line}: {string.Join('|', row.Cells)}").ShouldBe(
            ["7: a\rb|+919000000001||00501", "8: 2026-03-04|919820100002|true|#DIV/0!", "9: 2026-03-04 12:00:00|12"]);
    }

    [Theory]
    [InlineData("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\nTEL;WORK:+4930123456\r\nTEL;CELL:+491711234567\r\nEND:VCARD\r\n", "Jörg|Müller|+491711234567 ::: +4930123456")]
    [InlineData("BEGIN:VCARD\nVERSION:4.0\nFN:Asha Rao\nitem1.TEL;TYPE=\"cell,voice\";VALUE=uri:tel:+91-98131-00001\nEND:VCARD",
        "||tel:+91-98131-00001")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nN:Rao\\, Sr.;Asha;Devi;;\nTEL:+91 98131\n  00001\nPHOTO;ENCODING=b:AAAA\n AAAA\nEND:VCARD",
        "Asha Devi|Rao, Sr.|+91 98131 00001")]
    public void VCards_OfEveryVersion_AreRead(string text, string expected)
    {
        using var read = Open(Encoding.UTF8.GetBytes(text));

        var row = read.Rows.ShouldHaveSingleItem();
        $"{row.Cells[0]}|{row.Cells[1]}|{row.Cells[3]}".ShouldBe(expected);
    }

    [Property(MaxTest = 300)]
    public bool AnyBytes_AreReadOrRefused(byte[] bytes)
    {
        try
        {
            using var read = Open([.. "PK\u0003\u0004"u8[..(bytes.Length % 5 == 0 ? 4 : 0)], .. bytes]);
            return read.Rows.ToList().Count >= 0;
        }
        catch (UnreadableTableException)
        {
            return true;
        }
    }

    private static TableFile Open(byte[] file) =>
        TableFile.Open(new MemoryStream(file), new ReadingChoice(), new ReadingBounds(TimeProvider.System, CancellationToken.None));
}
