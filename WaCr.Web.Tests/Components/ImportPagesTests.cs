using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WaCr.Web.Components.Pages.Contacts.Import;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Tests.Features.Transfers;

namespace WaCr.Web.Tests.Components;

/// <summary>A file's way over the pages: what its columns are, what would come of it, what came of it.</summary>
public sealed class ImportPagesTests : ComponentTest
{
    private const string Good = "Asha,Patel,+919000000001,asha@example.org,,,,Acme";
    private const string Bad = "Ravi,Kumar,12,,,,,";

    [Fact]
    public async Task AFile_IsMappedCheckedAndImported_WithCountsThatAddUp()
    {
        var page = await OpenAsync(Good, "Ravi,Kumar,12,,,,Unknown,");

        page.Find("#column-0").GetAttribute("value").ShouldBe("First name");
        page.FindAll(".mapping-source")[0].TextContent.ShouldContain("Asha · Ravi");
        await page.Find(".form-foot .mud-button-filled-primary").ClickAsync(new());
        page.WaitForElement(".outcome.create");
        Number(page, "create").ShouldBe("1");
        Number(page, "error").ShouldBe("1");
        page.Find(".preview").TextContent.ShouldContain("Enter a valid phone number");
        page.FindAll(".preview li").ShouldAllBe(row => row.Children.Length == 3, "line, who it is, what is said of it");

        page.Find(".form-foot .mud-button-filled-primary").TextContent.ShouldContain("Import 1 row");
        await page.Find(".form-foot .mud-button-filled-primary").ClickAsync(new());
        page.WaitForAssertion(() => page.FindAll(".import-counts dd").Select(count => count.TextContent).ShouldBe(["1", "0", "0", "0", "1", "2"]));
        page.Find(".import-done .banner").TextContent.ShouldContain("1 row failed");
        (await Tenant.FindAsync("asha@example.org")).ShouldBe(["Asha"]);
    }

    [Fact]
    public async Task AColumnTwice_OrNoPhone_IsSaidWhereItIsChosen()
    {
        var page = await OpenAsync(Good);

        await page.ChooseAsync("column-1", "firstname");
        page.FindAll(".mapping-row")[1].TextContent.ShouldContain("Two columns have the same field");
        await page.ChooseAsync("column-1", "");
        page.FindAll(".mapping-row")[1].ClassList.ShouldContain("passed");
        await page.ChooseAsync("column-2", "");
        await page.Find(".form-foot .mud-button-filled-primary").ClickAsync(new());

        page.WaitForElement(".panel > .error").GetAttribute("role").ShouldBe("alert");
    }

    [Fact]
    public async Task HowTheFileWasRead_IsShown_AndReadAgainAsItIsChosen()
    {
        var page = await OpenAsync(Good, Bad);
        page.FindAll(".reading-sample tr").Count.ShouldBe(3);
        page.Find(".reading-sample tr.header").TextContent.ShouldContain("First name");
        var before = page.Instance.Id;

        await page.ChooseAsync("reading-header", 0);

        var address = Browser.Services.GetRequiredService<NavigationManager>().Uri;
        var id = long.Parse(address.Split('/')[^1], CultureInfo.InvariantCulture);
        id.ShouldNotBe(before);
        page.Render(parameters => parameters.Add(p => p.Id, id));
        page.WaitForAssertion(() => page.FindAll(".reading-sample tr.header").ShouldBeEmpty());
        page.FindAll(".mapping-row").Count.ShouldBe(8);
        page.Find(".import-head").TextContent.ShouldContain("3 rows");
    }

    [Fact]
    public async Task Imports_ListWhatCameBefore_AndSomebodyElsesIdIsNobodys()
    {
        var import = await Tenant.UploadAsync(Good);

        Browser.Render<ImportsPage>().WaitForElement("tbody tr").TextContent.ShouldContain(import.FileName);
        Browser.Render<ImportPage>(page => page.Add(p => p.Id, import.Id + 1)).WaitForElement(".notice");
    }

    private async Task<IRenderedComponent<ImportPage>> OpenAsync(params string[] lines)
    {
        var import = await Tenant.UploadAsync(lines);
        var page = Browser.Render<ImportPage>(parameters => parameters.Add(p => p.Id, import.Id));
        page.WaitForElement(".mapping");
        return page;
    }

    private static string Number(IRenderedComponent<ImportPage> page, string outcome) => page.Find($".outcome.{outcome} .tile-number").TextContent;
}
