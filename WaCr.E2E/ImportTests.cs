using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Domain;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class ImportTests(StaffApp app)
{
    [Fact]
    public async Task Staff_import_1000_good_and_20_bad_rows_mend_those_send_them_again_and_undo()
    {
        await using var staff = await app.SignInAsync(await NewWorkspaceAsync());
        var page = staff.Page;
        await staff.GotoAsync("/contacts");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(staff.Heading).ToHaveTextAsync("Import contacts");
        await staff.LiveAsync();

        await SendAsync(page, "people.csv", Encoding.UTF8.GetBytes(People()));
        await Expect(page.GetByLabel("Vorname")).ToHaveValueAsync("First name");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Button("Check the rows").ClickAsync();
        await Expect(page.Locator(".outcome.create .tile-number"))
            .ToHaveTextAsync(1_000.ToString("N0", CultureInfo.GetCultureInfo("en-GB")));
        await Expect(page.Locator(".outcome.error .tile-number")).ToHaveTextAsync("20");
        await Expect(page.Locator(".preview")).ToContainTextAsync("Enter a valid phone number");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Button("Import 1,000 rows").ClickAsync();
        await Expect(page.GetByText("20 rows failed")).ToBeVisibleAsync();
        await Expect(page.Locator("#result-title")).ToHaveTextAsync("Done");
        await Expect(page.Locator(".import-counts")).ToContainTextAsync("1,020");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        var failed = await DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Failed rows as CSV" }));
        failed.ShouldContain("Import error");
        await page.GetByRole(AriaRole.Link, new() { Name = "Upload the fixed file" }).ClickAsync();
        await Expect(staff.Heading).ToHaveTextAsync("Import contacts");
        var number = 0;
        var mended = string.Join(
            "\r\n", failed.Split("\r\n").Select(line => line.Replace(";12;", $";+9192000000{number++:D2};", StringComparison.Ordinal)));
        await SendAsync(page, "mended.csv", Encoding.UTF8.GetBytes(mended));
        await staff.Button("Check the rows").ClickAsync();
        await staff.Button("Import 20 rows").ClickAsync();
        await Expect(page.Locator("#result-title")).ToHaveTextAsync("Done");
        await Expect(page.Locator(".import-counts")).Not.ToContainTextAsync("20 rows failed");

        await staff.Button("Undo this import").ClickAsync();
        await Expect(page.Locator("#result-title")).ToHaveTextAsync("Undone");
        await staff.GotoAsync("/contacts/import");
        await page.GetByRole(AriaRole.Link, new() { Name = "people.csv" }).ClickAsync();
        await staff.Button("Undo this import").ClickAsync();
        await Expect(page.Locator("#result-title")).ToHaveTextAsync("Undone");
        await staff.GotoAsync("/contacts/jobs");
        await Expect(page.Locator(".bulk-list li").Filter(new() { HasText = "Undo: Import people.csv" }).First)
            .ToContainTextAsync("1,000 changes undone");
    }

    [Fact]
    public async Task A_file_that_is_no_table_is_refused_in_words()
    {
        await using var staff = await app.SignInAsync("owner@demo.test");
        staff.ExpectedFailure = "415";
        await staff.GotoAsync("/contacts/import");

        await SendAsync(staff.Page, "photo.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8]);

        await Expect(staff.Page.GetByText("This is not a table. Upload a CSV, XLSX or vCard file.")).ToBeVisibleAsync();
    }

    // Of its own: what is undone fills the trash, which other tests look into.
    private async Task<string> NewWorkspaceAsync()
    {
        await using var scope = app.CreateScope();
        var workspace = new CreateTenant("Imports Ltd", $"imports-{Guid.NewGuid():N}"[..20], "business", "IN");
        (await scope.ServiceProvider.GetRequiredService<TenantService>()
            .CreateAsync(workspace, ChangeOrigin.System, CancellationToken.None))
            .OrThrow();
        var person = new CreateUser($"{workspace.Subdomain}@example.org", "Ravi Kumar", Role.Owner, StaffApp.Password);
        (await scope.ServiceProvider.GetRequiredService<UserService>().CreateAsync(person, CancellationToken.None)).OrThrow();
        return person.Email;
    }

    private static Task SendAsync(IPage page, string name, byte[] file) =>
        page.Locator("form[data-upload] input[type=file]")
            .SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = file });

    private static async Task<string> DownloadAsync(IPage page, ILocator link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    // As a German spreadsheet saves it.
    private static string People() => string.Join("\n", Enumerable.Range(0, 1_020)
        .Select(n => $"Anna;Import{n};{(n % 51 == 50 ? "12" : $"+91{9_300_000_000 + n}")};anna{n}@import.example")
            .Prepend("Vorname;Nachname;Telefon;E-Mail"));
}
