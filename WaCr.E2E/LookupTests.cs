using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class LookupTests(StaffApp app)
{
    [Fact]
    public async Task Staff_make_rename_and_delete_a_group_in_place()
    {
        await using var staff = await app.SignInAsync("admin@demo.test");
        await staff.GotoAsync("/groups");
        await staff.Page.GetByLabel("Name of a new group").FillAsync("Fair in May");
        await staff.Button("Add").ClickAsync();
        await staff.Button("Rename Fair in May").ClickAsync();
        await Expect(staff.Page.GetByLabel("New name for Fair in May")).ToBeFocusedAsync();
        await staff.Page.GetByLabel("New name for Fair in May").FillAsync("Fair in June");
        await staff.Page.Keyboard.PressAsync("Enter");
        await staff.Button("Delete Fair in June").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("No contact uses it");
        await staff.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(staff.Page.GetByText("Deleted “Fair in June”").First).ToBeVisibleAsync();
        await Expect(staff.Button("Rename Fair in June")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_status_is_emptied_into_another_before_it_goes()
    {
        await using var staff = await app.SignInAsync("owner@other.test");
        await staff.GotoAsync("/settings/statuses");
        await staff.Button("Delete New").ClickAsync();
        var dialog = staff.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("Choose another one for them")).ToBeVisibleAsync();
        await Expect(staff.Button("Move and delete")).ToBeDisabledAsync();
        await dialog.GetByLabel("Move its contacts to").ClickAsync();
        await dialog.GetByRole(AriaRole.Option, new() { Name = "Cliente" }).ClickAsync();
        await staff.Button("Move and delete").ClickAsync();
        await Expect(staff.Button("Delete New")).ToHaveCountAsync(0);
        await Expect(staff.Page.GetByText("Deleted “New”").First).ToBeVisibleAsync();
    }
}
