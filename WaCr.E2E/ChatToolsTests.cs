using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ChatToolsTests(StaffApp app)
{
    private const string Phone = "+12025550195";

    /// <summary>On a phone, and at 200 percent, most of the screen is the conversation.</summary>
    [Theory]
    [InlineData(390, 844, StaffApp.English)]
    [InlineData(720, 450, StaffApp.English)]
    [InlineData(390, 844, StaffApp.Arabic)]
    public async Task The_composer_is_one_row_and_its_menu_says_what_each_thing_is(int width, int height, string locale)
    {
        var question = $"Do you have it in blue? {width} {locale}";
        await app.SayAsync("+12025550171", question);
        await using var staff = await app.SignInAsync("agent@demo.test", width, height, locale: locale);
        await staff.OpenConversationAsync(question);
        var field = staff.Page.Locator(".composer textarea");
        await Expect(field).ToBeEditableAsync();
        (await staff.Page.Locator(".composer").BoundingBoxAsync())!.Height.ShouldBeLessThan(66);
        (await field.EvaluateAsync<string>("field => getComputedStyle(field).direction")).ShouldBe(locale == StaffApp.Arabic ? "rtl" : "ltr");
        await Expect(staff.Page.Locator(".composer .window .long")).ToBeVisibleAsync(); // for those who hear it

        await field.FillAsync("Dear ");
        await staff.Page.Locator(".composer .more button").ClickAsync();
        var entries = staff.Page.Locator(".mud-popover-open .mud-menu-item");
        await Expect(entries.First).ToBeVisibleAsync();
        foreach (var entry in await entries.AllAsync())
        {
            (await entry.InnerTextAsync()).ShouldNotBeNullOrWhiteSpace();
            await Expect(entry.Locator("svg").First).ToBeAttachedAsync();
        }

        await staff.Page.Locator(".mud-menu-item[aria-haspopup]").First.ClickAsync();
        await staff.Page.Locator(".mud-menu-item[data-insert]").First.ClickAsync();
        await Expect(field).ToHaveValueAsync("Dear Customer");
        await Expect(entries).ToHaveCountAsync(0);
        await Expect(field).ToBeFocusedAsync();

        await staff.Page.Locator(".composer .more button").ClickAsync();
        var chooser = await staff.Page.RunAndWaitForFileChooserAsync(() =>
            staff.Page.Locator(".mud-menu-item[data-press='input[data-attach]']").ClickAsync());
        chooser.IsMultiple.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1440, 900, "Enter")]
    [InlineData(390, 844, " ")]
    public async Task The_composers_menu_does_by_keyboard_what_it_does_by_a_click(int width, int height, string key)
    {
        var question = $"Can I do without a mouse? {width}";
        await app.SayAsync("+12025550172", question);
        await using var staff = await app.SignInAsync("agent@demo.test", width, height);
        await staff.OpenConversationAsync(question);
        var field = staff.Page.Locator(".composer textarea");
        await Expect(field).ToBeEditableAsync();
        await field.FillAsync("Dear ");

        await OpenMenuAsync();
        var entries = staff.Page.Locator(".mud-popover-open .mud-menu-item:visible");
        for (var index = 0; index < await entries.CountAsync(); index++)
        {
            await Expect(entries.Nth(index)).ToBeFocusedAsync();
            await staff.Page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(entries.First).ToBeFocusedAsync();

        var chooser = await staff.Page.RunAndWaitForFileChooserAsync(() => PressAsync("Attach files"));
        chooser.IsMultiple.ShouldBeTrue();
        await Expect(entries).ToHaveCountAsync(0);

        if (width < 720)
        {
            await OpenMenuAsync();
            await PressAsync("Send later");
            await Expect(staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Send later" })).ToBeVisibleAsync();
            await staff.Page.Keyboard.PressAsync("Escape");
        }

        await OpenMenuAsync();
        await PressAsync("Insert contact field");
        var inserts = staff.Page.Locator(".mud-menu-item[data-insert]");
        await Expect(inserts.First).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync(key);
        await Expect(field).ToHaveValueAsync("Dear Customer");
        await Expect(entries).ToHaveCountAsync(0);
        await Expect(field).ToBeFocusedAsync();

        await field.SelectTextAsync();
        await OpenMenuAsync();
        var format = staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Format text", Exact = true });
        var bold = staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Bold", Exact = true });
        await format.FocusAsync();
        await staff.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(bold).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(format).ToBeFocusedAsync();
        await Expect(bold).ToHaveCountAsync(0);
        await PressAsync("Format text");
        await PressAsync("Struck out");
        await Expect(field).ToHaveValueAsync("~Dear Customer~");
        await Expect(entries).ToHaveCountAsync(0);
        await Expect(field).ToBeFocusedAsync();

        // Of a Russian keyboard, on which Ctrl and the key of B make bold, too.
        await field.SelectTextAsync();
        await field.DispatchEventAsync("keydown", new { key = "и", code = "KeyB", ctrlKey = true, bubbles = true, cancelable = true });
        await Expect(field).ToHaveValueAsync("*~Dear Customer~*");

        async Task PressAsync(string name)
        {
            await staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true }).FocusAsync();
            await staff.Page.Keyboard.PressAsync(key);
        }

        async Task OpenMenuAsync()
        {
            await staff.Page.Locator(".composer .more button").FocusAsync();
            await staff.Page.Keyboard.PressAsync(key);
            await Expect(staff.Page.Locator(".mud-popover-open .mud-menu-item").First).ToBeVisibleAsync();
        }
    }

    /// <summary>Whoever is quicker than the network goes on where they are.</summary>
    [Fact]
    public async Task A_menu_that_opens_late_leaves_the_focus_where_it_has_gone()
    {
        await app.SayAsync("+12025550172", "Are you quick?");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.OpenConversationAsync("Are you quick?");
        var field = staff.Page.Locator(".composer textarea");
        await Expect(field).ToBeEditableAsync();

        await staff.Page.Locator(".composer .more button").EvaluateAsync(
            """
            button => {
                button.focus();
                button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
                document.querySelector('.composer textarea').focus();
            }
            """);
        await Expect(staff.Page.Locator(".mud-popover-open .mud-menu-item").First).ToBeVisibleAsync();
        await staff.Page.Keyboard.TypeAsync("Yes");

        await Expect(field).ToHaveValueAsync("Yes");
    }

    [Fact]
    public async Task Emoji_are_found_by_word_remembered_and_stand_above_the_text()
    {
        await app.SayAsync("+12025550172", "Is it there yet?");
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.OpenConversationAsync("Is it there yet?");
        var field = staff.Page.Locator(".composer textarea");
        await Expect(field).ToBeEditableAsync();
        await field.FillAsync("One\nTwo\nThree\nFour ");
        await staff.Button("Emoji").ClickAsync();
        var panel = staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "Emoji" });
        var found = panel.Locator(".emoji-list button");
        await Expect(panel.Locator("h4").First).ToHaveTextAsync("Smileys and emotion");
        var box = (await panel.BoundingBoxAsync())!;
        (box.Y + box.Height).ShouldBeLessThanOrEqualTo((await field.BoundingBoxAsync())!.Y);
        await Expect(panel.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        await staff.Page.Keyboard.TypeAsync("rocket");
        await Expect(found.First).ToHaveTextAsync("🚀");
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync("One\nTwo\nThree\nFour 🚀");
        await panel.GetByRole(AriaRole.Searchbox).FillAsync("zzzz");
        await Expect(panel.GetByRole(AriaRole.Status)).ToHaveTextAsync("No emoji found");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Food and drink" }).ClickAsync();
        await Expect(found.Nth(300)).ToBeAttachedAsync();

        await staff.Page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
        await staff.Button("Emoji").ClickAsync();
        await Expect(panel.Locator("h4").First).ToHaveTextAsync("Recently used");
        await Expect(found.First).ToHaveTextAsync("🚀");
        await Expect(panel.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(found.First).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(found.Nth(1)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Staff_star_a_message_send_a_link_and_a_saved_place_look_through_the_conversation_and_block_its_person()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await app.SayAsync(Phone, "Is the shop near the station?");
        await staff.OpenConversationAsync("Is the shop near the station?");
        var asked = staff.Page.Locator(".bubble.theirs").Last;
        await Expect(asked).ToContainTextAsync("Is the shop near the station?");

        await asked.GetByRole(AriaRole.Button, new() { Name = "More with this message" }).ClickAsync();
        await staff.Button("Star").ClickAsync();
        await Expect(asked.GetByRole(AriaRole.Img, new() { Name = "Starred" })).ToBeVisibleAsync();

        await staff.MoreToSendAsync("Send a button with a link");
        var link = Panel("Send a button with a link");
        await Expect(link.Locator("#request-body")).ToBeFocusedAsync();
        await link.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(link.GetByText("Enter a text first").First).ToBeVisibleAsync();
        await link.Locator("#request-body").FillAsync("Here is the way: https://example.com/map");
        await link.Locator("#request-button").FillAsync("Show me");
        await link.Locator("#request-url").FillAsync("https://example.com/way");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await link.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(staff.Page.Locator(".bubble.ours").Last).ToContainTextAsync("Here is the way");
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await Expect(field).ToBeFocusedAsync();

        await staff.MoreToSendAsync("Send a template");
        await Expect(Panel("Send a template").GetByLabel("Template", new() { Exact = true })).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("Escape");
        await Expect(field).ToBeFocusedAsync();

        await staff.MoreToSendAsync("Send a place");
        var place = Panel("Send a place");
        await place.Locator("#place-degrees").FillAsync("22.3072, 73.1812");
        await place.Locator("#place-name").FillAsync("Corner shop");
        await place.GetByLabel("Save this place for next time").CheckAsync();
        await place.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(staff.Page.Locator(".bubble.ours").Last).ToContainTextAsync("Corner shop");
        await staff.MoreToSendAsync("Send a place");
        await place.GetByLabel("Search saved places").FillAsync("corner");
        await place.GetByText("Corner shop", new() { Exact = true }).ClickAsync();
        await Expect(place.Locator("#place-degrees")).ToHaveValueAsync("22.3072, 73.1812");
        await place.GetByRole(AriaRole.Button, new() { Name = "Back to the message box" }).ClickAsync();

        await ActAsync("Files, links and stars");
        var panel = staff.Page.GetByRole(AriaRole.Complementary, new() { Name = "Files, links and stars" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Links" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "https://example.com/map" })).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Starred" }).ClickAsync();
        await Expect(panel.GetByText("Is the shop near the station?")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        await ActAsync("Block");
        await staff.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true }).ClickAsync();
        await Expect(staff.Page.GetByText("This contact is blocked at WhatsApp. Unblock them to write again.")).ToBeVisibleAsync();
        await app.SayAsync(Phone, "Nobody reads this");
        await ActAsync("Unblock");
        await Expect(staff.Page.GetByLabel("Message", new() { Exact = true })).ToBeVisibleAsync();
        await app.SayAsync(Phone, "Do you read me again?");
        await Expect(staff.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Do you read me again?");
        await Expect(staff.Page.GetByText("Nobody reads this")).ToHaveCountAsync(0);

        ILocator Panel(string name) => staff.Page.GetByRole(AriaRole.Region, new() { Name = name });

        async Task ActAsync(string what)
        {
            await staff.Button("More with this conversation").ClickAsync();
            await staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = what, Exact = true }).ClickAsync();
        }
    }
}
