using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Pages.Audit;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class AuditPageTests : ComponentTest
{
    [Fact]
    public async Task Page_ShowsWhoWhenWhatAndTheValues()
    {
        Become(Role.Admin);
        Tenant.Get<TenantContext>().ClientAddress = "203.0.113.5";
        var contact = await Tenant.CreateContactAsync("Meera");
        await Tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Surat" }, null, CancellationToken.None).OrThrowAsync();

        var page = Browser.Render<AuditTrailPage>();

        var row = page.FindAll("tbody tr")[0].TextContent;
        row.ShouldContain("Asha Patel");
        row.ShouldContain("Changed");
        row.ShouldContain($"Contact {contact.Id}");
        row.ShouldContain("203.0.113.5");
        row.ShouldContain("Surat");
        page.Find("a[download]").GetAttribute("href").ShouldBe("/settings/audit/export");
    }

    [Fact]
    public async Task Page_IsNarrowedByItsAddress()
    {
        Become(Role.Admin);
        await Tenant.CreateContactAsync("Meera");
        await Tenant.Get<SecurityEvents>().RecordAsync(AuditAction.Exported, AuditEntry.ContactType);
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo("/settings/audit?event=exported");

        Browser.Render<AuditTrailPage>().FindAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("Exported");
    }

    [Fact]
    public void Agent_SeesNothingOfIt()
    {
        Become(Role.Agent);

        Browser.Render<AuditTrailPage>().Markup.ShouldContain("Your role doesn't allow this");
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Agent, false)]
    public async Task Menu_OfAContact_ErasesAndExportsForThoseWhoMay(Role role, bool may)
    {
        var contact = await Tenant.CreateContactAsync();
        Become(role);

        await Browser.Render<ContactMenu>(parameters => parameters.Add(menu => menu.Contact, contact)).Find("button").ClickAsync(new());

        var entries = Popovers.FindAll(".mud-menu-item").Select(entry => entry.TextContent.Trim()).ToList();
        entries.ShouldContain("Copy phone number");
        foreach (var entry in new[] { "Everything about this person", "Erase this person now" })
        {
            entries.Contains(entry).ShouldBe(may, entry);
        }
    }
}
