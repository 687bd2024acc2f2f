using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

/// <summary>What stands beside the form: history, duplicates, merging.</summary>
public sealed class ContactAsideTests : ComponentTest
{
    [Fact]
    public async Task Timeline_RevertsOneFieldAndLeavesWhatIsTyped()
    {
        var contact = await Tenant.CreateContactAsync(Tenant.NewContact() with { City = "Baroda" });
        await Tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Surat", Zip = "395003" }, null, CancellationToken.None);
        var page = Open(contact.Id);
        page.WaitForElement(".event");
        page.Find(".event .value.before").TextContent.ShouldEndWith("Baroda");
        await page.Find("#company").InputAsync("Typed");

        await page.InvokeAsync(() => page.Find("[aria-label='Revert City']").Click());
        page.WaitForAssertion(() => page.Find("#city").GetAttribute("value").ShouldBe("Baroda"));
        page.Find("#zip").GetAttribute("value").ShouldBe("395003");
        page.Find("#company").GetAttribute("value").ShouldBe("Typed");
        page.WaitForAssertion(() => page.FindAll(".event").Count.ShouldBe(3));
    }

    [Fact]
    public async Task Timeline_Viewer_RevertsNothing()
    {
        var contact = await Tenant.CreateContactAsync();
        await Tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Surat" }, null, CancellationToken.None);
        Become(Role.Viewer);
        var page = Open(contact.Id);
        page.WaitForElement(".event");
        page.FindAll(".undo").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Agent, 0)]
    [InlineData(Role.Admin, 1)]
    public async Task Duplicates_AreShown_AndComparedByWhoMayMerge(Role role, int links)
    {
        var contact = await Tenant.CreateContactAsync("Asha", "Patel");
        await Tenant.CreateContactAsync("Aasha", "Patel");
        Become(role);
        var page = Open(contact.Id);
        await page.WaitForElement(".duplicates button").ClickAsync(new()); // a name alone is shown when asked for
        page.WaitForElement(".duplicates .who").TextContent.ShouldContain("Similar name");
        page.FindAll(".duplicates a.mud-button").Count.ShouldBe(links);
    }

    [Fact]
    public async Task Merge_ShowsWhatDiffers_MergesAndSeparatesAgain()
    {
        var group = await Tenant.CreateGroupAsync("VIP");
        var stays = await Tenant.CreateContactAsync(Tenant.NewContact() with { City = "Surat" });
        var goes = await Tenant.CreateContactAsync(Tenant.NewContact("Aasha") with { City = "Mumbai", Company = "Patel & Sons", Groups = new[] { group } });
        var merge = Browser.Render<MergePage>(parameters => parameters.Add(p => p.Id, stays.Id).Add(p => p.OtherId, goes.Id));
        merge.WaitForElement(".merge");
        merge.FindAll(".merge legend").Select(legend => legend.TextContent).ShouldBe(["First name", "Company", "Phone", "City"]);
        merge.FindAll("[data-field=company] input[type=radio]")[1].HasAttribute("checked").ShouldBeTrue();
        await merge.InvokeAsync(() => merge.FindAll("[data-field=city] input[type=radio]")[1].Click());
        await merge.InvokeAsync(() => merge.Find("[data-save]").Click());
        merge.WaitForAssertion(() => Browser.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith($"/contacts/{stays.Id}"));

        var page = Open(stays.Id);
        page.Find("#city").GetAttribute("value").ShouldBe("Mumbai");
        page.Find("#company").GetAttribute("value").ShouldBe("Patel & Sons");
        page.WaitForElement("[aria-label='Unmerge Aasha Patel']");
        await page.InvokeAsync(() => page.Find("[aria-label='Unmerge Aasha Patel']").Click());
        page.WaitForAssertion(() => page.Find("#city").GetAttribute("value").ShouldBe("Surat"));
        (await Tenant.ContactQueries.GetAsync(goes.Id, ContactIncludes.None, CancellationToken.None)).Value!.GroupIds.ShouldBe([group]);
    }

    [Fact]
    public async Task Merge_Agent_MayNot()
    {
        var (stays, goes) = (await Tenant.CreateContactAsync(), await Tenant.CreateContactAsync("Aasha"));
        Become(Role.Agent);
        var merge = Browser.Render<MergePage>(parameters => parameters.Add(p => p.Id, stays.Id).Add(p => p.OtherId, goes.Id));
        merge.WaitForElement(".notice h2").TextContent.ShouldBe("Your role doesn't allow this");
    }

    private IRenderedComponent<ContactPage> Open(long id)
    {
        var page = Browser.Render<ContactPage>(parameters => parameters.Add(contact => contact.Id, id));
        page.WaitForElement(".contact-columns .field");
        return page;
    }
}
