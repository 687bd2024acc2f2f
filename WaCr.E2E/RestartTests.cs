using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class RestartTests(RestartedApp app) : IClassFixture<RestartedApp>
{
    [Fact]
    public async Task A_restart_of_the_server_in_the_middle_of_an_edit_and_of_a_bulk_job_loses_nothing()
    {
        var contact = await app.InWorkspaceAsync("demo", async services =>
            (await services.GetRequiredService<ContactQueries>().ListAsync(new ContactQuery(), CancellationToken.None)).OrThrow().Items[0]);
        await using var editor = await app.SignInAsync("agent@demo.test");
        await editor.GotoAsync($"/contacts/{contact.Id}");
        await editor.Page.GetByLabel("City").FillAsync("Pondichéry");
        await Expect(editor.Page.GetByText("Draft saved", new() { Exact = true })).ToBeVisibleAsync();

        var everybodyElse = ContactSelection.AllMatching(new ContactQuery(), [contact.Id]);
        var change = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = "Restarted" } };
        var job = await app.InWorkspaceAsync("demo", async services =>
            (await services.GetRequiredService<BulkService>().StartAsync(everybodyElse, change, CancellationToken.None)).OrThrow());
        editor.ServerIsAway = true;
        await app.StopAsync();
        await Expect(editor.Page.GetByText("Reconnecting. Nothing you typed is lost.")).ToBeVisibleAsync();
        await Expect(editor.Page.GetByLabel("City")).ToHaveValueAsync("Pondichéry");
        var (word, foot) = (await BoxAsync(".reconnect"), await BoxAsync(".form-foot"));
        (word.Y + word.Height).ShouldBeLessThanOrEqualTo(foot.Y);
        app.Start();

        // Its circuit is gone with the server: the page is loaded anew, and the draft with it.
        await Expect(editor.Page.GetByText("We restored your draft")).ToBeVisibleAsync();
        editor.ServerIsAway = false;
        await Expect(editor.Page.GetByLabel("City")).ToHaveValueAsync("Pondichéry");
        await editor.Button("Save").ClickAsync();
        await Expect(editor.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        await editor.GotoAsync("/contacts/jobs");
        await Expect(editor.Page.Locator(".bulk-list li").First)
            .ToContainTextAsync($"{job.Total:N0} contacts changed");
        var (left, edited) = await app.InWorkspaceAsync("demo", async services =>
        {
            var again = (await services.GetRequiredService<BulkService>().PreviewAsync(everybodyElse, change, CancellationToken.None))
                .OrThrow();
            return (
                again.Changing,
                (await services.GetRequiredService<ContactQueries>().GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None))
                    .OrThrow());
        });
        left.ShouldBe(0);
        (edited.City, edited.State).ShouldBe(("Pondichéry", contact.State));

        async Task<LocatorBoundingBoxResult> BoxAsync(string selector) =>
            (await editor.Page.Locator(selector).BoundingBoxAsync()).ShouldNotBeNull();
    }
}
