using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class BulkTests(StaffApp app)
{
    [Fact]
    public async Task Staff_restore_a_deleted_contact_from_the_trash()
    {
        await using var staff = await app.SignInAsync("owner@other.test");
        var name = await app.InWorkspaceAsync("other", async services =>
        {
            var contact = (await services.GetRequiredService<ContactQueries>().ListAsync(new ContactQuery(), CancellationToken.None))
                .OrThrow().Items[^1];
            (await services.GetRequiredService<ContactService>().DeleteAsync(contact.Id, null, CancellationToken.None)).OrThrow();
            return $"{contact.FirstName} {contact.LastName}";
        });

        await staff.GotoAsync("/contacts/trash");
        await Expect(staff.Row(name)).ToContainTextAsync("in 30 days");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Button($"Restore {name}").ClickAsync();
        await Expect(staff.Page.GetByText("1 contact restored")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText("The trash is empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_change_in_the_background_shows_itself_in_another_tab_and_is_undone_there()
    {
        await using var watching = await app.SignInAsync("admin@demo.test");
        await watching.GotoAsync("/contacts/jobs");
        var total = await app.InWorkspaceAsync("demo", async services =>
        {
            var ids = (await services.GetRequiredService<ContactQueries>().ListAsync(new ContactQuery(), CancellationToken.None))
                .OrThrow().Items.Take(2);
            var everybody = ContactSelection.AllMatching(new ContactQuery(), ids.Select(contact => contact.Id));
            var action = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = "Background" } };
            return (await services.GetRequiredService<BulkService>().StartAsync(everybody, action, CancellationToken.None)).OrThrow().Total;
        });

        var job = watching.Page.Locator(".bulk-list li").First;
        await Expect(job).ToContainTextAsync("Change State or region");
        await Expect(job).ToContainTextAsync($"{total:N0} contacts changed");
        (await CountAsync()).ShouldBe(total);
        await job.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(watching.Page.Locator(".bulk-list li").First).ToContainTextAsync($"{total:N0} contacts changed back");
        (await CountAsync()).ShouldBe(0);

        Task<int> CountAsync() => app.InWorkspaceAsync("demo", async services =>
        {
            var preview = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = "Background" } };
            var found = (
                await services.GetRequiredService<BulkService>()
                    .PreviewAsync(ContactSelection.AllMatching(new ContactQuery(), []), preview, CancellationToken.None))
                .OrThrow();
            return found.Selected - found.Changing;
        });
    }
}
