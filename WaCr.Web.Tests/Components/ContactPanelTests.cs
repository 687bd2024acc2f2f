using Bunit;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>The contact beside a thread.</summary>
public sealed class ContactPanelTests : ComponentTest
{
    private readonly HeldStatements _reads = new();
    private readonly HeldWrites _writes = new();

    [Fact]
    public async Task Status_IsSavedAtOnce_AndWhoeverHasTheContactOpenHears()
    {
        var (won, group) = (await Tenant.CreateStatusAsync("Won"), await Tenant.CreateGroupAsync("VIP"));
        var contact = await Tenant.CreateContactAsync(Tenant.NewContact() with { City = "Surat", Groups = new[] { group } });
        var heard = new List<long>();
        using var listening = Tenant.Get<ChangeFeed>().Subscribe(Tenant.Id, change => heard.Add(change.Id), ChangeKind.Contacts);
        var (panel, _) = await OpenAsync(contact.Id);

        await panel.ChooseAsync("panel-status", won);

        var saved = await GetAsync(contact.Id);
        (saved.StatusId, saved.City, saved.Version).ShouldBe((won, "Surat", contact.Version + 1));
        saved.GroupIds.ShouldBe([group]);
        heard.ShouldBe([contact.Id]);
    }

    /// <summary>What somebody else changed meanwhile stays: a group is added to those that are there by then.</summary>
    [Fact]
    public async Task Groups_AreAddedAndLeft_UponWhatTheContactIsByThen()
    {
        var (vip, late) = (await Tenant.CreateGroupAsync("VIP"), await Tenant.CreateGroupAsync("Late payers"));
        var contact = await Tenant.CreateContactAsync();
        var (panel, _) = await OpenAsync(contact.Id);
        var patch = new ContactPatch { City = "Baroda", Groups = new[] { late } };
        await Tenant.Contacts.UpdateAsync(contact.Id, patch, null, CancellationToken.None).OrThrowAsync();

        await panel.Find("#panel-groups").InputAsync("VIP");
        await panel.Find("#panel-groups").KeyDownAsync("Enter");

        panel.WaitForAssertion(() => panel.FindAll(".group-chip bdi").Select(chip => chip.TextContent).ShouldBe(["Late payers", "VIP"]));
        var saved = await GetAsync(contact.Id);
        saved.City.ShouldBe("Baroda");
        saved.GroupIds.ShouldBe([vip, late], ignoreOrder: true);

        await panel.Find("[aria-label='Leave Late payers']").ClickAsync(new());
        (await GetAsync(contact.Id)).GroupIds.ShouldBe([vip]);
    }

    [Fact]
    public async Task Group_ThatIsNotThereYet_IsMadeAndEntered()
    {
        var contact = await Tenant.CreateContactAsync();
        var (panel, _) = await OpenAsync(contact.Id);

        await panel.Find("#panel-groups").InputAsync("Wholesale");
        await panel.Find("#panel-groups").KeyDownAsync("Enter");

        panel.WaitForAssertion(() => panel.Find(".group-chip bdi").TextContent.ShouldBe("Wholesale"));
        (await GetAsync(contact.Id)).GroupIds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WhatIsChangedElsewhere_IsShown()
    {
        var contact = await Tenant.CreateContactAsync();
        var (panel, _) = await OpenAsync(contact.Id);

        var patch = new ContactPatch { Company = "Baroda Mills", Consent = new ConsentPatch { Service = "denied" } };
        await Tenant.Contacts.UpdateAsync(contact.Id, patch, null, CancellationToken.None).OrThrowAsync();

        panel.WaitForAssertion(() => panel.Find(".pairs").TextContent.ShouldContain("Baroda Mills"));
        panel.WaitForAssertion(() => panel.Find(".consent-card").TextContent.ShouldContain("Wants no messages"));
    }

    [Fact]
    public async Task FormThatIsOpen_Stays_WhenSomebodyPutsTheContactInTheTrash_AndThePanelFollowsItsReturn()
    {
        var contact = await Tenant.CreateContactAsync();
        var (panel, _) = await OpenAsync(contact.Id);
        await panel.FindButton("Edit contact").ClickAsync(new());
        panel.WaitForElement(".drawer, .mud-drawer, [role=dialog]");

        await Tenant.Contacts.DeleteAsync(contact.Id, null, CancellationToken.None).OrThrowAsync();
        panel.WaitForAssertion(() => panel.Markup.ShouldContain("This contact was deleted"));
        panel.FindComponents<QuickEditDrawer>().Count.ShouldBe(1);

        await Tenant.Get<ContactTrash>().RestoreAsync([contact.Id], CancellationToken.None).OrThrowAsync();
        panel.WaitForElement(".pairs");
    }

    [Fact]
    public async Task Viewer_ReadsAlone()
    {
        var contact = await Tenant.CreateContactAsync();
        var (_, conversation) = await OpenAsync(contact.Id);
        Become(Role.Viewer);
        var panel = Render(conversation);
        panel.WaitForElement("#panel-status");
        panel.Find("#panel-status").HasAttribute("disabled").ShouldBeTrue();
        panel.FindAll("#panel-groups, .panel-acts button").ShouldBeEmpty();
    }

    [Fact]
    public async Task Contact_InTheTrash_IsSaid()
    {
        var contact = await Tenant.CreateContactAsync();
        var (_, conversation) = await OpenAsync(contact.Id);
        await Tenant.Contacts.DeleteAsync(contact.Id, null, CancellationToken.None).OrThrowAsync();
        var panel = Render(conversation);
        panel.WaitForElement(".hint").TextContent.ShouldContain("was deleted");
    }

    [Fact]
    public async Task NextConversation_IsStillLoading_NothingOfTheOneBeforeIsShown()
    {
        var (panel, _) = await OpenAsync((await Tenant.CreateContactAsync("Ann", "Lee")).Id);
        var next = await Tenant.HearFromAsync((await Tenant.CreateContactAsync("Ben", "Lee")).Id, DateTimeOffset.UnixEpoch);
        var slow = _reads.HoldNext("FROM \"Conversations\"");

        panel.Render(parameters => parameters.Add(p => p.ConversationId, next.Id));
        await slow.ReachedAsync();
        panel.Markup.ShouldNotContain("Ann Lee");

        slow.Release();
        panel.WaitForElement(".panel-person").TextContent.ShouldContain("Ben Lee");
    }

    [Fact]
    public async Task AnswerForTheConversationBefore_ThatComesLate_IsNotShown()
    {
        var (_, ann) = await OpenAsync((await Tenant.CreateContactAsync("Ann", "Lee")).Id);
        var ben = await Tenant.HearFromAsync((await Tenant.CreateContactAsync("Ben", "Lee")).Id, DateTimeOffset.UnixEpoch);
        var side = Tenant.Get<ContactSidePanel>();
        var slow = _reads.HoldNext("FROM \"Conversations\"");
        var first = side.LoadAsync(ann, CancellationToken.None);
        await slow.ReachedAsync();

        await side.LoadAsync(ben.Id, CancellationToken.None);
        slow.Release();
        await first;

        side.Contact!.FirstName.ShouldBe("Ben");
    }

    /// <summary>A colleague changed Ann meanwhile, so that the change is tried again; by then the panel shows Ben.</summary>
    [Fact]
    public async Task ChangeThatIsTriedAgain_StaysWithItsPerson()
    {
        var won = await Tenant.CreateStatusAsync("Won");
        var (ann, ben) = (await Tenant.CreateContactAsync("Ann", "Lee"), await Tenant.CreateContactAsync("Ben", "Lee"));
        var (_, conversation) = await OpenAsync(ann.Id);
        var next = await Tenant.HearFromAsync(ben.Id, DateTimeOffset.UnixEpoch);
        var side = Tenant.Get<ContactSidePanel>();
        await side.LoadAsync(conversation, CancellationToken.None);
        await Tenant.Contacts.UpdateAsync(ann.Id, new ContactPatch { StatusId = won }, null, CancellationToken.None).OrThrowAsync();

        var slow = _writes.HoldNext();
        var changing = side.ChooseStatusAsync(Tenant.StatusId);
        await slow.ReachedAsync();
        await side.LoadAsync(next.Id, CancellationToken.None);
        await Tenant.Contacts.UpdateAsync(ben.Id, new ContactPatch { StatusId = won }, null, CancellationToken.None).OrThrowAsync();
        slow.Release();
        (await changing).ShouldBeNull();

        (await GetAsync(ann.Id)).StatusId.ShouldBe(Tenant.StatusId);
        (await GetAsync(ben.Id)).StatusId.ShouldBe(won);
    }

    protected override void AddMore(IServiceCollection services)
    {
        services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()).AddSingleton<IInterceptor>(_reads);
        HeldWriter.Add(services, _writes);
    }

    private async Task<(IRenderedComponent<ContactPanel> Panel, long Conversation)> OpenAsync(long contactId)
    {
        await Tenant.ConnectWhatsAppAsync();
        var conversation = await Tenant.HearFromAsync(contactId, DateTimeOffset.UnixEpoch);
        var panel = Render(conversation.Id);
        panel.WaitForElement("#panel-status");
        return (panel, conversation.Id);
    }

    private IRenderedComponent<ContactPanel> Render(long conversation) =>
        Browser.Render<ContactPanel>(parameters => parameters.Add(p => p.ConversationId, conversation).Add(p => p.Close, "/conversations"));

    private async Task<ContactDetails> GetAsync(long id) =>
        await Tenant.ContactQueries.GetAsync(id, ContactIncludes.None, CancellationToken.None).OrThrowAsync();
}
