using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

/// <summary>What can be done with the open conversation, from the search over everything and from the list of contacts.</summary>
[Collection(StaffApp.Collection)]
public sealed class PageCommandTests(StaffApp app)
{
    [Fact]
    public async Task The_open_conversation_is_assigned_and_left_unread_by_the_keyboard_alone()
    {
        await using var staff = await OpenAsync("+12025550165", "Who takes care of me?");
        var assigned = staff.Page.GetByRole(AriaRole.Combobox, new() { Name = "Assigned to" });
        await Expect(assigned).ToHaveValueAsync("Arjun Nair"); // the demo number's default
        await RunAsync(staff, "unassign");
        await Expect(assigned).ToHaveValueAsync("Not assigned");
        await RunAsync(staff, "assign to me");
        await Expect(assigned).ToHaveValueAsync("Arjun Nair");

        await RunAsync(staff, "mark as unread");
        await staff.Page.WaitForURLAsync("**/conversations");
        await Expect(staff.Page.Locator(".inbox-row[data-next=unread]", new() { HasText = "Who takes care of me?" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task A_toast_lies_over_nothing_that_is_typed_in_or_pressed(int width, int height)
    {
        await using var staff = await OpenAsync("+12025550166", "Do you read me?", width, height);
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await field.FillAsync(string.Join('\n', Enumerable.Repeat("A line", 12)));
        await staff.Button("More with this conversation").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy the transcript" }).ClickAsync();
        await Expect(staff.Page.Locator(".toast")).ToBeVisibleAsync();

        (await staff.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.composer :is(textarea, button, label)')].filter(control => control.checkVisibility()).filter(control => {
              const [own, toast] = [control.getBoundingClientRect(), document.querySelector('.toast').getBoundingClientRect()];
              return own.top < toast.bottom && own.bottom > toast.top && own.left < toast.right && own.right > toast.left;
            }).map(control => control.outerHTML.slice(0, 200))
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_contact_is_written_to_from_its_row()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.GotoAsync("/contacts?size=20");
        var name = await staff.Rows.Nth(2).Locator(".cell-name bdi").InnerTextAsync();
        await staff.Rows.Nth(2).HoverAsync();
        await staff.Button("Message " + name).ClickAsync();

        await staff.Page.WaitForURLAsync("**/conversations/*");
        await Expect(staff.Page.Locator(".thread-head")).ToContainTextAsync(name);
    }

    private async Task<StaffPage> OpenAsync(string phone, string text, int width = 1440, int height = 900)
    {
        await app.SayAsync(phone, text);
        var staff = await app.SignInAsync("agent@demo.test", width, height);
        await staff.OpenConversationAsync(text);
        await Expect(staff.Page.Locator(".composer")).ToBeVisibleAsync();
        return staff;
    }

    private static async Task RunAsync(StaffPage staff, string command)
    {
        await staff.Page.Keyboard.PressAsync("Control+k");
        await staff.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search everything" }).FillAsync(command);
        await Expect(staff.Page.Locator($"#finder-hits[data-for='{command}']")).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("Enter");
    }
}
