using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Features.Contacts;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Contacts)]
public sealed class MergeTests(StaffApp app)
{
    [Fact]
    public async Task Staff_merge_a_duplicate_field_by_field_and_separate_the_two_again()
    {
        var (stays, goes) = await app.InWorkspaceAsync("demo", async services =>
        {
            var some = (await services.GetRequiredService<ContactQueries>().ListAsync(new ContactQuery(), CancellationToken.None))
                .OrThrow().Items[0];
            var contacts = services.GetRequiredService<ContactService>();
            var first = new ContactPatch
            {
                FirstName = "Xiomara",
                LastName = "Quiñones",
                Phone = "+34612000771",
                Type = "lead",
                City = "Sevilla",
                Company = "Quiñones SL",
                StatusId = some.StatusId,
                SourceId = some.SourceId,
            };
            var second = first with { Phone = "+34712000771", City = "Cádiz", Company = "Quiñones e Hijas" };
            return (
                (await contacts.CreateAsync(first, CancellationToken.None)).OrThrow(),
                (await contacts.CreateAsync(second, CancellationToken.None)).OrThrow());
        });
        await using var staff = await app.SignInAsync("admin@demo.test");
        await staff.GotoAsync($"/contacts/{stays.Id}");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Compare with Xiomara Quiñones" }).ClickAsync();
        await Expect(staff.Heading).ToHaveTextAsync("Merge two contacts into one");
        await Expect(Choice("City", "Sevilla")).ToBeCheckedAsync();
        await Choice("City", "Cádiz").CheckAsync();
        await staff.Button("Merge contacts").ClickAsync();

        await Expect(staff.Page.GetByText("Contacts merged")).ToBeVisibleAsync();
        await Expect(Field("City")).ToHaveValueAsync("Cádiz");
        await Expect(Field("Company")).ToHaveValueAsync("Quiñones SL");
        var merged = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Merged into this contact" });
        await Expect(merged).ToContainTextAsync("Xiomara Quiñones");
        await using (var other = await app.SignInAsync("agent@demo.test"))
        {
            await other.GotoAsync($"/contacts/{goes.Id}");
            await Expect(other.Page.GetByText("Contact not found")).ToBeVisibleAsync();
        }

        await merged.GetByRole(AriaRole.Button, new() { Name = "Unmerge Xiomara Quiñones" }).ClickAsync();
        await Expect(staff.Page.GetByText("Xiomara Quiñones is a separate contact again")).ToBeVisibleAsync();
        await Expect(Field("City")).ToHaveValueAsync("Sevilla");
        await staff.GotoAsync($"/contacts/{goes.Id}");
        await Expect(Field("City")).ToHaveValueAsync("Cádiz");
        await Expect(Field("Company")).ToHaveValueAsync("Quiñones e Hijas");

        ILocator Field(string name) => staff.Page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

        ILocator Choice(string field, string value) => staff.Page.GetByRole(AriaRole.Group, new() { Name = field, Exact = true })
            .GetByRole(AriaRole.Radio, new() { Name = value, Exact = true });
    }
}
