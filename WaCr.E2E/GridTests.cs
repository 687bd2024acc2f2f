using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using static Microsoft.Playwright.Assertions;
using Group = WaCr.Web.Domain.Group;

namespace WaCr.E2E;

/// <summary>The contact list as people use it: narrowing, selecting, changing many, by mouse, keyboard and thumb.</summary>
[Collection(StaffApp.Contacts)]
public sealed class GridTests(StaffApp app)
{
    [Fact]
    public async Task Staff_select_all_that_match_but_two_set_their_status_and_take_it_back()
    {
        var (marked, status) = await MarkAsync("Grid status", 30);
        await using var staff = await app.SignInAsync("admin@demo.test");
        await staff.GotoAsync($"/contacts?group_id={marked}&size=20");
        await Expect(staff.Rows).ToHaveCountAsync(20);
        await Expect(staff.Page.GetByText("Group is Grid status")).ToBeVisibleAsync();

        await staff.Page.GetByLabel("Select this page").ClickAsync();
        var bar = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Selection" });
        await Expect(bar).ToContainTextAsync("20 selected of 30");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Select all 30 that match" }).ClickAsync();
        await Expect(bar).ToContainTextAsync("30 selected of 30");
        await staff.Rows.Nth(0).GetByRole(AriaRole.Checkbox).ClickAsync();
        await staff.Rows.Nth(1).GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(bar).ToContainTextAsync("28 selected of 30");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(staff.Rows).ToHaveCountAsync(10);
        await Expect(staff.Page.Locator("tr.picked")).ToHaveCountAsync(10);

        await bar.GetByRole(AriaRole.Button, new() { Name = "Status", Exact = true }).ClickAsync();
        var sheet = staff.Page.GetByRole(AriaRole.Dialog);
        await staff.ChooseAsync(sheet.GetByLabel("Status"), "Grid status");
        await Expect(sheet).ToContainTextAsync("28 of 28 selected contacts will change.");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Change 28 contacts" }).ClickAsync();
        await Expect(Toasts(staff).GetByText("28 contacts changed")).ToBeVisibleAsync();
        await Expect(bar).ToHaveCountAsync(0);
        (await CountAsync(status)).ShouldBe(28);

        await Toasts(staff).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Toasts(staff).GetByText("28 contacts changed back")).ToBeVisibleAsync();
        (await CountAsync(status)).ShouldBe(0);
    }

    [Fact]
    public async Task Staff_move_300_contacts_to_a_group()
    {
        var (from, _) = await MarkAsync("Grid from", 300);
        var to = await app.InWorkspaceAsync("demo", async services =>
            (await services.GetRequiredService<LookupService<Group>>().CreateAsync(new LookupPatch { Name = "Grid to" }, CancellationToken.None)).OrThrow().Id);
        await using var staff = await app.SignInAsync("admin@demo.test");
        await staff.GotoAsync($"/contacts?group_id={from}");
        await staff.Page.GetByLabel("Select this page").ClickAsync();
        var bar = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Selection" });
        await bar.GetByRole(AriaRole.Button, new() { Name = "Select all 300 that match" }).ClickAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Groups", Exact = true }).ClickAsync();
        var sheet = staff.Page.GetByRole(AriaRole.Dialog);
        await staff.ChooseAsync(sheet.Locator("#bulk-groups"), "Replace with");
        await sheet.GetByLabel("Grid to").CheckAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Change 300 contacts" }).ClickAsync();

        // In the background; the list, which shows the old group alone, follows until it is empty.
        await Expect(staff.Page.Locator(".bulk-watch").GetByText("300 contacts changed")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText("No contacts match these filters")).ToBeVisibleAsync();
        await staff.GotoAsync($"/contacts?group_id={to}");
        await Expect(staff.Page.GetByText("1–50 of 300")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_selected_is_exported_as_a_file()
    {
        var (group, _) = await MarkAsync("Grid export", 25);
        await using var staff = await app.SignInAsync("admin@demo.test");
        await staff.GotoAsync($"/contacts?group_id={group}");
        await staff.Rows.Nth(0).GetByRole(AriaRole.Checkbox).ClickAsync();
        await staff.Rows.Nth(1).GetByRole(AriaRole.Checkbox).ClickAsync();
        (await LinesAsync()).ShouldBe(1 + 2);

        await staff.Button("Select all 25 that match").ClickAsync();
        await staff.Rows.Nth(0).GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Region, new() { Name = "Selection" })).ToContainTextAsync("24 selected of 25");
        (await LinesAsync()).ShouldBe(1 + 24);

        async Task<int> LinesAsync()
        {
            await staff.Button("Export").ClickAsync();
            await Expect(staff.Button("As CSV")).ToBeVisibleAsync();
            var download = await staff.Page.RunAndWaitForDownloadAsync(() => staff.Button("As CSV").ClickAsync());
            var file = await download.PathAsync();
            await staff.Page.Keyboard.PressAsync("Escape");
            return (await File.ReadAllLinesAsync(file)).Length;
        }
    }

    [Fact]
    public async Task Filters_are_added_reopened_by_a_link_and_left_by_Back()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.Button("Filter").ClickAsync();
        await staff.Button("Type").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Lead", Exact = true }).CheckAsync();
        await Expect(staff.Page).ToHaveURLAsync(new Regex(@"/contacts\?type=lead$"));
        await staff.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Customer", Exact = true }).CheckAsync();
        await Expect(staff.Button("Type is Lead or Customer")).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("Escape");
        await Expect(staff.Button("Filter")).ToBeFocusedAsync();
        await staff.LoadedAsync();
        var count = await staff.Heading.InnerTextAsync();

        await staff.Page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(staff.Button("Type is Lead or Customer")).ToBeVisibleAsync();
        await Expect(staff.Heading).ToHaveTextAsync(count);
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Remove: Type is Lead or Customer" }).ClickAsync();
        await Expect(staff.Button("Type is Lead or Customer")).ToHaveCountAsync(0);
        await staff.Page.GoBackAsync();
        await Expect(staff.Button("Type is Lead or Customer")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_view_is_saved_shared_and_opened_by_its_link()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/contacts?type=guest&sort=firstname");
        await staff.Button("Save as a view").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Guests by name");
        await staff.Page.GetByLabel("Shared with the workspace").CheckAsync();
        await staff.Button("Save").ClickAsync();
        await Expect(staff.Page).ToHaveURLAsync(new Regex(@"/contacts\?view=\d+$"));
        await Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "Guests by name" })).ToHaveAttributeAsync("aria-current", "page");
        var link = new Uri(staff.Page.Url).PathAndQuery;
        await staff.LoadedAsync();
        var count = await staff.Heading.InnerTextAsync();

        await using var other = await app.SignInAsync("viewer@demo.test");
        await other.GotoAsync(link);
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "Guests by name" })).ToHaveAttributeAsync("aria-current", "page");
        await Expect(other.Button("Type is Guest")).ToBeVisibleAsync();
        await Expect(other.Heading).ToHaveTextAsync(count);
        await Expect(other.Button("This view")).ToHaveCountAsync(0);

        await staff.Button("This view").ClickAsync();
        await staff.Button("Delete this view").ClickAsync();
        await staff.Button("Delete view").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "Guests by name" })).ToHaveCountAsync(0);
        await other.GotoAsync(link);
        await Expect(other.Rows).ToHaveCountAsync(50);
    }

    [Fact]
    public async Task The_list_is_worked_with_the_keyboard_alone()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/contacts");
        var keys = staff.Page.Keyboard;
        await keys.PressAsync("?");
        var help = staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(help).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await keys.PressAsync("Escape");
        await Expect(help).ToBeHiddenAsync();

        await keys.PressAsync("/");
        await Expect(staff.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(Name(0)).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        var bar = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Selection" });
        await Expect(bar).ToContainTextAsync("1 selected of");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(Name(2)).ToBeFocusedAsync();
        await keys.PressAsync("Shift+Space");
        await Expect(bar).ToContainTextAsync("3 selected of");
        await keys.PressAsync("n");
        await Expect(staff.Page.GetByText(new Regex("^51–100 of"))).ToBeVisibleAsync();
        await Expect(bar).ToContainTextAsync("3 selected of");
        await keys.PressAsync("Escape");
        await Expect(bar).ToHaveCountAsync(0);

        await keys.PressAsync("ArrowDown");
        await Expect(Name(0)).ToBeFocusedAsync();
        await keys.PressAsync("e");
        var drawer = staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Edit contact" });
        await Expect(drawer.GetByLabel("First name")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await drawer.GetByLabel("First name").FocusAsync();
        await keys.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);
        await Expect(Name(0)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(staff.Page.GetByLabel("First name")).ToBeVisibleAsync();

        ILocator Name(int row) => staff.Rows.Nth(row).GetByRole(AriaRole.Link);
    }

    [Fact]
    public async Task Columns_are_put_in_order_and_sized_by_mouse_and_by_keyboard_in_both_directions_and_stay_so()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        (await DragEdgeAsync(staff, 60)).ShouldBe(60, 2);
        var width = await WidthAsync(staff);
        await Edge(staff).FocusAsync();
        await staff.Page.Keyboard.PressAsync("ArrowLeft");
        (await WidthAsync(staff)).ShouldBe(width - 10);

        await staff.Button("Columns").ClickAsync();
        await Handle("Added").DragToAsync(Handle("Phone"));
        await Expect(Header(staff, 1)).ToHaveAccessibleNameAsync("Added");
        await Expect(Header(staff, 2)).ToHaveAccessibleNameAsync("Phone");

        // Two keys before the first one's answer: both count, and the handle keeps the focus.
        await Handle("Added").FocusAsync();
        await staff.Page.Keyboard.PressAsync("ArrowDown");
        await staff.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(staff.Page.Locator(".column-chooser [role=status]")).ToHaveTextAsync("“Added” is now number 3 of 7");
        await Expect(Handle("Added")).ToBeFocusedAsync();

        await using var arabic = await app.SignInAsync("viewer@demo.test", locale: StaffApp.Arabic);
        await arabic.GotoAsync("/contacts");
        await Expect(Header(arabic, 1)).ToHaveAccessibleNameAsync("الهاتف");
        (await WidthAsync(arabic)).ShouldBe(width - 10);
        (await DragEdgeAsync(arabic, -40)).ShouldBe(40, 2);
        width = await WidthAsync(arabic);
        await Edge(arabic).FocusAsync();
        await arabic.Page.Keyboard.PressAsync("ArrowLeft");
        (await WidthAsync(arabic)).ShouldBe(width + 10);
        (await arabic.SeriousIssuesAsync()).ShouldBeEmpty();

        ILocator Handle(string column) => staff.Page.Locator($".drag-handle[aria-label='Move {column}']");
        static ILocator Header(StaffPage page, int index) => page.Page.Locator("table.contacts thead th").Nth(index);
        static ILocator Edge(StaffPage page) => page.Page.Locator(".resize[data-column=phone]");
        static async Task<int> WidthAsync(StaffPage page) =>
            int.Parse((await Edge(page).GetAttributeAsync("aria-valuenow"))!, CultureInfo.InvariantCulture);

        static async Task<double> DragEdgeAsync(StaffPage page, int by)
        {
            var header = page.Page.Locator("th:has(> [data-column=phone])");
            var width = (await header.BoundingBoxAsync())!.Width;
            var box = (await Edge(page).BoundingBoxAsync())!;
            await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
            await page.Page.Mouse.DownAsync();
            await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + by, box.Y + (box.Height / 2), new() { Steps = 5 });
            await page.Page.Mouse.UpAsync();
            return (await header.BoundingBoxAsync())!.Width - width;
        }
    }

    [Fact]
    public async Task With_Shift_a_second_header_is_added_to_the_order()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts?sort=firstname");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Added" }).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(staff.Page).ToHaveURLAsync(new Regex(@"\?sort=firstname(,|%2C)-created_at$"));
        await Expect(staff.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Added" })).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(staff.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" })).ToHaveAttributeAsync("aria-sort", "ascending");
    }

    [Fact]
    public async Task A_filter_is_chosen_and_set_by_keyboard_and_another_tab_leaves_no_trace()
    {
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.Button("Filter").FocusAsync();
        await staff.Page.Keyboard.PressAsync("Enter");
        var panel = staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a filter" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Type", Exact = true }).FocusAsync();
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(panel.Locator(".filter-values .segments button").First).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("Escape");

        var name = staff.Rows.First.Locator(".cell-name a[id]");
        await staff.Page.Context.RunAndWaitForPageAsync(() => name.ClickAsync(new() { Modifiers = [KeyboardModifier.Control] }));
        (await staff.Page.EvaluateAsync<string?>("() => sessionStorage.getItem('row')")).ShouldBeNull();
        await staff.Rows.First.Locator(".quick:not(.message)").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "Open full page" }))
            .ToHaveAttributeAsync("data-row", (await name.GetAttributeAsync("id"))!);
    }

    [Fact]
    public async Task On_a_phone_the_list_is_cards_to_search_filter_and_select()
    {
        await using var staff = await app.SignInAsync("owner@demo.test", width: 390, height: 844);
        await staff.GotoAsync("/contacts?sort=firstname");
        var contact = (await staff.Rows.First.GetByRole(AriaRole.Link).InnerTextAsync()).Split('\n')[^1].Trim();
        await staff.SearchAsync(contact);
        await Expect(staff.Rows.First.GetByRole(AriaRole.Link)).ToContainTextAsync(contact);
        await staff.Rows.First.GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Region, new() { Name = "Selection" })).ToContainTextAsync("1 selected of");
        await staff.Button("Filter").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a filter" })).ToBeInViewportAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        (await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        await staff.Page.Keyboard.PressAsync("Escape");
        await staff.Button("Clear the selection").ClickAsync();
        await staff.OpenFirstContactAsync();
    }

    /// <summary>Contacts of their own in a group of this name, and a status of the same name that none of them has.</summary>
    private Task<(long Group, long Status)> MarkAsync(string name, int count) => app.InWorkspaceAsync("demo", async services =>
    {
        var group = (await services.GetRequiredService<LookupService<Group>>().CreateAsync(new LookupPatch { Name = name }, CancellationToken.None)).OrThrow().Id;
        var status = (await services.GetRequiredService<LookupService<Status>>().CreateAsync(new LookupPatch { Name = name }, CancellationToken.None)).OrThrow().Id;
        var some = (await services.GetRequiredService<ContactQueries>().ListAsync(new ContactQuery(), CancellationToken.None)).OrThrow().Items[0];
        var rows = Enumerable.Range(0, count).Select(index => new ContactPatch
        {
            FirstName = "Grid",
            LastName = $"{name} {index:D3}",
            Phone = $"+4915{group % 1_000:D3}{index:D6}",
            Type = "customer",
            StatusId = some.StatusId,
            SourceId = some.SourceId,
            Groups = new Web.Common.Optional<IReadOnlyList<long>?>([group]),
        });
        foreach (var chunk in rows.Chunk(100))
        {
            (await services.GetRequiredService<ContactBatch>().CreateAsync(chunk, new ContactBatchOptions(), CancellationToken.None))
                .OrThrow().Failed.ShouldBeEmpty();
        }

        return (group, status);
    });

    private static ILocator Toasts(StaffPage staff) => staff.Page.GetByRole(AriaRole.Region, new() { Name = "Notifications" });

    private Task<long> CountAsync(long status) => app.InWorkspaceAsync("demo", async services =>
    {
        var query = new ContactQuery { Filters = [Web.Common.FilterTerm.OfNumbers(ContactFilterFields.StatusId, Web.Common.FilterOperator.Equal, status)] };
        return (await services.GetRequiredService<ContactQueries>().ListAsync(query, CancellationToken.None)).OrThrow().Total;
    });
}
