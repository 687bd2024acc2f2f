using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Features.Contacts;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class ContactTests(StaffApp app)
{
    [Fact]
    public async Task Staff_find_a_contact_by_search_and_change_only_one_field()
    {
        var before = await SomeContactAsync("demo", 40);
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.SearchAsync(before.Phone);
        await Expect(staff.Rows).ToHaveCountAsync(1);
        await staff.OpenFirstContactAsync();
        await Expect(staff.Page.GetByText("No changes")).ToBeVisibleAsync();

        await staff.Page.GetByLabel("City").FillAsync("Pondichéry");
        await Expect(staff.Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();
        await staff.Button("Save").ClickAsync();
        await Expect(staff.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        await using var other = await app.SignInAsync("viewer@demo.test");
        await other.GotoAsync($"/contacts/{before.Id}");
        await Expect(other.Page.Locator(".plain-value", new() { HasText = "Pondichéry" })).ToBeVisibleAsync(); // words, no field
        var after = await GetAsync("demo", before.Id);
        (after with { City = before.City, UpdatedAt = before.UpdatedAt, Version = before.Version, GroupIds = before.GroupIds }).ShouldBe(before);
        after.GroupIds.ShouldBe(before.GroupIds);
        after.Version.ShouldBe(before.Version + 1);
    }

    [Fact]
    public async Task Control_S_saves_and_the_tab_says_the_new_name_beside_what_is_unread()
    {
        var contact = await SomeContactAsync("demo", 46);
        await app.SayAsync("+12025550189", "Somebody waits for an answer");
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.GotoAsync($"/contacts/{contact.Id}");
        await Expect(staff.Page).ToHaveTitleAsync(new Regex(@"^\([0-9]+\+?\) " + Regex.Escape(contact.FirstName)));

        var name = staff.Page.GetByRole(AriaRole.Textbox, new() { Name = "First name" }); // a change has a button that names it, too
        await name.FillAsync("Renamed");
        await Expect(staff.Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("Control+s");
        await Expect(staff.Page).ToHaveTitleAsync(new Regex(@"^\([0-9]+\+?\) Renamed"));
        await Expect(name).ToBeFocusedAsync();
        await staff.Page.Keyboard.TypeAsync("!");
        await Expect(staff.Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("Control+s");
        await Expect(staff.Page.GetByText("No changes", new() { Exact = true })).ToBeVisibleAsync();
        (await GetAsync("demo", contact.Id)).FirstName.ShouldBe("Renamed!");
    }

    [Fact]
    public async Task Two_people_who_change_different_fields_both_win()
    {
        var contact = await SomeContactAsync("demo", 41);
        await using var one = await app.SignInAsync("agent@demo.test");
        await using var two = await app.SignInAsync("admin@demo.test");
        await one.GotoAsync($"/contacts/{contact.Id}");
        await two.GotoAsync($"/contacts/{contact.Id}");

        await one.Page.GetByLabel("Company").FillAsync("One & Co");
        await one.Button("Save").ClickAsync();
        await Expect(one.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await two.Page.GetByLabel("Postal code").FillAsync("605001");
        await two.Button("Save").ClickAsync();
        await Expect(two.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        var after = await GetAsync("demo", contact.Id);
        (after.Company, after.Zip).ShouldBe(("One & Co", "605001"));
    }

    [Fact]
    public async Task Two_people_who_change_the_same_field_are_told()
    {
        var contact = await SomeContactAsync("demo", 42);
        await using var one = await app.SignInAsync("agent@demo.test");
        await using var two = await app.SignInAsync("admin@demo.test");
        await one.GotoAsync($"/contacts/{contact.Id}");
        await two.GotoAsync($"/contacts/{contact.Id}");

        await one.Page.GetByLabel("Company").FillAsync("Theirs Ltd");
        await one.Button("Save").ClickAsync();
        await Expect(one.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await two.Page.GetByLabel("Company").FillAsync("Mine Ltd");
        await two.Button("Save").ClickAsync();

        var comparison = two.Page.GetByRole(AriaRole.Group, new() { Name = "Company" });
        await Expect(comparison.GetByRole(AriaRole.Button)).ToHaveTextAsync([new Regex("Yours\\s+Mine Ltd"), new Regex("Theirs Ltd"), new Regex("^Before")]);
        await Expect(two.Page.GetByLabel("Company").And(two.Page.Locator("input"))).ToHaveValueAsync("Mine Ltd");
        await Expect(two.Button("Save")).ToBeDisabledAsync();
        (await GetAsync("demo", contact.Id)).Company.ShouldBe("Theirs Ltd");
        await comparison.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Yours") }).ClickAsync();
        await two.Button("Save").ClickAsync();
        await Expect(two.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        (await GetAsync("demo", contact.Id)).Company.ShouldBe("Mine Ltd");
    }

    [Fact]
    public async Task The_list_sorts_and_pages_and_Back_returns()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await Expect(staff.Rows).ToHaveCountAsync(50);
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Name", Exact = true }).ClickAsync();
        await staff.Page.WaitForURLAsync("**/contacts?sort=firstname");
        await Expect(staff.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" })).ToHaveAttributeAsync("aria-sort", "ascending");
        var firstPage = await FirstNameAsync(staff);
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await staff.Page.WaitForURLAsync("**/contacts?sort=firstname&page=2");
        await Expect(staff.Page.GetByText(new Regex("^51–100 of 2,"))).ToBeVisibleAsync();
        await staff.Page.GoBackAsync();
        await Expect(staff.Page.GetByText(new Regex("^1–50 of 2,"))).ToBeVisibleAsync();
        (await FirstNameAsync(staff)).ShouldBe(firstPage);

        await staff.ChooseAsync(staff.Page.GetByLabel("Rows"), "20");
        await Expect(staff.Rows).ToHaveCountAsync(20);

        // The choice is kept for the person, and other tests are this person, too.
        await staff.ChooseAsync(staff.Page.GetByLabel("Rows"), "50");
        await Expect(staff.Rows).ToHaveCountAsync(50);
    }

    [Fact]
    public async Task Whoever_opens_a_contact_and_comes_back_finds_the_row_where_it_was()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/contacts?type=lead&sort=firstname&page=2");
        var row = staff.Rows.Nth(40).GetByRole(AriaRole.Link);
        await row.ScrollIntoViewIfNeededAsync();
        var (id, top) = (await row.GetAttributeAsync("id"), await TopAsync());
        top.ShouldBeGreaterThan(0);
        await row.ClickAsync();
        await Expect(staff.Page.Locator(".contact-steps")).ToContainTextAsync("91 of 1,");
        await staff.Page.Locator(".contact-trail > a").ClickAsync();
        await Expect(staff.Page.Locator($"#{id}")).ToBeFocusedAsync();
        (await TopAsync()).ShouldBe(top);
        await Expect(staff.Page).ToHaveURLAsync(new Regex(@"/contacts\?type=lead&sort=firstname&page=2$"));

        await staff.Page.Locator($"#{id}").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Next contact" }).ClickAsync();
        await Expect(staff.Page.Locator(".contact-steps")).ToContainTextAsync("92 of 1,");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Page.GoBackAsync();
        await Expect(staff.Page.Locator(".contact-steps")).ToContainTextAsync("91 of 1,");
        await staff.Page.GoBackAsync();
        await Expect(staff.Rows.Nth(41).GetByRole(AriaRole.Link)).ToBeFocusedAsync();

        Task<int> TopAsync() => staff.Page.EvaluateAsync<int>("() => Math.round(document.querySelector('.table-frame').scrollTop)");
    }

    [Fact]
    public async Task Rows_are_there_before_any_script_runs()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        var html = await (await staff.Page.APIRequest.GetAsync("/contacts?size=20")).TextAsync();
        Regex.Count(html, "class=\"cell-name\"").ShouldBe(20);
    }

    [Fact]
    public async Task A_page_of_a_hundred_rows_comes_alive()
    {
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.GotoAsync("/contacts?size=100");
        await Expect(staff.Rows).ToHaveCountAsync(100);
        await staff.SearchAsync("zzzqqq");
        await Expect(staff.Page.GetByText("No results for “zzzqqq”")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_search_without_a_hit_offers_a_way_out()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts?size=20");
        await staff.SearchAsync("zzzqqq");
        await Expect(staff.Page.GetByText("No results for “zzzqqq”")).ToBeVisibleAsync();
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Clear the search" }).ClickAsync();
        await Expect(staff.Rows).ToHaveCountAsync(20);
        await Expect(staff.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Staff_create_a_contact_after_mending_what_was_wrong()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/contacts/new");
        await staff.Page.GetByLabel("Phone").FillAsync("12");
        await staff.Button("Create contact").ClickAsync();
        await Expect(staff.Page.GetByText("First name is required")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText("Last name is required")).ToBeHiddenAsync(); // one name is enough here
        await Expect(staff.Page.GetByText("Enter a valid phone number")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText("Choose lead, customer or guest")).ToBeHiddenAsync(); // it begins as most are

        await staff.Page.GetByLabel("First name").FillAsync("عبد الرحمن");
        await Expect(staff.Page.GetByText("First name is required")).ToBeHiddenAsync();
        await staff.Page.GetByLabel("Last name").FillAsync("الجزائري");
        await staff.Page.GetByLabel("Phone").FillAsync("+971 50 123 4567");
        await staff.ChooseAsync(staff.Page.GetByLabel("Type"), "Lead");
        await staff.ChooseAsync(staff.Page.Locator("#status_id"), "Qualified");
        await staff.ChooseAsync(staff.Page.GetByLabel("Source"), "Referral");
        await staff.Page.GetByLabel("Add a group").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Option, new() { Name = "VIP" }).ClickAsync();
        await staff.Button("Create contact").ClickAsync();
        await staff.Page.WaitForURLAsync(new Regex("/contacts/\\d+$"));
        await Expect(staff.Heading).ToHaveTextAsync("عبد الرحمن الجزائري");
        await Expect(staff.Button("Leave VIP")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Leaving_with_unsaved_changes_asks_first()
    {
        var contact = await SomeContactAsync("demo", 43);
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync($"/contacts/{contact.Id}");
        await staff.Page.GetByLabel("City").FillAsync("Nowhere");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Contacts", Exact = true }).First.ClickAsync();
        await staff.Button("Stay").ClickAsync();
        await Expect(staff.Page.GetByLabel("City")).ToHaveValueAsync("Nowhere");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Contacts", Exact = true }).First.ClickAsync();
        await staff.Button("Leave").ClickAsync();
        await Expect(staff.Rows).ToHaveCountAsync(50);
        (await GetAsync("demo", contact.Id)).City.ShouldBe(contact.City);
    }

    [Fact]
    public async Task A_viewer_sees_a_contact_and_cannot_change_it()
    {
        var contact = await SomeContactAsync("demo", 44);
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "New contact" })).ToHaveCountAsync(0);
        await staff.GotoAsync($"/contacts/{contact.Id}");
        await Expect(staff.Page.GetByText("First name", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(staff.Page.GetByLabel("First name")).ToHaveCountAsync(0); // words, no field
        await Expect(staff.Button("Save")).ToHaveCountAsync(0);
        await staff.GotoAsync("/contacts/new");
        await Expect(staff.Page.GetByText("Your role doesn't allow this")).ToBeVisibleAsync();
        await staff.GotoAsync("/settings/tokens");
        await Expect(staff.Page.GetByText("Your role doesn't allow this")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_workspaces_contact_does_not_exist()
    {
        var theirs = await SomeContactAsync("other", 3);
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.GotoAsync($"/contacts/{theirs.Id}");
        await Expect(staff.Page.GetByText("Contact not found")).ToBeVisibleAsync();
        (await staff.Page.ContentAsync()).ShouldNotContain(theirs.Phone);
    }

    [Fact]
    public async Task Contacts_are_found_and_changed_on_a_phone()
    {
        var contact = await SomeContactAsync("demo", 45);
        await using var staff = await app.SignInAsync("agent@demo.test", 390, 844);
        await staff.GotoAsync("/contacts");
        await NothingSticksOutAsync(staff);
        await staff.SearchAsync(contact.Phone);
        await Expect(staff.Rows).ToHaveCountAsync(1);
        await staff.OpenFirstContactAsync();
        await NothingSticksOutAsync(staff);
        await staff.Page.GetByLabel("Notes").FillAsync("Called from the train.");
        var (name, email) = (staff.Page.GetByLabel("First name"), staff.Page.GetByLabel("E-mail"));
        var (nameBefore, emailBefore) = (await name.InputValueAsync(), await email.InputValueAsync());
        await name.FillAsync("");
        await email.FillAsync("no address");
        await staff.Button("Save").ClickAsync();
        await Expect(staff.Page.GetByText("Fix 2 fields: First name, E-mail")).ToBeVisibleAsync();
        await NothingSticksOutAsync(staff);

        await name.FillAsync(nameBefore);
        await email.FillAsync(emailBefore);
        await staff.Button("Save").ClickAsync();
        await Expect(staff.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        (await GetAsync("demo", contact.Id)).Description.ShouldBe("Called from the train.");
    }

    private static async Task NothingSticksOutAsync(StaffPage staff)
    {
        (await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
            .ShouldBeLessThanOrEqualTo(0);
        (await staff.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.form-foot:not(.idle) .mud-button-label')]
                .filter(label => label.scrollWidth > label.clientWidth).map(label => label.textContent.trim())
            """)).ShouldBeEmpty();
    }

    private static async Task<string> FirstNameAsync(StaffPage staff)
    {
        await staff.LoadedAsync();
        return await staff.Rows.First.Locator(".cell-name").InnerTextAsync();
    }

    private Task<ContactDetails> SomeContactAsync(string tenant, int index) => app.InWorkspaceAsync(tenant, async services =>
    {
        var query = new ContactQuery { Page = new(1, 100), Sort = [new("id", false)] };
        return (await services.GetRequiredService<ContactQueries>().ListAsync(query, CancellationToken.None)).OrThrow().Items[index];
    });

    private Task<ContactDetails> GetAsync(string tenant, long id) => app.InWorkspaceAsync(tenant, async services =>
        (await services.GetRequiredService<ContactQueries>().GetAsync(id, ContactIncludes.None, CancellationToken.None)).OrThrow());
}
