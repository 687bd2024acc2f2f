using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Tests.Features.Files;

public sealed class FileContentTests
{
    public static TheoryData<string, byte[]> Known => new()
    {
        { "jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8] },
        { "png", [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 13] },
        { "webp", [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8 "u8] },
        { "pdf", [.. "%PDF-1.7\n%\u00E2"u8] },
        { "docx", Zip("[Content_Types].xml", "_rels/.rels", "word/document.xml") },
        { "xlsx", Zip("xl/workbook.xml", "[Content_Types].xml") },
        { "pptx", Zip("[Content_Types].xml", "ppt/presentation.xml") },
        { "doc", Compound("WordDocument") },
        { "xls", Compound("Workbook") },
        { "xls", Compound("Book") },
        { "ppt", Compound("PowerPoint Document") },
        { "txt", [.. "Olá,\tmundo\r\n"u8] },
        { "txt", [0xFF, 0xFE, (byte)'h', 0, (byte)'i', 0] },
        { "txt", Encoding.Latin1.GetBytes("caf\u00E9") },
        { "mp4", [0, 0, 0, 32, .. "ftypisom"u8, 0, 0, 2, 0] },
        { "mp4", [0, 0, 0, 32, .. "ftypmp42"u8] },
        { "3gp", [0, 0, 0, 32, .. "ftyp3gp5"u8] },
        { "mp3", [.. "ID3\u0004"u8, 0, 0] },
        { "mp3", [0xFF, 0xFB, 0x90, 0x64] },
        { "ogg", [.. "OggS"u8, .. new byte[24], .. "\u0001vorbis"u8] },
        { "opus", [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8] },
        { "amr", [.. "#!AMR\n"u8, 0x3C] },
        { "amr", [.. "#!AMR-WB\n"u8] },
        { "aac", [0xFF, 0xF1, 0x50, 0x80] },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public async Task KnownType_IsFound_WhateverTheNameSays(string extension, byte[] content)
    {
        var found = await DetectAsync(content, "holiday.exe");

        found.ShouldNotBeNull().Extension.ShouldBe(extension);
    }

    [Fact]
    public async Task EveryTypeOfTheContract_HasAnExample()
    {
        var found = new List<FileType?> { await DetectAsync("a;b"u8.ToArray(), "prices.CSV") };
        foreach (var example in Known)
        {
            found.Add(await DetectAsync((byte[])example[1], null));
        }

        found.Distinct().Order(Comparer<FileType?>.Create((a, b) => string.CompareOrdinal(a?.Extension, b?.Extension)))
            .ShouldBe(FileType.All.OrderBy(type => type.Extension, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("MZ\u0090\0\u0003\0\0\0")] // a program
    [InlineData("GIF89a\u0001\0\u0001\0")]
    [InlineData("\u007FELF\u0002")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004AVI LIST")]
    [InlineData("\0\0\0\u0020ftypqt  ")]
    [InlineData("\0\0\0\u0020ftypheic")]
    [InlineData("\0\0\0\u0020ftypM4A ")]
    [InlineData("OggS\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u0080theora")]
    [InlineData("")]
    public async Task AnythingElse_IsUnknown(string content) =>
        (await DetectAsync(Encoding.Latin1.GetBytes(content), "picture.png")).ShouldBeNull();

    [Fact]
    public async Task ZipThatIsNoDocument_IsUnknown()
    {
        (await DetectAsync(Zip("setup.exe", "word/other.xml"), "report.docx")).ShouldBeNull();
        (await DetectAsync(Zip("word/document.xml"), "report.docx")).ShouldBeNull();
        (await DetectAsync(Compound("Setup"), "report.doc")).ShouldBeNull();
    }

    [Fact]
    public async Task DirectoryFarBehind_IsFound() =>
        (await DetectAsync(Zip([.. Enumerable.Range(0, 5_000).Select(index => $"xl/worksheets/sheet{index}.xml"), "[Content_Types].xml",
            "xl/workbook.xml"]), null))
            .ShouldBe(FileType.Xlsx);

    [Theory]
    [InlineData(FileKind.Image, 5)]
    [InlineData(FileKind.Document, 100)]
    [InlineData(FileKind.Video, 16)]
    [InlineData(FileKind.Audio, 16)]
    public void Kinds_MayWeighWhatTheContractSays(FileKind kind, long megabytes) =>
        FileType.MaxBytesOf(kind).ShouldBe(megabytes * 1024 * 1024);

    [Property]
    public Property BrokenFile_IsNoDanger() => Prop.ForAll(
        Gen.Elements(Known.Select(example => (byte[])example[1]).ToArray()).ToArbitrary(),
        ArbMap.Default.ArbFor<int>(),
        ArbMap.Default.ArbFor<byte>(),
        (content, place, value) =>
        {
            var broken = content.ToArray();
            broken[(int)((uint)place % broken.Length)] = value;
            _ = DetectAsync(broken, null).GetAwaiter().GetResult();
            _ = DetectAsync(content[..(int)((uint)place % content.Length)], null).GetAwaiter().GetResult();
        });

    private static async Task<FileType?> DetectAsync(byte[] content, string? fileName)
    {
        using var file = new MemoryStream(content);
        var found = await FileContent.DetectAsync(file, fileName, default);
        file.Position.ShouldBe(0);
        return found;
    }

    private static byte[] Zip(params string[] names)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write("<x/>"u8);
            }
        }

        return file.ToArray();
    }

    /// <summary>A container whose directory lies behind its first sectors.</summary>
    private static byte[] Compound(string stream)
    {
        var file = new byte[512 * 200];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file, 0);
        var entry = file.AsSpan((512 * 190) + 128);
        Encoding.Unicode.GetBytes(stream).CopyTo(entry);
        entry[64] = (byte)((stream.Length + 1) * 2);
        entry[66] = 2;
        return file;
    }
}
