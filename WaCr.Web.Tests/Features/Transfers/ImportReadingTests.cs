using System.Text;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>What was understood of a file is kept with it, and can be chosen otherwise until the import is started.</summary>
public sealed class ImportReadingTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Titled =
        "Report,,\nName,Phone,City\nAsha Rao,+919000000001,Pune\nLeela Nair,+919000000002,Goa\n"u8.ToArray();

    [Theory, OnEachEngine]
    public async Task AFile_ReadAgain_IsAnImportOfItsOwn_AndTakesTheOtherOnesPlace(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var first = await tenant.GetImportAsync(await tenant.SendAsync(Titled).OrThrowAsync());
        (first.Reading!.HeaderLine, first.Rows, first.Reading.Top.Count).ShouldBe((2, 2, 4));

        var again = await ReadAgainAsync(tenant, first.Id, new ReadingChoice(HeaderLine: 0));

        (again.Rows, again.Reading!.HeaderLine, again.FileName).ShouldBe((4, 0, first.FileName));
        again.Headers.ShouldBe(["", "", ""]);
        (await tenant.Get<ImportQueries>().GetAsync(first.Id, None)).Error.ShouldBeOfType<NotFoundError>();

        // And back; then it is started, and the file itself is gone.
        again = await ReadAgainAsync(tenant, again.Id, new ReadingChoice(HeaderLine: 2));
        again.Headers.ShouldBe(["Name", "Phone", "City"]);
        await tenant.StartAsync(again, await tenant.SettingsAsync(again));
        await world.WorkAsync();
        (await tenant.GetImportAsync(again.Id)).Created.ShouldBe(2);
        (await tenant.Get<ImportUpload>().ReadAgainAsync(again.Id, new ReadingChoice(), None)).Error.ShouldBeOfType<NotFoundError>();
        await using var db = tenant.OpenDatabase();
        (await db.ImportFileParts.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task EncodingDelimiterAndSheet_CanBeChosen()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var greek = ReadingChoice.EncodingOf("windows-1253").GetBytes("a;b\nΓιώργος;1,5\n");
        var text = await tenant.GetImportAsync(await tenant.SendAsync(greek).OrThrowAsync());

        text = await ReadAgainAsync(tenant, text.Id, new ReadingChoice("windows-1251", ',', HeaderLine: 1));
        (text.Format, text.Headers[0]).ShouldBe(("CSV, WINDOWS-1251, ,", "a;b"));
        text = await ReadAgainAsync(tenant, text.Id, new ReadingChoice("windows-1253", ';', HeaderLine: 1));
        (await tenant.Get<ImportQueries>().SampleAsync(text.Id, None))[0].Cells.ShouldBe(["Γιώργος", "1,5"]);

        var book = new TestWorkbook().Sheet("People", TestWorkbook.Row(1, "Name", "Phone") + TestWorkbook.Row(2, "Asha", "+919000000001"))
            .Sheet("Secret", TestWorkbook.Row(1, "Name", "Phone"), state: "hidden")
                .Sheet("Other", TestWorkbook.Row(1, "x", "y") + TestWorkbook.Row(2, "1", "2")).ToArray();
        var sheets = await tenant.GetImportAsync(await tenant.SendAsync(book).OrThrowAsync());
        (sheets.Reading!.Sheet, string.Join(',', sheets.Reading.Sheets)).ShouldBe(("People", "People,Other"));
        sheets = await ReadAgainAsync(tenant, sheets.Id, new ReadingChoice(Sheet: "Other"));
        sheets.Headers.ShouldBe(["x", "y"]);
    }

    [Fact]
    public async Task AChoiceThatLeavesNoRows_IsRefused_AndNothingIsLost()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        var import = await tenant.GetImportAsync(await tenant.SendAsync(Titled).OrThrowAsync());

        (await tenant.Get<ImportUpload>().ReadAgainAsync(import.Id, new ReadingChoice(HeaderLine: 4),
            None)).Error.ShouldBeOfType<FileError>().Problem.ShouldBe(FileProblem.Empty);

        (await ReadAgainAsync(tenant, import.Id, new ReadingChoice())).Rows.ShouldBe(2);
        (await tenant.Get<ImportQueries>().ListAsync(new PageRequest(1, 10), None).OrThrowAsync()).Total.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task TheOtherTenant_CannotReadItAgain(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var import = await theirs.SendAsync(Titled).OrThrowAsync();

        (await mine.Get<ImportUpload>().ReadAgainAsync(import, new ReadingChoice(), None)).Error.ShouldBeOfType<NotFoundError>();

        (await theirs.GetImportAsync(import)).Rows.ShouldBe(2);
    }

    private static async Task<ImportItem> ReadAgainAsync(TestTenant tenant, long id, ReadingChoice choice) =>
        await tenant.GetImportAsync(await tenant.GetFresh<ImportUpload>().ReadAgainAsync(id, choice, None).OrThrowAsync());
}
