using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Shared;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

/// <summary>What is typed and not saved yet, and what others change meanwhile.</summary>
public sealed class ContactEditingTests : ComponentTest
{
    [Fact]
    public async Task What_another_contact_has_is_said_with_whose_it_is()
    {
        var charlotte = await Tenant.CreateContactAsync(Tenant.NewContact("Charlotte", "Smith", phone: "+919587422369", email: "charlotte@example.com"));
        var contact = await Tenant.CreateContactAsync("Asha");
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#email").InputAsync("Charlotte@Example.com");
        form.WaitForElements(".holder a").Select(link => (link.TextContent, link.GetAttribute("href"))).ShouldBe(
            [("Open Charlotte Smith", $"/contacts/{charlotte.Id}"), ("Merge with Charlotte Smith", $"/contacts/{contact.Id}/merge/{charlotte.Id}")]);
        await form.Find("#phone").InputAsync("095874 22369");
        form.WaitForAssertion(() => form.FindAll(".holder").Count.ShouldBe(2));
        await form.Find("#email").InputAsync("asha@example.com");
        form.WaitForAssertion(() => form.FindAll(".holder").Count.ShouldBe(1));
    }

    [Fact]
    public async Task The_foot_of_a_form_waits_for_the_first_change()
    {
        var form = Browser.OpenContact((await Tenant.CreateContactAsync()).Id);
        form.Find(".form-foot").ClassList.ShouldContain("idle");
        await form.Find("#company").InputAsync("Acme");
        form.WaitForAssertion(() => form.Find(".form-foot").ClassList.ShouldNotContain("idle"));
    }

    [Fact]
    public async Task Form_SomebodyElseChangedTheSameField_ShowsBoth()
    {
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        await Tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Mumbai", Zip = "400001" }, null, CancellationToken.None);
        await form.Find("#city").InputAsync("Surat");
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.FindAll(".versus .what").Select(what => what.TextContent).ShouldBe(["Surat", "Mumbai", contact.City ?? "Empty"]));
        form.Find("#city").GetAttribute("value").ShouldBe("Surat");
        form.Find("#zip").GetAttribute("value").ShouldBe("400001");
        form.Find("[data-save]").HasAttribute("disabled").ShouldBeTrue();

        await form.InvokeAsync(() => form.FindAll(".versus .version")[1].Click());
        form.WaitForAssertion(() => form.Find("#city").GetAttribute("value").ShouldBe("Mumbai"));
        form.FindAll(".versus").ShouldBeEmpty();
        form.Find(".said").TextContent.ShouldBe("No changes");
    }

    [Fact]
    public async Task Form_WhatWasTypedAndNotSaved_IsThereAgain()
    {
        await Tenant.SignInAsync(Role.Agent);
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#city").InputAsync("Surat");
        form.WaitForElement("[data-draft-kept]");

        var again = Browser.OpenContact(contact.Id);
        again.WaitForAssertion(() => again.Find(".banner.draft").TextContent.ShouldContain("We restored your draft"));
        again.Find("#city").GetAttribute("value").ShouldBe("Surat");
        await again.Find(".banner.draft button").ClickAsync(new());
        again.WaitForAssertion(() => again.FindAll(".banner.draft").ShouldBeEmpty());
        again.Find(".said").TextContent.ShouldBe("No changes");
        (await KeptAsync(contact.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Form_Undo_LeavesTheGroupThatSomebodyElseAddedMeanwhile()
    {
        var mine = await Tenant.CreateGroupAsync("Mine");
        var theirs = await Tenant.CreateGroupAsync("Theirs");
        var first = await Tenant.CreateGroupAsync("First");
        var contact = await Tenant.CreateContactAsync(Tenant.NewContact() with { Groups = new List<long> { first } });
        var form = Browser.OpenContact(contact.Id);
        await Tenant.Contacts.UpdateAsync(
            contact.Id, new ContactPatch { Groups = new List<long> { first, theirs } }, null, CancellationToken.None);
        await form.Find("#groups").InputAsync("Mine");
        await form.Find("#groups").KeyDownAsync("Enter");
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("No changes"));
        (await GroupsAsync()).ShouldBe([mine, theirs, first], ignoreOrder: true);

        await form.InvokeAsync(() => Tenant.Get<Toasts>().Shown.Single().Undo!());

        (await GroupsAsync()).ShouldBe([theirs, first], ignoreOrder: true);

        async Task<IReadOnlyList<long>> GroupsAsync() =>
            (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None)).Value!.GroupIds;
    }

    [Fact]
    public async Task Form_WhatIsTypedWhileItIsSaved_StaysAsAChange()
    {
        await Tenant.SignInAsync(Role.Agent);
        var contact = await Tenant.CreateContactAsync();
        var form = Browser.OpenContact(contact.Id);
        await form.Find("#city").InputAsync("Sura");
        await form.Find("#phone").InputAsync("09587422370");
        await TypeWhileSavingAsync(form, "#city", "Surat");

        form.Find("#city").GetAttribute("value").ShouldBe("Surat");
        form.Find("#phone").GetAttribute("value").ShouldBe("09587422370");
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("1 change"));
        (await KeptAsync(contact.Id))!.Unsaved.Fields.Keys.ShouldBe(["city"]);
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("No changes"));
        (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None)).Value!.City.ShouldBe("Surat");
    }

    [Fact]
    public async Task Form_WhatIsTypedWhileANewContactIsCreated_StaysAsAChange()
    {
        await Tenant.SignInAsync(Role.Agent);
        var form = Browser.Render<ContactPage>();
        await form.WaitForElement("#firstname").InputAsync("Asha");
        await form.Find("#phone").InputAsync("+919587422369");
        await TypeWhileSavingAsync(form, "#city", "Surat");

        var address = Browser.Services.GetRequiredService<NavigationManager>().Uri;
        address.ShouldMatch("/contacts/[0-9]+$");
        form.Find("#city").GetAttribute("value").ShouldBe("Surat");
        form.Find(".said").TextContent.ShouldBe("1 change");
        (await KeptAsync(long.Parse(address.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Drawer_WhatIsTypedWhileItIsSaved_KeepsItOpen()
    {
        var contact = await Tenant.CreateContactAsync();
        var closed = false;
        var drawer = Browser.Render<QuickEditDrawer>(parameters => parameters
            .Add(shown => shown.ContactId, contact.Id).Add(shown => shown.Closed, () => closed = true));
        await drawer.WaitForElement("#city").InputAsync("Sura");
        await TypeWhileSavingAsync(drawer, "#city", "Surat");

        closed.ShouldBeFalse();
        drawer.Find("#city").GetAttribute("value").ShouldBe("Surat");
    }

    [Fact]
    public async Task Form_NewContactOfACard_HasNothingOfAnEarlierDraft()
    {
        await Tenant.SignInAsync(Role.Agent);
        var unsaved = new UnsavedFields(
            new Dictionary<string, UnsavedField>(StringComparer.Ordinal) { ["firstname"] = new("", "Anna"), ["city"] = new("", "Surat") }, [], []);
        (await Tenant.Get<UnsavedEdits>().KeepAsync(null, unsaved, CancellationToken.None)).OrThrow();
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo("/contacts/new?firstname=Ben&phone=123");

        var form = Browser.Render<ContactPage>();

        form.WaitForAssertion(() => form.Find("#firstname").GetAttribute("value").ShouldBe("Ben"));
        form.Find("#city").GetAttribute("value").ShouldBeNullOrEmpty();
        form.FindAll(".banner.draft").ShouldBeEmpty();
        form.WaitForElement("#phone-note").TextContent.ShouldNotBeEmpty();
        var earlier = (await Tenant.Get<UnsavedEdits>().FindAsync(null, CancellationToken.None)).OrThrow();
        earlier!.Unsaved.Fields.Keys.ShouldBe(["firstname", "city"], ignoreOrder: true);
    }

    [Fact]
    public async Task Menu_EraseOfAContactWithUnsavedInput_AsksForTheInputToo()
    {
        var contact = await Tenant.CreateContactAsync();
        var asked = 0;
        var dialogs = Browser.Render<MudBlazor.MudDialogProvider>();
        var menu = Browser.Render<ContactMenu>(parameters => parameters
            .Add(shown => shown.Contact, contact)
            .Add(shown => shown.MayLeave, () => Task.FromResult(++asked > 1)));

        await EraseAsync();
        asked.ShouldBe(1);
        (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None)).Succeeded.ShouldBeTrue();

        await EraseAsync();
        (await Tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.None, CancellationToken.None)).Succeeded.ShouldBeFalse();

        async Task EraseAsync()
        {
            await menu.Find("button").ClickAsync(new());
            var erasing = Popovers.FindAll(".mud-menu-item").Single(item => item.TextContent.Contains("Erase this person", StringComparison.Ordinal)).ClickAsync(new());
            await dialogs.WaitForElements(".mud-dialog button").Single(button => button.TextContent.Trim() == "Erase permanently").ClickAsync(new());
            await erasing;
        }
    }

    [Fact]
    public async Task Form_DraftOfAContactThatWasChangedSince_OpensTheComparison()
    {
        await Tenant.SignInAsync(Role.Agent);
        var contact = await Tenant.CreateContactAsync();
        var unsaved = new UnsavedFields(
            new Dictionary<string, UnsavedField>(StringComparer.Ordinal) { ["city"] = new("", "Surat") }, [], []);
        await Tenant.Get<UnsavedEdits>().KeepAsync(contact.Id, unsaved, CancellationToken.None);
        await Tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Mumbai" }, null, CancellationToken.None);

        var form = Browser.OpenContact(contact.Id);
        form.WaitForAssertion(() => form.FindAll(".versus .what").Select(what => what.TextContent).ShouldBe(["Surat", "Mumbai", "Empty"]));
    }

    [Fact]
    public async Task Conflict_SaysWhoChangedTheField()
    {
        var contact = await Tenant.CreateContactAsync();
        Become(Role.Admin);
        var form = Browser.OpenContact(contact.Id);
        await Tenant.Get<ContactService>().UpdateAsync(contact.Id, new ContactPatch { Company = "Theirs Ltd" }, default, default).OrThrowAsync();
        await form.Find("#company").InputAsync("Mine Ltd");
        form.WaitForAssertion(() => form.Find("[data-save]").HasAttribute("disabled").ShouldBeFalse());
        await form.Find("[data-save]").ClickAsync(new());
        form.WaitForElement(".comparison h2").TextContent.ShouldBe("Asha Patel changed this contact while you were editing");
        form.FindAll(".comparison .whose")[1].TextContent.ShouldStartWith("Asha Patel");
    }

    // Holds the database's turn to write, so that the save waits.
    private async Task TypeWhileSavingAsync<TPage>(IRenderedComponent<TPage> form, string field, string text)
        where TPage : IComponent
    {
        Task saving;
        Task typing;
        using (await Tenant.Get<SqliteWriteGate>().TakeAsync(CancellationToken.None))
        {
            saving = form.Find("[data-save]").ClickAsync(new());
            form.WaitForAssertion(() => form.Find(".said").TextContent.ShouldBe("Saving…"));
            typing = form.Find(field).InputAsync(text);
        }

        await Task.WhenAll(saving, typing);
    }

    private async Task<UnsavedEditDetails?> KeptAsync(long id) =>
        (await Tenant.Get<UnsavedEdits>().FindAsync(id, CancellationToken.None)).OrThrow();
}
