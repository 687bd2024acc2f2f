using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>
/// Files that claim more than they hold, or hold more than anybody imports: each is refused by its rule while it is read.
/// </summary>
public sealed class ImportBoundsTests
{
    private const string Header =
        "<row r=\"1\"><c t=\"inlineStr\"><is><t>Name</t></is></c><c t=\"inlineStr\"><is><t>Phone</t></is></c></row>";
    private static readonly string Person = TestWorkbook.Row(2, "Asha", "+919000000001");

    [Theory]
    [InlineData(20_000_000)]
    [InlineData(2_000_000_000)]
    [InlineData(99_999_999_999)]
    public async Task Workbook_WithARowFarBelow_IsRefused(long number) =>
        (await ProblemOfAsync(TestWorkbook.Of($"{Header}{Person}<row r=\"{number}\"><c t=\"inlineStr\"><is><t>x</t></is></c></row>")))
            .ShouldBe(FileProblem.TooManyRows);

    [Fact]
    public async Task Workbook_WithACellOfMillionsOfLetters_IsRefused() =>
        (await ProblemOfAsync(TestWorkbook.Of($"{Header}<row r=\"2\">{TestWorkbook.Cell(new string('a', 12_000_000))}</row>")))
            .ShouldBe(FileProblem.CellTooLong);

    [Fact]
    public async Task Workbook_WhoseCellUsesASharedTextOfMillionsOfLetters_IsRefused() =>
        (await ProblemOfAsync(new TestWorkbook().Strings($"<si><t>{new string('a', 12_000_000)}</t></si>")
            .Sheet("S", $"{Header}<row r=\"2\"><c t=\"s\"><v>0</v></c></row>").ToArray()))
            .ShouldBe(FileProblem.CellTooLong);

    [Fact]
    public async Task Workbook_ThatUnpacksToHundredsOfTimesItsSize_IsRefused() =>
        (await ProblemOfAsync(TestWorkbook.Of(Header + string.Concat(Enumerable.Repeat($"<{new string('a', 20_000)}/>", 1_000)))))
            .ShouldBe(FileProblem.TooLargeUnpacked);

    [Fact]
    public async Task Workbook_WithAnAttributeOfMillionsOfLetters_IsRefused() =>
        (await ProblemOfAsync(TestWorkbook.Of($"{Header}<row r=\"2\" x=\"{new string('a', 4_000_000)}\"/>"))).ShouldBe(FileProblem.Damaged);

    [Fact]
    public async Task Workbook_ThatNestsWithoutEnd_IsRefused() =>
        (await ProblemOfAsync(TestWorkbook.Of(Header + string.Concat(Enumerable.Repeat("<x>", 100_000))))).ShouldBe(FileProblem.Damaged);

    [Fact]
    public async Task Workbook_WithAFilledCellFarToTheRight_IsRefused() =>
        (await ProblemOfAsync(TestWorkbook.Of($"{Header}<row r=\"2\"><c r=\"XEH2\" t=\"inlineStr\"><is><t>x</t></is></c></row>")))
            .ShouldBe(FileProblem.TooManyColumns);

    [Fact]
    public async Task Workbook_WithADocumentType_IsRefused() =>
        (await ProblemOfAsync(new TestWorkbook().Sheet("S", Person).Strings("]]><!DOCTYPE x>").ToArray())).ShouldBe(FileProblem.Damaged);

    [Fact]
    public async Task Zip_OfTensOfThousandsOfFiles_IsRefused()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 20_000; i++)
            {
                zip.CreateEntry($"{i}");
            }
        }

        (await ProblemOfAsync(file.ToArray())).ShouldBe(FileProblem.Damaged);
    }

    [Fact]
    public async Task Workbook_ThatClaimsToReachFarToTheRight_IsReadAsItIs()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var rows = string.Concat(Enumerable.Range(2, 2_000).Select(n => TestWorkbook.Row(n, $"N{n}", $"+91{9_000_000_000 + n}")));
        var started = Stopwatch.GetTimestamp();

        var import = await tenant.GetImportAsync(await tenant.SendAsync(
            new TestWorkbook().Sheet("S", Header + rows + "<row r=\"1048576\"><c r=\"XFD1048576\"/></row>",
                before: "<dimension ref=\"A1:XFD1048576\"/>").ToArray()).OrThrowAsync());

        (import.Rows, import.Headers.Count).ShouldBe((2_000, 2));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Csv_WithMillionsOfCommasInALine_IsRefused()
    {
        var commas = new string(',', 10_000_000);

        (await ProblemOfAsync(Encoding.UTF8.GetBytes(commas))).ShouldBe(FileProblem.TooManyColumns);
        (await ProblemOfAsync(Encoding.UTF8.GetBytes($"Name,Phone{commas}\nAsha,+919000000001"))).ShouldBe(FileProblem.TooManyColumns);
        (await ProblemOfAsync(Encoding.UTF8.GetBytes($"Name,Phone\nAsha,+919000000001{commas}"))).ShouldBe(FileProblem.TooManyColumns);
    }

    [Fact]
    public async Task Csv_WithBlankCellsAsFarAsASheetReaches_IsRead() =>
        (await ProblemOfAsync(
            Encoding.UTF8.GetBytes($"Name,Phone{new string(',', 16_000)}\nAsha,+919000000001{new string(',', 16_000)}"))).ShouldBeNull();

    [Theory]
    [InlineData("\n")]
    [InlineData(",\n")]
    public async Task Csv_OfBlankLines_IsRefusedByTheirNumber(string line) =>
        (await ProblemOfAsync(Encoding.UTF8.GetBytes("Name,Phone\n" + string.Concat(Enumerable.Repeat(line, 1_100_000)))))
            .ShouldBe(FileProblem.TooManyRows);

    [Fact]
    public async Task Csv_WithACellOfMillionsOfLetters_IsRefused() =>
        (await ProblemOfAsync(Encoding.UTF8.GetBytes($"Name,Phone\n{new string('a', 2_000_000)},1"))).ShouldBe(FileProblem.CellTooLong);

    [Fact]
    public async Task WhoeverLeaves_IsReadNoFurther()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        using var left = new CancellationTokenSource();
        var file = new MemoryStream(Encoding.UTF8.GetBytes("Name,Phone\n" + string.Concat(
            Enumerable.Repeat("\n", 500_000)) + "Asha,+919000000001"));

        await Should.ThrowAsync<OperationCanceledException>(() => tenant.Get<ImportUpload>()
            .ReceiveAsync(new ActingStream(file, atTheEnd: left.Cancel), "f.csv", left.Token));

        (await tenant.SendAsync("Name,Phone\nAsha,+919000000001"u8.ToArray())).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task AFile_ThatIsReadForMinutes_IsRefused()
    {
        var time = TestClock.Create();
        time.AutoAdvanceAmount = TimeSpan.FromMinutes(1);
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, time);
        var tenant = await world.CreateTenantAsync();

        var refused = await tenant.SendAsync(Encoding.UTF8.GetBytes(
            "Name,Phone\n" + string.Concat(Enumerable.Repeat("Asha,+919000000001\n", 50_000))));

        refused.Error.ShouldBeOfType<FileError>().Problem.ShouldBe(FileProblem.TooSlow);
    }

    [Fact]
    public async Task OneFileAtATime_OfEachWorkspace_AndItsPlaceIsGivenBackWhateverHappens()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var (tenant, other) = (await world.CreateTenantAsync("one"), await world.CreateTenantAsync("other"));
        var arrival = new TaskCompletionSource();
        var slow = tenant.GetFresh<ImportUpload>().ReceiveAsync(
            new ActingStream(new MemoryStream("Name,Phone\n"u8.ToArray()), wait: arrival.Task), "f.csv", CancellationToken.None);

        (await tenant.SendAsync("Name,Phone\nAsha,+919000000001"u8.ToArray())).Error.ShouldBeOfType<FileError>().Problem.ShouldBe(
            FileProblem.AnotherIsRead);
        (await other.SendAsync("Name,Phone\nAsha,+919000000001"u8.ToArray())).Succeeded.ShouldBeTrue();
        arrival.SetException(new IOException("The connection was lost."));

        await Should.ThrowAsync<IOException>(() => slow);
        (await tenant.SendAsync("Name,Phone\nAsha,+919000000001"u8.ToArray())).Succeeded.ShouldBeTrue();
    }

    private static async Task<FileProblem?> ProblemOfAsync(byte[] file)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        return (await tenant.SendAsync(file)).Error is FileError error ? error.Problem : null;
    }

    /// <summary>A body that waits for something before it comes, and does something when it was sent.</summary>
    private sealed class ActingStream(Stream body, Task? wait = null, Action? atTheEnd = null) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await (wait ?? Task.CompletedTask);
            var read = await body.ReadAsync(buffer, CancellationToken.None);
            if (read == 0)
            {
                atTheEnd?.Invoke();
            }

            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
