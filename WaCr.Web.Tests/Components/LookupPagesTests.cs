using AngleSharp.Dom;
using Bunit;
using MudBlazor;
using WaCr.Web.Components.Pages.Lookups;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Tests.Components;

public sealed class LookupPagesTests : ComponentTest
{
    [Fact]
    public async Task AGroup_IsMadeAndRenamedInPlace()
    {
        var page = Browser.Render<GroupsPage>();
        await page.WaitForElement("#lookup-new").InputAsync("Partners");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Names(page).ShouldBe(["Partners"]));
        page.Find("#lookup-new").GetAttribute("value").ShouldBeNullOrEmpty();

        await page.Find("[aria-label='Rename Partners']").ClickAsync(new());
        await page.Find("[aria-label='New name for Partners']").InputAsync("Friends");
        await page.Find("[aria-label='New name for Partners']").KeyDownAsync("Enter");
        page.WaitForAssertion(() => Names(page).ShouldBe(["Friends"]));
    }

    [Fact]
    public async Task ANameThatIsTaken_StaysInItsField_WithTheReason()
    {
        await Tenant.CreateGroupAsync("Partners");
        await Tenant.CreateGroupAsync("Friends");
        var page = Browser.Render<GroupsPage>();
        page.WaitForElement(".lookup");
        await page.Find("[aria-label='Rename Partners']").ClickAsync(new());
        await page.Find("[aria-label='New name for Partners']").InputAsync("FRIENDS");
        await page.Find("[aria-label='New name for Partners']").KeyDownAsync("Enter");
        page.WaitForAssertion(() => page.Find(".lookup .mud-input-helper-text.mud-input-error").TextContent.ShouldBe("A group with this name already exists"));
        page.Find("[aria-label='New name for Partners']").GetAttribute("value").ShouldBe("FRIENDS");
        await page.Find("[aria-label='New name for Partners']").KeyDownAsync("Escape");
        Names(page).ShouldBe(["Friends", "Partners"]);
    }

    [Fact]
    public async Task AStatus_IsRecolouredAndMoved()
    {
        var first = (await StatusesAsync())[0].Name;
        await Tenant.CreateStatusAsync("Won");
        var page = Browser.Render<StatusesPage>();
        page.WaitForElement("[aria-label='Move Won']");
        for (var place = (await StatusesAsync()).Count - 1; place > 0; place--)
        {
            await page.Find("[aria-label='Move Won']").KeyDownAsync("ArrowUp");
        }

        page.WaitForAssertion(() => Names(page).Take(2).ShouldBe(["Won", first]));
        await page.Find("[aria-label='Move Won']").KeyDownAsync("ArrowUp");
        Names(page).Take(2).ShouldBe(["Won", first]);
        await page.Find(".lookup [aria-label='#C0392B']").ClickAsync(new());
        var stored = await StatusesAsync();
        (stored[0].Name, stored[0].Color).ShouldBe(("Won", "#C0392B"));
    }

    [Fact]
    public async Task ADeletionOfAStatusInUse_MovesItsContactsFirst()
    {
        var won = await Tenant.CreateStatusAsync("Won");
        var contact = await Tenant.CreateContactAsync(Tenant.NewContact() with { StatusId = won });
        var target = (await StatusesAsync())[0];
        var dialogs = Browser.Render<MudDialogProvider>();
        var page = Browser.Render<StatusesPage>();
        page.WaitForElement("[aria-label='Delete Won']");
        await page.InvokeAsync(() => page.Find("[aria-label='Delete Won']").Click());

        dialogs.WaitForElement("#move-to");
        dialogs.Markup.ShouldContain("1 contact uses it.");
        dialogs.Find(".mud-button-filled-error").HasAttribute("disabled").ShouldBeTrue();
        await dialogs.Find("#move-to").ClickAsync(new());
        await dialogs.FindAll("[role=option]").Single(option => option.TextContent.Trim() == target.Name).ClickAsync(new());
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-button-filled-error").Click());

        page.WaitForAssertion(() => Names(page).ShouldNotContain("Won"));
        (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None))
            .Value!.StatusId.ShouldBe(target.Id);
    }

    [Fact]
    public void AViewer_ChangesNothing()
    {
        Become(Role.Viewer);
        var page = Browser.Render<StatusesPage>();
        page.WaitForElement(".lookup");
        page.FindAll("button, form, details").ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<LookupDetails>> StatusesAsync()
    {
        var query = new LookupListQuery { Sort = [new(LookupFields.Position, false)] };
        return (await Tenant.Get<LookupQueries<Status>>().ListAsync(query, CancellationToken.None).OrThrowAsync()).Items;
    }

    private static IEnumerable<string> Names(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) =>
        page.FindAll(".lookup-name").Select(name => name.Text());
}
