using System.Text;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Tests.Features.Transfers;

/// <summary>What tests of imports do over and over.</summary>
internal static class ImportWorld
{
    public const string Header = "First name,Last name,Phone,E-mail,Status,Source,Groups,Company";

    private static readonly CancellationToken None = CancellationToken.None;

    public static Task<Result<long>> SendAsync(this TestTenant tenant, byte[] file, string name = "people.csv") =>
        tenant.Get<ImportUpload>().ReceiveAsync(new MemoryStream(file), name, None);

    /// <summary>A file of these lines below <see cref="Header"/>.</summary>
    public static async Task<ImportItem> UploadAsync(this TestTenant tenant, params IEnumerable<string> lines) =>
        await tenant.GetImportAsync(
            await tenant.SendAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Prepend(Header)))).OrThrowAsync());

    public static Task<ImportItem> GetImportAsync(this TestTenant tenant, long id) =>
        tenant.Get<ImportQueries>().GetAsync(id, None).OrThrowAsync();

    public static async Task<ImportSettings> SettingsAsync(
        this TestTenant tenant, ImportItem import, ExistingPolicy existing = ExistingPolicy.Skip) =>
        await tenant.Get<ImportQueries>().GuessAsync(import.Id, None).OrThrowAsync() with { Existing = existing };

    public static async Task<ImportForecast> CheckAsync(this TestTenant tenant, ImportItem import, ImportSettings settings) =>
        await tenant.Get<ImportCheck>().RunAsync(import.Id, settings, new Progress<int>(), None).OrThrowAsync();

    public static Task<ImportItem> StartAsync(this TestTenant tenant, ImportItem import, ImportSettings settings) =>
        tenant.Get<ImportService>().StartAsync(import.Id, settings, None).OrThrowAsync();

    /// <summary>Uploads, starts and works to the end.</summary>
    public static async Task<ImportItem> ImportAsync(
        this TestWorld world, TestTenant tenant, ExistingPolicy existing, params IEnumerable<string> lines)
    {
        var import = await tenant.UploadAsync(lines);
        await tenant.StartAsync(import, await tenant.SettingsAsync(import, existing));
        await world.WorkAsync();
        return await tenant.GetImportAsync(import.Id);
    }

    public static async Task<BulkJobItem> UndoAsync(this TestWorld world, TestTenant tenant, ImportItem import)
    {
        var undo = await tenant.Get<BulkService>().UndoAsync(import.Job!.Id, None).OrThrowAsync();
        await world.WorkAsync();
        return await tenant.Get<BulkQueries>().GetAsync(undo.Id, None).OrThrowAsync();
    }

    /// <summary>What the hosted loop does, until nothing is left.</summary>
    public static Task WorkAsync(this TestWorld world) => world.Services.WorkBulkAsync();

    public static Task<Claim<BulkJob>?> ClaimAsync(this TestWorld world) => world.Services.ClaimBulkAsync();

    public static async Task<List<ContactDetails>> EverybodyAsync(this TestTenant tenant) =>
        [
            .. (await tenant.ListAsync(new ContactQuery { Page = new PageRequest(1, 1_000),
                Sort = [new SortTerm(ContactSortFields.Id, false)], Includes = ContactIncludes.All })).Items
        ];

    /// <summary>The file of failed rows, as text.</summary>
    public static async Task<string> FailedFileAsync(this TestTenant tenant, ImportItem import)
    {
        using var file = new MemoryStream();
        var words = new FailedRowLabels("Import error", (field, messages) => $"{field}: {string.Join(' ', messages)}");
        await tenant.Get<FailedRowExport>().WriteAsync(import, TableFormat.Csv, words, file, None);
        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF');
    }

    public static (int Created, int Updated, int Unchanged, int Skipped, int Failed) Counts(this ImportItem import) =>
        (import.Created, import.Updated, import.Unchanged, import.Skipped, import.Failed);

    public static (int Create, int Update, int Skip, int Error) Counts(this ImportForecast forecast) =>
        (forecast.Create, forecast.Update, forecast.Skip, forecast.Error);
}
