using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Users;
using WaCr.Web.Features.Views;
using WaCr.Web.Security;
using static WaCr.Web.Tests.Components.ContactGridTests;

namespace WaCr.Web.Tests.Components;

/// <summary>What the contact list shows, and how each person arranged it.</summary>
public sealed class ContactColumnsTests : ComponentTest
{
    private NavigationManager Navigation => Browser.Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task The_list_says_when_somebody_wrote_last()
    {
        var contact = await Tenant.CreateContactAsync("One");
        await Tenant.CreateContactAsync("Two");
        await Tenant.AddConversationAsync(contact.Id, Time.GetUtcNow().AddDays(-3), unread: 1);
        Navigation.NavigateTo("/contacts?sort=firstname");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("td.cell-lastmessage").Select(cell => cell.TextContent.Trim()).ShouldBe(["3 days ago", ""]);
        Navigation.NavigateTo("/contacts?unread=yes");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1));
        page.Find(".filter-face bdi").TextContent.ShouldBe("Has unread messages");
        page.Find(".cell-name a").GetAttribute("href").ShouldBe($"/contacts/{contact.Id}?unread=yes&page=1");
    }

    [Fact]
    public async Task Columns_are_shown_moved_and_sized_and_stay_so_for_the_person()
    {
        await Tenant.SignInAsync(Role.Admin);
        await Tenant.CreateContactAsync(Tenant.NewContact() with { City = "Surat" });
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr");
        Columns(page).ShouldBe(["Phone", "E-mail", "Company", "Status", "Groups", "Last message", "Added"]);

        await ClickAsync(page, ".column-chooser button", "");
        await ToggleAsync(page, "City", true);
        page.WaitForAssertion(() => page.Find("td.cell-city").TextContent.ShouldBe("Surat"));
        await ToggleAsync(page, "E-mail", false);
        await page.Find("[aria-label='Move City']").KeyDownAsync("ArrowUp");
        page.Find(".column-chooser [role=status]").TextContent.ShouldBe("“City” is now number 6 of 7");
        await page.Find("#column-width").ChangeAsync("city:9999");
        page.Find("[aria-label='Width of City in pixels']").GetAttribute("aria-valuenow").ShouldBe("480");
        await ClickAsync(page, ".column-chooser .segments button", "Comfortable");
        Columns(page).ShouldBe(["Phone", "Company", "Status", "Groups", "Last message", "City", "Added"]);
        page.Find("table").ClassName!.ShouldContain("comfortable");

        var kept = (await Tenant.Get<UserPreferences>().FindAsync<ListPreferences>(ListPreferences.Key, default)).Value!;
        kept.Columns.Single(column => column.Id == "city").Width.ShouldBe(480);
        var again = Browser.Render<ContactsPage>();
        again.WaitForElements("tbody tr");
        Columns(again).ShouldBe(["Phone", "Company", "Status", "Groups", "Last message", "City", "Added"]);
    }

    [Fact]
    public async Task A_column_is_dragged_or_put_where_the_second_press_says()
    {
        await Tenant.CreateContactAsync();
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr");
        await ClickAsync(page, ".column-chooser button", "");

        await Handle("Added").DragStartAsync(new DragEventArgs());
        await Row("Company").DragEnterAsync(new DragEventArgs());
        Row("Company").ClassName.ShouldBe("lands-before");
        await Row("Company").DropAsync(new DragEventArgs());
        Columns(page).ShouldBe(["Phone", "E-mail", "Added", "Company", "Status", "Groups", "Last message"]);
        Row("Company").ClassName.ShouldBeNullOrEmpty();

        await Handle("Phone").ClickAsync(new MouseEventArgs());
        Handle("Phone").GetAttribute("aria-pressed").ShouldBe("true");
        await page.FindAll("[aria-label='Put “Phone” here']")[1].ClickAsync(new MouseEventArgs());
        Columns(page).ShouldBe(["E-mail", "Added", "Phone", "Company", "Status", "Groups", "Last message"]);

        await Handle("Phone").DragStartAsync(new DragEventArgs());
        await Handle("Phone").DragEndAsync(new DragEventArgs());
        await Row("Groups").DropAsync(new DragEventArgs());
        Columns(page).ShouldBe(["E-mail", "Added", "Phone", "Company", "Status", "Groups", "Last message"]);

        IElement Handle(string column) => page.Find($"[aria-label='Move {column}']");
        IElement Row(string column) => page.FindAll(".column-list li").Single(row => row.TextContent.Trim() == column);
    }

    [Fact]
    public void Columns_of_another_version_are_left_out()
    {
        var kept = new ListPreferences([new("phone", 5), new("shoe_size", 100), new("phone", 90), new("city", 9_999)], 0, false, 7);
        var known = ContactColumns.Known(kept);
        known.Columns.ShouldBe([new("phone", 72), new("city", 480)]);
        (known.NameWidth, known.Size).ShouldBe((72, 50));
        ContactColumns.Known(null).ShouldBe(ContactColumns.Default);
    }

    [Fact]
    public async Task A_page_ticked_in_part_is_shown_so()
    {
        await Tenant.CreateContactAsync("One");
        await Tenant.CreateContactAsync("Two");
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();
        await page.WaitForElements("tbody .pick input")[0].ClickAsync(new MouseEventArgs());
        Browser.JSInterop.Invocations["wacrList.partly"].Select(call => call.Arguments[1]).ShouldBe([true]);
        await page.FindAll("tbody .pick input")[1].ClickAsync(new MouseEventArgs());
        Browser.JSInterop.Invocations["wacrList.partly"].Select(call => call.Arguments[1]).ShouldBe([true, false]);
        page.Find("thead .pick input").HasAttribute("checked").ShouldBeTrue();
    }

    [Theory]
    [InlineData(146, "Wholesale|Export partners", "Wholesale|+1")]
    [InlineData(146, "VIP|Wholesale|Late payers|Newsletter", "VIP|Wholesale|+2")]
    [InlineData(60, "VIP|Wholesale", "VIP|+1")]
    [InlineData(146, "Newsletter", "Newsletter")]
    public void Of_groups_the_first_stands_whole_and_a_second_where_it_fits(int width, string names, string shown)
    {
        var chips = Browser.Render<Chips>(set => set.Add(part => part.Names, names.Split('|')).Add(part => part.Width, width));
        chips.FindAll(".chip").Select(chip => chip.ChildNodes[0].TextContent).ShouldBe(shown.Split('|'));
    }

    private static IEnumerable<string> Columns(IRenderedComponent<ContactsPage> page) =>
        page.FindAll("thead th").Skip(1).Select(header => header.TextContent.Trim());
}
