using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class GlobalSearchTests(StaffApp app)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Staff_find_a_contact_from_any_page_with_the_keyboard(int width)
    {
        await using var staff = await app.SignInAsync("owner@demo.test", width);
        await staff.GotoAsync("/settings/tokens");
        await staff.Page.Keyboard.PressAsync("Control+k");
        var input = staff.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search everything" });
        await Expect(input).ToBeFocusedAsync();
        await input.FillAsync("an");
        var first = staff.Page.Locator("#global-search a[aria-selected=true][href^='/contacts/']");
        await Expect(first).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("Enter");

        await Expect(staff.Page.GetByLabel("First name")).ToBeVisibleAsync();
        await Expect(staff.Page.Locator("#global-search")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Keys_follow_what_is_typed_and_wait_for_its_hits()
    {
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.GotoAsync("/");
        await staff.Page.Keyboard.PressAsync("Control+k");
        var input = staff.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search everything" });
        var options = staff.Page.Locator("#global-search [role=option]");
        await input.FillAsync("an");
        await Expect(staff.Page.Locator("#finder-hits[data-for=an]")).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await staff.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(input).ToHaveAttributeAsync("aria-activedescendant", "finder-hit-0");

        // The hits of "an" are still there when Enter is pressed.
        await input.FillAsync("api tok");
        await staff.Page.Keyboard.PressAsync("Enter");
        await staff.Page.WaitForURLAsync("**/settings/tokens");
    }

    [Fact]
    public async Task Escape_leaves_the_search_where_it_was_opened()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.Button("Search").ClickAsync();
        await Expect(staff.Page.Locator("#global-search a").First).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Page.Keyboard.PressAsync("Escape");
        await Expect(staff.Button("Search")).ToBeFocusedAsync();
    }
}
