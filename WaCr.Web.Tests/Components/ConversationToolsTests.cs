using Bunit;
using Microsoft.JSInterop;
using MudBlazor;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.QuickReplies;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>A message's menu, the composer's panels, the forward dialog, and the panel of files, links and stars.</summary>
public sealed class ConversationToolsTests : ComponentTest
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeWhatsApp _whatsApp = new();
    private readonly List<PendingMessage> _sent = [];

    [Fact]
    public async Task Menu_Stars_AndTakesTheStarAway()
    {
        var (conversation, message) = await ReceiveAsync("wamid.1");
        Menu(await MessageAsync(conversation, message));

        await InMenu("Star").ClickAsync(new());

        (await Tenant.MessageAsync(message)).StarredAt.ShouldNotBeNull();
        Menu(await MessageAsync(conversation, message));
        await InMenu("Remove the star").ClickAsync(new());
        (await Tenant.MessageAsync(message)).StarredAt.ShouldBeNull();
    }

    [Fact]
    public async Task Menu_Reacts_AndTheSameAgainTakesItBack()
    {
        _whatsApp.AcceptAll();
        var (conversation, message) = await ReceiveAsync("wamid.1");
        var shown = await MessageAsync(conversation, message);

        Menu(shown);
        await InMenu("👍").ClickAsync(new());
        Menu(shown with { Reactions = [new ShownReaction("👍", true)] });
        await InMenu("👍").ClickAsync(new());

        _whatsApp.Sent.Select(sent => sent.Content).ShouldBe([new ReactionContent("wamid.1", "👍"), new ReactionContent("wamid.1", "")]);
    }

    [Fact]
    public async Task Menu_BrowserThatDoesNotCopy_IsSaid()
    {
        var (conversation, message) = await ReceiveAsync("wamid.1");
        Browser.JSInterop.SetupVoid("navigator.clipboard.writeText", _ => true).SetException(new JSException("NotAllowedError"));
        Browser.JSInterop.Setup<bool>("copyText", _ => true).SetResult(false);
        Menu(await MessageAsync(conversation, message));

        await InMenu("Copy the text").ClickAsync(new());

        Tenant.Get<Toasts>().Shown.ShouldHaveSingleItem().IsError.ShouldBeTrue();
    }

    [Fact]
    public async Task Menu_OfOurOwnUnsentMessage_OffersNoReactionNorReply()
    {
        var (conversation, message) = await ReceiveAsync("wamid.1");
        Menu(await MessageAsync(conversation, message) with { Direction = MessageDirection.Outbound, Wamid = null });

        Popovers.FindAll(".reacts").ShouldBeEmpty();
        Popovers.FindAll(".entry").Select(entry => entry.TextContent.Trim()).ShouldBe(["Forward", "Star", "Copy the text", "Save as quick reply"]);
    }

    [Fact]
    public async Task ForwardDialog_OffersOnlyWhoMayBeWrittenTo_AndSaysWhy()
    {
        await Tenant.ConnectWhatsAppAsync();
        await CallAsync("Ann", opened: true);
        await CallAsync("Ben", opened: false);
        var quiet = await CallAsync("Cem", opened: true);
        var blocked = await CallAsync("Dee", opened: true);
        await using (var db = Tenant.OpenDatabase())
        {
            var contact = await db.Contacts.SingleAsync(c => c.Id == quiet);
            contact.Consent = contact.Consent with { Service = ServiceConsent.Denied };
            await db.SaveChangesAsync();
            await db.Conversations.Where(c => c.ContactId == blocked)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.BlockedAt, Time.GetUtcNow()));
        }

        var dialogs = Browser.Services.GetRequiredService<IDialogService>();
        var provider = Browser.Render<MudDialogProvider>();
        await provider.InvokeAsync(() => dialogs.ShowAsync<ForwardDialog>("Forward to"));
        provider.WaitForAssertion(() => provider.FindAll(".mud-list-item").Count.ShouldBe(4));

        provider.FindAll(".mud-list-item").Select(item => (item.TextContent.Trim(), item.ClassList.Contains("mud-list-item-disabled")))
            .OrderBy(item => item.Item1, StringComparer.Ordinal)
            .Select(item => (string.Join(' ', item.Item1.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), item.Item2))
                .ShouldBe(
        [
            ("Ann Lee", false), ("Ben Lee · The 24-hour window has closed", true), ("Cem Lee · Wants no messages", true), ("Dee Lee · Blocked at WhatsApp", true),
        ]);
    }

    [Fact]
    public async Task LinkPanel_SaysWhatIsMissing_AndSendsWhatTheApiSends()
    {
        var panel = Browser.Render<RequestPanel>(parameters => parameters
            .Add(p => p.Kind, InteractiveDraft.Link).Add(p => p.Conversation, Conversation()).Add(p => p.Send, Keep));

        await panel.FindButton("Send").ClickAsync(new());
        panel.Markup.ShouldContain("Enter a text first");
        _sent.ShouldBeEmpty();

        await panel.Find("#request-body").InputAsync("See it");
        await panel.Find("#request-button").InputAsync("Open");
        await panel.Find("#request-url").InputAsync("https://example.com/x");
        await panel.FindButton("Send").ClickAsync(new());

        panel.WaitForAssertion(() => _sent.ShouldHaveSingleItem().Text.ShouldBe("See it"));
    }

    [Theory]
    [InlineData(InteractiveDraft.LocationRequest, "Ask for their location")]
    [InlineData(InteractiveDraft.NumberRequest, "Ask for their number")]
    public async Task RequestPanel_NeedsATextAlone(string kind, string title)
    {
        var panel =
            Browser.Render<RequestPanel>(parameters => parameters.Add(p => p.Kind, kind).Add(p => p.Conversation, Conversation())
            .Add(p => p.Send, Keep));
        panel.Find("h3").TextContent.ShouldBe(title);

        await panel.Find("#request-body").InputAsync("Please?");
        await panel.FindButton("Send").ClickAsync(new());

        panel.WaitForAssertion(() => _sent.ShouldHaveSingleItem().Text.ShouldBe("Please?"));
    }

    [Fact]
    public async Task PlacePanel_KeepsAPlace_FindsIt_FillsIt_AndRemovesIt()
    {
        var panel = Place();
        await panel.Find("#place-degrees").InputAsync("22.3072, 73.1812");
        await panel.Find("#place-name").InputAsync("Shop");
        await panel.Find("input[type=checkbox]").ChangeAsync(true);
        await panel.FindButton("Send").ClickAsync(new());
        panel.WaitForAssertion(() => _sent.ShouldHaveSingleItem().Text.ShouldBe("Shop"));

        panel = Place();
        panel.WaitForElement(".found .mud-list-item").TextContent.ShouldContain("Shop");
        await panel.Find(".found .mud-list-item").ClickAsync(new());
        panel.Find("#place-degrees").GetAttribute("value").ShouldBe("22.3072, 73.1812");
        await panel.Find("[aria-label='Remove Shop']").ClickAsync(new());
        panel.WaitForAssertion(() => panel.FindAll(".found").ShouldBeEmpty());
        (await Tenant.Get<SavedPlaces>().ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task CollectionsPanel_ShowsLinksAndStars_AndSaysWhatIsMissing()
    {
        var (conversation, message) = await ReceiveAsync("wamid.1");
        await using (var db = Tenant.OpenDatabase())
        {
            await db.Messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.Text, "See https://example.com/a."));
        }

        var panel = Browser.Render<CollectionsPanel>(parameters => parameters.Add(p => p.ConversationId, conversation).Add(p => p.Close, "/conversations"));
        panel.WaitForElement(".hint").TextContent.ShouldBe("No files in this conversation yet.");

        await panel.FindButton("Links").ClickAsync(new());
        panel.WaitForElement(".link").GetAttribute("href").ShouldBe("https://example.com/a");
        await panel.FindButton("Starred").ClickAsync(new());
        panel.WaitForAssertion(() => panel.Find(".hint").TextContent.ShouldStartWith("No starred messages yet"));
        await Tenant.Get<MessageStars>().SetAsync(message, true, None).OrThrowAsync();
        await panel.FindButton("Starred").ClickAsync(new());
        panel.WaitForElement(".said").TextContent.ShouldBe("See https://example.com/a.");
        panel.Find(".when").GetAttribute("href").ShouldBe($"/conversations/{conversation}?message={message}");
    }

    [Fact]
    public async Task Composer_OfABlockedContact_IsClosed_AndAsksForANumberOnlyWhereItIsHidden()
    {
        var composer = Composer(Conversation() with { IsBlocked = true });
        composer.Markup.ShouldContain("This contact is blocked at WhatsApp");

        composer = Composer(Conversation());
        await composer.Find("[aria-label='More to send']").ClickAsync(new());
        Offered().ShouldBe(["Attach files", "Record a voice note", "Send later", "Format text", "Send a template", "Send buttons or a list", "Send a button with a link", "Send a place", "Ask for their location", "Send a contact card"]);
        composer = Composer(Conversation() with { HidesNumber = true });
        await composer.Find("[aria-label='More to send']").ClickAsync(new());
        Offered().ShouldContain("Ask for their number");
    }

    [Fact]
    public async Task Menu_KeepsWhatWeWrote_AsAQuickReply()
    {
        _whatsApp.AcceptAll();
        var (conversation, heard) = await ReceiveAsync("wamid.1");
        var sent = await Tenant.Get<MessageSender>().SendAsync(
            new SendText { ContactId = (await Tenant.MessageAsync(heard)).ContactId, Message = "We open at nine" }, None).OrThrowAsync();
        Menu(await MessageAsync(conversation, heard));
        Popovers.FindAll("button").ShouldNotContain(button => button.TextContent.Trim() == "Save as quick reply");

        Menu(await MessageAsync(conversation, sent.Id));
        await InMenu("Save as quick reply").ClickAsync(new());
        await Dialogs.WaitForElement("#quick-reply-shortcut").InputAsync("hours");
        await Dialogs.FindButton("Save").ClickAsync(new());

        (await Tenant.Get<QuickReplyService>().ListAsync(None).OrThrowAsync()).Select(reply => (reply.Shortcut, reply.Text))
            .ShouldBe([("hours", "We open at nine")]);
    }

    [Fact]
    public void Composer_ForSomebodyWhoNeverWrote_SaysSo()
    {
        var closed = Conversation() with { WindowClosesAt = null };

        Browser.Render<Composer>(parameters => parameters.Add(c => c.Conversation, closed).Add(c => c.HasWritten, false)
            .Add(c => c.Send, Keep).Add(c => c.Comment, _ => Task.FromResult<AppError?>(null)))
            .Find(".closed").TextContent.ShouldStartWith("Shop hasn't heard from Ann Lee yet");
        Composer(closed).Find(".closed").TextContent.ShouldStartWith("The 24-hour window has closed");
    }

    [Fact]
    public async Task NumberThatSomebodySent_IsSavedByOnePress()
    {
        var contact = await Tenant.CreateContactAsync();
        await using (var db = Tenant.OpenDatabase())
        {
            await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.Phone, "").SetProperty(c => c.PhoneKey, "-" + contact.Id));
        }

        var card = new ConversationMessage(
            5, MessageDirection.Inbound, MessageType.Contacts, MessageStatus.Delivered, null, "", """{"type":"contacts","contacts":[{"name":{"formatted_name":"Asha"},"phones":[{"phone":"+447700900321"}]}]}""",
            "wamid.5", null, null, null, null, null, DateTimeOffset.UnixEpoch, null, null, null, null);
        var note = Browser.Render<NumberNote>(parameters => parameters
            .Add(n => n.Conversation, Conversation() with { ContactId = contact.Id, PhoneKey = "-1" }).Add(n => n.Messages, [card]));

        await note.FindButton("Save it to the contact").ClickAsync(new());

        (await Tenant.ContactQueries.GetAsync(contact.Id, WaCr.Web.Features.Contacts.ContactIncludes.None, None)
            .OrThrowAsync()).Phone.ShouldBe("+447700900321");
    }

    [Fact]
    public async Task ReadingAndWriting_AreToldToTheContact_UnlessTheNumberKeepsThem()
    {
        var (conversation, _) = await ReceiveAsync("wamid.1");
        var reading = Tenant.Get<ConversationReading>();
        await reading.OpenAsync(conversation, null, None);
        await reading.LoadAsync(None);

        await reading.NotifyAsync(isWriting: false);
        await reading.NotifyAsync(isWriting: true);
        _whatsApp.Receipts.ShouldBe([("wamid.1", false), ("wamid.1", true)]);

        await using (var db = Tenant.OpenDatabase())
        {
            await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(c => c.SendsReadReceipts, false));
        }

        await reading.LoadAsync(None);
        await reading.NotifyAsync(isWriting: true);
        _whatsApp.Receipts.Count.ShouldBe(2);
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(_whatsApp);

    private Task<AppError?> Keep(PendingMessage message)
    {
        _sent.Add(message);
        return Task.FromResult<AppError?>(null);
    }

    private IRenderedComponent<PlacePanel> Place() =>
        Browser.Render<PlacePanel>(parameters => parameters.Add(p => p.Conversation, Conversation()).Add(p => p.Send, Keep));

    private IRenderedComponent<Composer> Composer(OpenConversation conversation) => Browser.Render<Composer>(parameters => parameters
        .Add(c => c.Conversation, conversation).Add(c => c.Send, Keep).Add(c => c.Comment, _ => Task.FromResult<AppError?>(null)));

    private List<string> Offered() => [.. Popovers.FindAll(".mud-menu-item").Select(item => item.TextContent.Trim())];

    /// <summary>Of the menu that was opened last.</summary>
    private AngleSharp.Dom.IElement InMenu(string entry) => Popovers.FindAll("button").Last(button => button.TextContent.Trim() == entry);

    private IRenderedComponent<MessageMenu> Menu(ConversationMessage message) =>
        Browser.Render<MessageMenu>(parameters => parameters.Add(m => m.Message, message));

    private static OpenConversation Conversation() => new(
        1, 1, "Ann Lee", "447700900123", "447700900123", IsOptedOut: false, IsGone: false, null, DateTimeOffset.MaxValue, 0, "Shop");

    private async Task<(long Conversation, long Message)> ReceiveAsync(string wamid)
    {
        await Tenant.ConnectWhatsAppAsync();
        var contact = await Tenant.CreateContactAsync();
        var message = await Tenant.AddInboundAsync(contact.Id, wamid, Time.GetUtcNow());
        return ((await Tenant.MessageAsync(message)).ConversationId, message);
    }

    private async Task<ConversationMessage> MessageAsync(long conversation, long id) =>
        (await Tenant.Get<ConversationHistoryQueries>().ListAsync(conversation, null, 40, None).OrThrowAsync()).Messages.Single(m =>
            m.Id == id);

    private async Task<long> CallAsync(string name, bool opened)
    {
        var contact = await Tenant.CreateContactAsync(Tenant.NewContact() with { FirstName = name, LastName = "Lee", Email = default });
        await Tenant.HearFromAsync(contact.Id, opened ? Time.GetUtcNow() : Time.GetUtcNow().AddDays(-2));
        return contact.Id;
    }
}
