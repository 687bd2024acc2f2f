using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class ContactPagesTests : ComponentTest
{
    [Fact]
    public void List_NoContacts_OffersTheFirstStep()
    {
        var page = Browser.Render<ContactsPage>();
        page.WaitForElement(".notice h2").TextContent.ShouldBe("Your contacts will be here");
        page.Find("a[href='/contacts/new'].mud-button-filled-primary").ShouldNotBeNull();
    }

    [Fact]
    public async Task List_Viewer_OffersNothingToChange()
    {
        await Tenant.CreateContactAsync();
        Become(Role.Viewer);
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr").Count.ShouldBe(1);
        page.FindAll("a[href='/contacts/new']").ShouldBeEmpty();
    }

    [Fact]
    public async Task List_ShowsNamePhoneStatusAndGroups()
    {
        var groups = new List<long>();
        foreach (var name in new[] { "VIP", "Wholesale", "Newsletter" })
        {
            groups.Add(await Tenant.CreateGroupAsync(name));
        }

        await Tenant.CreateContactAsync(Tenant.NewContact("عبد الله", "الغامدي", phone: "09587422369") with { Groups = groups });
        var row = Browser.Render<ContactsPage>().WaitForElement("tbody tr");
        row.QuerySelector(".cell-name bdi")!.TextContent.ShouldBe("عبد الله الغامدي");
        row.QuerySelector(".phone bdi")!.TextContent.ShouldBe("+91 95874 22369");
        row.QuerySelector(".flag")!.GetAttribute("alt").ShouldBe("India");
        row.QuerySelector(".status")!.TextContent.ShouldBe("New");
        row.QuerySelectorAll(".chip").Length.ShouldBe(3);
        row.QuerySelector(".chip.more")!.TextContent.ShouldStartWith("+1");
    }

    [Fact]
    public async Task List_ABeginningIsCutAtItsEnd_InEveryDirection()
    {
        await Tenant.CreateContactAsync(Tenant.NewContact() with { Email = "a@example.net" });

        var cell = Browser.Render<ContactsPage>().WaitForElement("tbody tr .cell-email");

        cell.FirstElementChild!.LocalName.ShouldBe("bdi", "else an e-mail loses its beginning from right to left");
    }

    [Fact]
    public async Task NewContact_BeforeTheFirstChange_HidesTheFoot()
    {
        var page = Browser.Render<ContactPage>();
        page.WaitForElement(".form-foot").ClassList.ShouldContain("idle");

        await page.Find("#firstname").InputAsync("Maria");

        page.WaitForAssertion(() => page.Find(".form-foot").ClassList.ShouldNotContain("idle"));
        page.Find(".form-foot .said").TextContent.Trim().ShouldBe("* Required");
    }

    [Fact]
    public async Task List_SearchAndPageComeFromTheAddress()
    {
        for (var index = 0; index < 25; index++)
        {
            await Tenant.CreateContactAsync($"Maria {index:00}");
        }

        await Tenant.CreateContactAsync("Zoltan");
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts?search=maria&sort=firstname&page=2&size=20");
        var page = Browser.Render<ContactsPage>();
        page.WaitForElements("tbody tr").Count.ShouldBe(5);
        page.Find(".cell-name bdi").TextContent.ShouldStartWith("Maria 20");
        page.Find(".pager-range").TextContent.ShouldBe("21–25 of 25");
    }

    [Fact]
    public async Task Trail_LeadsBackToTheList_AndOnToTheNeighbours_AcrossItsPages()
    {
        var ids = new List<long>();
        for (var index = 0; index < 22; index++)
        {
            ids.Add((await Tenant.CreateContactAsync($"Maria {index:00}")).Id);
        }

        await Tenant.CreateContactAsync("Zoltan");
        var navigation = Browser.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/contacts/{ids[19]}?search=maria&sort=firstname&size=20&page=1");
        var page = Browser.Render<ContactPage>(set => set.Add(p => p.Id, ids[19]));
        page.WaitForElement(".contact-steps").TextContent.Trim().ShouldBe("20 of 22");
        page.Find(".contact-trail > a").GetAttribute("href").ShouldBe("/contacts?search=maria&sort=firstname&size=20");
        page.Find("a[rel=prev]").GetAttribute("href").ShouldBe($"/contacts/{ids[18]}?search=maria&sort=firstname&size=20&page=1");
        page.Find("a[rel=next]").GetAttribute("href").ShouldBe($"/contacts/{ids[20]}?search=maria&sort=firstname&size=20&page=2");

        navigation.NavigateTo(page.Find("a[rel=next]").GetAttribute("href")!);
        page.Render(set => set.Add(p => p.Id, ids[20]));
        page.WaitForAssertion(() => page.Find(".contact-steps").TextContent.Trim().ShouldBe("21 of 22"));
        page.Find("a[rel=prev]").GetAttribute("href").ShouldBe($"/contacts/{ids[19]}?search=maria&sort=firstname&size=20&page=1");
    }

    [Fact]
    public async Task Trail_OfAContactThatWasOpenedFromElsewhere_LeadsToAllContacts()
    {
        var contact = await Tenant.CreateContactAsync();
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo($"/contacts/{contact.Id}");
        var page = Browser.OpenContact(contact.Id);
        page.Find(".contact-trail > a").GetAttribute("href").ShouldBe("/contacts");
        page.FindAll(".contact-steps").ShouldBeEmpty();
    }

    [Fact]
    public async Task Form_NothingChanged_CannotBeSaved()
    {
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        form.Find("[data-save]").HasAttribute("disabled").ShouldBeTrue();
        form.Find(".said").TextContent.ShouldBe("No changes");
    }

    [Fact]
    public async Task Form_OneFieldChanged_ChangesThatFieldAlone()
    {
        var contact = await Tenant.CreateContactAsync(email: "asha@example.org");
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#city").InputAsync("Surat");
        form.Find(".said").TextContent.ShouldBe("1 change");
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("No changes"));

        var after = await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None);
        after.Value!.City.ShouldBe("Surat");
        after.Value.Email.ShouldBe("asha@example.org");
        (await Tenant.AuditOfAsync("contact", contact.Id))[^1].Changes.ShouldNotContain("Email", Case.Insensitive);
    }

    [Fact]
    public async Task Form_Language_IsChosenByItsName_AndARareOneIsKept()
    {
        var contact = await Tenant.CreateContactAsync(Tenant.NewContact() with { Language = "tlh" });
        var form = Browser.OpenContact(contact.Id);
        form.Find("#language").GetAttribute("value").ShouldBe("Klingon");
        await form.Find("#language").InputAsync("portuguese (b");
        await form.FindAll("#language-list [role=option]").ShouldHaveSingleItem().ClickAsync(new());
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("No changes"));

        (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None)).Value!.Language.ShouldBe("pt-BR");
        form.Find("#language").GetAttribute("value").ShouldBe("Portuguese (Brazil)");
    }

    [Fact]
    public async Task Form_WrongValues_ShowTheServicesMessagesBelowTheirFields()
    {
        await Tenant.CreateContactAsync(phone: "+919587422369");
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#firstname").InputAsync("");
        await form.Find("#phone").InputAsync("09587422369");
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find("#firstname-note").TextContent.ShouldBe(ContactErrors.FirstNameRequired.Message));
        form.Find("#phone-note").TextContent.ShouldBe("Another contact already has this phone number");
        form.Find("#phone").GetAttribute("aria-invalid").ShouldBe("true");

        await form.Find("#firstname").InputAsync("Asha");
        form.FindAll("#firstname-note").ShouldBeEmpty();
        form.Find("#phone-note").TextContent.ShouldBe("Another contact already has this phone number");
    }

    [Fact]
    public async Task Form_WhileTyping_TellsTheServicesMessagesOfTheFieldsThatWereTouched()
    {
        await Tenant.CreateContactAsync(phone: "+919587422369");
        var form = Browser.Render<ContactPage>();
        form.WaitForElement("#firstname");
        await form.Find("#phone").InputAsync("09587422369");
        form.WaitForAssertion(() => form.Find("#phone-note").TextContent.ShouldBe("Another contact already has this phone number"));
        await form.Find("#email").InputAsync("nowhere");
        form.WaitForAssertion(() => form.Find("#email-note").TextContent.ShouldBe("Enter a valid e-mail address"));
        form.FindAll("#firstname-note").ShouldBeEmpty();
        await form.Find("#email").InputAsync("");
        form.WaitForAssertion(() => form.FindAll("#email-note").ShouldBeEmpty());
        form.Find("#phone-note").TextContent.ShouldBe("Another contact already has this phone number");
    }

    [Fact]
    public async Task Form_GroupThatDoesNotExist_IsCreatedAndJoined()
    {
        var vip = await Tenant.CreateGroupAsync("VIP");
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#groups").InputAsync("Whole");
        form.Find("#groups-list [role=option]").TextContent.Trim().ShouldBe("Create “Whole”");
        await form.Find("#groups").InputAsync("Wholesale");
        await form.Find("#groups").KeyDownAsync("Enter");
        form.WaitForAssertion(() => form.Find(".group-chip bdi").TextContent.ShouldBe("Wholesale"));
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("No changes"));

        var after = await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.Groups, CancellationToken.None);
        after.Value!.Groups!.ShouldHaveSingleItem().Name.ShouldBe("Wholesale");
        after.Value.GroupIds.ShouldNotContain(vip);
    }

    [Fact]
    public async Task Form_Country_IsPickedByTypingAPartOfItsName()
    {
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#country_id").InputAsync("bra");
        form.Find("#country_id-list img").GetAttribute("src").ShouldBe("/flags/br.svg");
        await form.Find("#country_id").KeyDownAsync("Enter");
        form.Find("#country_id").GetAttribute("value").ShouldBe("Brazil");
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("No changes"));
        (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None)).Value!.CountryId.ShouldBe(76);
    }

    [Fact]
    public async Task Drawer_SavesTheChangeAndSaysSo()
    {
        var contact = await Tenant.CreateContactAsync();
        ContactDetails? changed = null;
        var closed = false;
        var drawer = Browser.Render<QuickEditDrawer>(parameters => parameters
            .Add(d => d.ContactId, contact.Id).Add(d => d.Changed, saved => changed = saved).Add(d => d.Closed, () => closed = true));
        await drawer.WaitForElement("#city").InputAsync("Surat");
        await drawer.Find("[data-save]").ClickAsync(new());
        drawer.WaitForAssertion(() => closed.ShouldBeTrue());
        changed!.City.ShouldBe("Surat");
    }

    [Fact]
    public async Task Form_Viewer_IsReadOnly()
    {
        var contact = await Tenant.CreateContactAsync();
        Become(Role.Viewer);
        var page = Browser.Render<ContactPage>(parameters => parameters.Add(shown => shown.Id, contact.Id));
        page.WaitForElement(".plain-value").TextContent.ShouldBe("Asha");
        page.FindAll("input, select, textarea, [data-save]").ShouldBeEmpty();
    }

    [Fact]
    public async Task New_contact_needs_a_name_and_a_phone()
    {
        var form = Browser.Render<ContactPage>();
        await form.WaitForElement("#firstname").InputAsync("Asha");
        await form.Find("#phone").InputAsync("+919587422369");
        form.WaitForAssertion(() => form.Find("[data-save]").HasAttribute("disabled").ShouldBeFalse());
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => Browser.Services.GetRequiredService<NavigationManager>().Uri.ShouldMatch("/contacts/[0-9]+$"));
    }

    [Fact]
    public void Form_UnknownContact_SaysSo()
    {
        var page = Browser.Render<ContactPage>(parameters => parameters.Add(contact => contact.Id, 987_654));
        page.WaitForElement(".notice h2").TextContent.ShouldBe("Contact not found");
    }
}
