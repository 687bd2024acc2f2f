using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Components.Shared;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Views;

namespace WaCr.Web.Tests.Components;

public sealed class ContactGridTests : ComponentTest
{
    private readonly StatementGate _database = new();

    private NavigationManager Navigation => Browser.Services.GetRequiredService<NavigationManager>();

    private string Query => new Uri(Navigation.Uri).PathAndQuery;

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IInterceptor>(_database);

    [Fact]
    public async Task A_job_that_moves_on_while_rows_are_read_does_not_end_the_following()
    {
        await Tenant.CreateContactAsync("Asha One");
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr").Count.ShouldBe(1);

        using (_database.Hold("\"Contacts\""))
        {
            Navigation.NavigateTo("/contacts?search=asha");
            page.WaitForElement("table[aria-busy=true]");
            TellOfAJob();
            await Task.Run(() => page.InvokeAsync(() => { }));
        }

        page.WaitForAssertion(() => page.FindAll("table[aria-busy=true]").ShouldBeEmpty());
        await Tenant.CreateContactAsync("Asha Two");
        TellOfAJob();
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2), TimeSpan.FromSeconds(10));

        void TellOfAJob() => Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.BulkJobs, Tenant.Get<TenantContext>().TenantId)]);
    }

    [Fact]
    public async Task A_cell_that_is_pressed_twice_is_saved_once_and_keeps_the_focus()
    {
        await Tenant.CreateGroupAsync("VIP");
        var contact = await Tenant.CreateContactAsync("One");
        var editor = Edit(contact.Id, Tenant.Get<ContactChoicesLoader>());
        editor.WaitForElement(".menu-item");
        Task[] presses;
        using (await Tenant.Get<SqliteWriteGate>().TakeAsync(CancellationToken.None))
        {
            presses = [PressAsync(), PressAsync()];
            editor.Find(".menu-item").HasAttribute("disabled").ShouldBeFalse();
            editor.Find(".menu-item").GetAttribute("aria-disabled").ShouldBe("true");
        }

        await Task.WhenAll(presses);
        Tenant.Get<Toasts>().Shown.Select(toast => toast.Text).ShouldBe(["One Patel: saved"]);
        editor.Find(".menu-item").GetAttribute("aria-pressed").ShouldBe("true");
        editor.FindAll(".mud-focus-trap, [class*=focus-trap]").ShouldNotBeEmpty();

        Task PressAsync() => editor.Find(".menu-item").ClickAsync(new MouseEventArgs());
    }

    [Fact]
    public async Task A_row_leads_to_the_conversation_with_its_contact()
    {
        await Tenant.ConnectWhatsAppAsync();
        await Tenant.CreateContactAsync("One");
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();

        await page.WaitForElement("tbody .quick.message").ClickAsync(new());

        await using var db = Tenant.OpenDatabase();
        var conversation = await db.Conversations.SingleAsync();
        page.WaitForAssertion(() => Query.ShouldBe($"/conversations/{conversation.Id}"));
    }

    [Fact]
    public async Task A_cell_whose_choices_cannot_be_read_says_so()
    {
        var contact = await Tenant.CreateContactAsync("One");
        Edit(contact.Id, null).WaitForElement(".notice").TextContent.ShouldNotBeEmpty();
    }

    private IRenderedComponent<CellEditor> Edit(long id, ContactChoicesLoader? choices) => Browser.Render<CellEditor>(set => set
        .Add(editor => editor.ContactId, id)
        .Add(editor => editor.Column, ContactColumns.Groups)
        .Add(editor => editor.Choices, async () => choices is null ? null : (await choices.LoadAsync(default)).Value));

    [Fact]
    public async Task A_filter_is_added_reads_as_a_sentence_and_is_taken_away()
    {
        var won = await Tenant.CreateStatusAsync("Won");
        await Tenant.CreateContactAsync("One");
        await Tenant.CreateContactAsync(Tenant.NewContact("Two") with { StatusId = won });
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr").Count.ShouldBe(2);

        await ClickAsync(page, ".filters button", "Filter");
        await ClickAsync(page, ".filters .menu-item", "Status");
        await page.FindAll(".options label").Single(label => label.TextContent.Trim() == "Won").QuerySelector("input")!.ChangeAsync(true);
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1));
        Query.ShouldBe($"/contacts?status_id={won}");
        page.Find(".filter-face bdi").TextContent.ShouldBe("Status is Won");

        await ClickAsync(page, ".filters .segments button", "is not");
        page.WaitForAssertion(() => page.Find(".filter-face bdi").TextContent.ShouldBe("Status is not Won"));
        page.WaitForAssertion(() => page.Find(".cell-name bdi").TextContent.ShouldBe("One Patel"));

        Navigation.NavigateTo(page.Find(".filter-off").GetAttribute("href")!);
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
        page.FindAll(".filter-chip").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_filter_needs_no_way_back_out_of_the_first()
    {
        var group = await Tenant.CreateGroupAsync("VIP");
        await Tenant.CreateContactAsync(Tenant.NewContact("One") with { Groups = new Optional<IReadOnlyList<long>?>([group]) });
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr");

        await ClickAsync(page, ".filters button", "Filter");
        await TickAsync("New");
        await ClickAsync(page, ".filter-panes .menu-item", "Group");
        await TickAsync("VIP");

        page.WaitForAssertion(() => Query.ShouldBe($"/contacts?status_id={Tenant.StatusId}&group_id={group}"));

        Task TickAsync(string value) =>
            page.FindAll(".options label").Single(label => label.TextContent.Trim() == value).QuerySelector("input")!.ChangeAsync(true);
    }

    [Fact]
    public async Task A_status_is_changed_in_place_and_put_back()
    {
        var won = await Tenant.CreateStatusAsync("Won");
        var contact = await Tenant.CreateContactAsync("One");
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();
        await page.WaitForElement("td.cell-status button").ClickAsync(new());
        await page.WaitForElements(".cell-editor .menu-item").Single(item => item.TextContent.Contains("Won", StringComparison.Ordinal)).ClickAsync(new());

        page.WaitForAssertion(() => page.Find("td.cell-status").TextContent.ShouldContain("Won"));
        page.WaitForAssertion(() => page.FindAll(".cell-editor").ShouldBeEmpty());
        (await StatusAsync()).ShouldBe(won);
        await page.InvokeAsync(() => Tenant.Get<Toasts>().Shown.Single().Undo!());
        (await StatusAsync()).ShouldBe(Tenant.StatusId);

        async Task<long> StatusAsync() =>
            (await Tenant.Get<ContactQueries>().GetAsync(contact.Id, ContactIncludes.None, default).OrThrowAsync()).StatusId;
    }

    [Theory]
    [InlineData("type=lead,customer", "Type is Lead or Customer")]
    [InlineData("assigned_id=none", "Unassigned")]
    [InlineData("group_id=!none", "In a group")]
    [InlineData("country_id=356,76,250,826,840", "Country is India, Brazil, France or 2 more")]
    [InlineData("created_at=2026-01-01..2026-03-31", "Added between 1 Jan 2026 and 31 Mar 2026")]
    [InlineData("created_at=..2026-03-31", "Added until 31 Mar 2026")]
    [InlineData("email=yes", "Has an e-mail")]
    [InlineData("is_opted_out=no", "Not opted out")]
    [InlineData("language=pt-BR,tlh", "Language is Portuguese (Brazil) or Klingon")]
    [InlineData("language=none", "Language is empty")]
    [InlineData("language=!none", "Language is not empty")]
    [InlineData("status_id=424242", "Status is No longer available")]
    public void Filters_of_an_address_read_as_sentences(string query, string sentence)
    {
        Navigation.NavigateTo("/contacts?" + query);
        var page = Browser.Render<ContactsPage>();
        page.WaitForElement(".filter-face bdi").TextContent.ShouldBe(sentence);
        page.WaitForElement(".notice h2").TextContent.ShouldBe("No contacts match these filters");
    }

    [Fact]
    public async Task Languages_have_a_column_and_a_filter_by_their_names()
    {
        await Tenant.CreateContactAsync(Tenant.NewContact("Ana") with { Language = "pt-BR" });
        await Tenant.CreateContactAsync("Omar");
        Navigation.NavigateTo("/contacts");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr").Count.ShouldBe(2);

        await ClickAsync(page, ".column-chooser button", "");
        await ToggleAsync(page, "Language", true);
        page.WaitForAssertion(() => page.FindAll("td.cell-language").Select(cell => cell.TextContent).ShouldBe(["", "Portuguese (Brazil)"]));
        await ClickAsync(page, ".filters button", "Filter");
        await ClickAsync(page, ".filters .menu-item", "Language");
        await page.FindAll(".options label").Single(label => label.TextContent.Trim() == "Portuguese (Brazil)").QuerySelector("input")!.ChangeAsync(true);

        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1));
        Query.ShouldBe("/contacts?language=pt-BR");
        page.Find(".filter-face bdi").TextContent.ShouldBe("Language is Portuguese (Brazil)");
    }

    [Fact]
    public async Task An_address_of_garbage_shows_the_list()
    {
        await Tenant.CreateContactAsync();
        Navigation.NavigateTo("/contacts?page=abc&size=x&sort=;drop&status_id=1'or&created_at=x..y&view=-1");
        Browser.Render<ContactsPage>().WaitForElements("tbody tr").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_selection_survives_paging_and_all_that_match_are_selected()
    {
        for (var index = 0; index < 25; index++)
        {
            await Tenant.CreateContactAsync($"Maria {index:00}");
        }

        Navigation.NavigateTo("/contacts?sort=firstname&size=20");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr");
        page.FindAll(".selection-bar").ShouldBeEmpty();
        await page.FindAll("tbody .pick input")[3].ClickAsync(new MouseEventArgs());
        page.Find(".selection-said").TextContent.ShouldBe("1 selected of 25");
        Navigation.NavigateTo("/contacts?sort=firstname&page=2&size=20");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(5));
        await page.Find("thead .pick input").ClickAsync(new MouseEventArgs());
        page.Find(".selection-said").TextContent.ShouldBe("6 selected of 25");

        await ClickAsync(page, ".selection-bar > button", "Select all 25 that match");
        page.Find(".selection-said").TextContent.ShouldBe("25 selected of 25");
        page.FindAll("tbody tr.picked").Count.ShouldBe(5);
        await page.FindAll("tbody .pick input")[0].ClickAsync(new MouseEventArgs());
        page.Find(".selection-said").TextContent.ShouldBe("24 selected of 25");

        Navigation.NavigateTo("/contacts?search=maria%2001");
        page.WaitForAssertion(() => page.FindAll(".selection-bar").ShouldBeEmpty());
    }

    [Fact]
    public async Task A_view_is_saved_found_among_the_tabs_and_deleted()
    {
        await Tenant.SignInAsync(Role.Admin);
        await Tenant.CreateContactAsync("Asha");
        await Tenant.CreateContactAsync("Ravi");
        Navigation.NavigateTo("/contacts?search=asha");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr").Count.ShouldBe(1);

        await ClickAsync(page, ".view-tabs button", "Save as a view");
        await page.Find(".view-form").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".view-form .mud-input-helper-text.mud-input-error").TextContent.ShouldBe("View name is required"));
        await page.Find("#view-name").InputAsync("Ashas");
        await page.Find(".view-form").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".view-tabs [aria-current=page] bdi").TextContent.ShouldBe("Ashas"));
        Query.ShouldStartWith("/contacts?view=");
        page.FindAll("tbody tr").Count.ShouldBe(1);
        (await Tenant.Get<SavedViewService>().ListAsync(default)).Value!.ShouldHaveSingleItem().Query.ShouldBe("search=asha");
    }

    [Fact]
    public async Task A_viewer_is_offered_no_quick_edit_and_shares_no_view()
    {
        await Tenant.CreateContactAsync();
        Become(Role.Viewer);
        Navigation.NavigateTo("/contacts?search=asha");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr");
        page.FindAll(".quick").ShouldBeEmpty();
        await ClickAsync(page, ".view-tabs button", "Save as a view");
        page.FindAll(".view-form .check").ShouldBeEmpty();
    }

    [Fact]
    public async Task Quick_edit_opens_beside_the_list_and_the_row_shows_what_was_saved()
    {
        await Tenant.CreateContactAsync(Tenant.NewContact() with { Company = "Before Ltd" });
        var page = Browser.Render<ContactsPage>();
        await page.WaitForElement(".quick").ClickAsync(new MouseEventArgs());
        await page.WaitForElement(".drawer #company").InputAsync("After Ltd");
        await page.Find(".drawer [data-save]").ClickAsync(new MouseEventArgs());
        page.WaitForAssertion(() => page.Find(".cell-company").TextContent.ShouldBe("After Ltd"));
        page.WaitForAssertion(() => page.FindAll(".drawer").ShouldBeEmpty());
    }

    internal static Task ClickAsync(IRenderedComponent<ContactsPage> page, string selector, string text) =>
        page.FindAll(selector).First(button => button.TextContent.Trim() == text).ClickAsync(new MouseEventArgs());

    internal static Task ToggleAsync(IRenderedComponent<ContactsPage> page, string column, bool shown) =>
        page.FindAll(".column-list label").Single(label => label.TextContent.Trim() == column).QuerySelector("input")!.ChangeAsync(shown);
}
