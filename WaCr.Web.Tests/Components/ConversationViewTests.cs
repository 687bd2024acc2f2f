using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>An open conversation, and what becomes of it when it is left early or the database fails.</summary>
public sealed class ConversationViewTests : ComponentTest
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeWhatsApp _whatsApp = new();
    private readonly HeldStatements _reads = new();
    private readonly HeldWrites _writes = new();

    [Fact]
    public async Task LeftWhileItLoads_NobodyStaysInTheConversation()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        await using (var db = Tenant.OpenDatabase())
        {
            await db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadCount, 1));
        }

        // The page reloads its list, for which the view waits. Released on the renderer's own thread, what follows is over with it.
        var reloading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reloaded = new TaskCompletionSource();
        Render(conversation, () =>
        {
            reloading.TrySetResult();
            return reloaded.Task;
        });
        await reloading.Task.WaitAsync(Patience);

        await Browser.DisposeComponentsAsync();
        await Browser.Renderer.Dispatcher.InvokeAsync(reloaded.SetResult);

        Tenant.Get<ConversationPresence>().Others(Tenant.Id, conversation, userId: 99).ShouldBeEmpty();
    }

    [Fact]
    public async Task MarkedUnreadFromTheMenu_StaysUnread_ThoughTheViewRefreshes()
    {
        var (conversation, contact) = await ReceiveAsync("Ann");
        var view = Render(conversation);
        await view.WaitForElement(".bubble .more").ClickAsync(new());
        await Popovers.FindAll("button").Last(button => button.TextContent.Trim() == "Mark unread from here").ClickAsync(new());

        await Tenant.AddInboundAsync(contact, "wamid.2", Time.GetUtcNow().AddMinutes(1));
        await using var db = Tenant.OpenDatabase();
        await db.Messages.Where(m => m.Wamid == "wamid.2").ExecuteUpdateAsync(set => set.SetProperty(m => m.Text, "One more"));
        Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.Conversation, Tenant.Id, conversation)]);
        view.WaitForAssertion(() => view.Markup.ShouldContain("One more"));

        (await db.Conversations.SingleAsync()).ReadUpToId.ShouldBeLessThan(await db.Messages.MinAsync(m => m.Id));
        Browser.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith(Urls.Conversations);
    }

    /// <summary>Else a tab left open behind others would silence the phone of who went away, and show the contact blue ticks.</summary>
    [Fact]
    public async Task WhatNobodySees_StaysUnread_UntilThePageIsSeenAgain()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        var me = await Tenant.SignInAsync(Role.Agent);
        await using var db = Tenant.OpenDatabase();
        await db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadCount, 1));
        db.Notifications.Add(new Notification { UserId = me, Kind = NotificationKind.MessageInMine, ConversationId = conversation });
        await db.SaveChangesAsync();
        var hidden = Browser.JSInterop.Setup<bool>("isPageHidden").SetResult(true);
        var view = Render(conversation);

        await view.WaitForElement(".thread").TriggerEventAsync("onpagevisible", EventArgs.Empty);
        (await UnreadAsync()).ShouldBe((1, 1));

        hidden.SetResult(false);
        await view.Find(".thread").TriggerEventAsync("onpagevisible", EventArgs.Empty);
        (await UnreadAsync()).ShouldBe((0, 0));

        async Task<(int Messages, int Notifications)> UnreadAsync()
        {
            await using var read = Tenant.OpenDatabase();
            var messages = await read.Conversations.Select(c => c.UnreadCount).SingleAsync();
            return (messages, await read.Notifications.CountAsync(n => n.ReadAt == null));
        }
    }

    [Fact]
    public async Task RefusedAfterItWasLeft_IsToldWithTheName()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        var answer = new TaskCompletionSource<Result<AcceptedMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _whatsApp.OnSend = _ =>
        {
            asked.SetResult();
            return answer.Task;
        };
        var view = Render(conversation);
        var sending = view.WaitForElement(".composer textarea").TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = "Hi" });
        await asked.Task.WaitAsync(Patience);

        await Browser.DisposeComponentsAsync();
        answer.SetException(new InvalidOperationException("WhatsApp is not there."));
        await sending.WaitAsync(Patience);

        Tenant.Get<Toasts>().Shown.ShouldHaveSingleItem().Text.ShouldContain("Ann");
    }

    [Fact]
    public async Task SentMessage_IsShownOnce_ThoughTheViewRefreshesBeforeWhatsAppAnswers()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        var answer = new TaskCompletionSource<Result<AcceptedMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _whatsApp.OnSend = _ => answer.Task;
        var view = Render(conversation);
        var field = view.WaitForElement(".composer textarea");
        var sending = new[]
        {
            field.TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = "Hi" }),
            field.TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = "Hi" }),
        };

        view.WaitForAssertion(() => view.FindAll(".bubble.ours").Count.ShouldBe(2));
        view.FindAll(".sending").ShouldBeEmpty();

        answer.SetResult(new AcceptedMessage("wamid.2", null, null));
        await Task.WhenAll(sending).WaitAsync(Patience);
        view.FindAll(".bubble.ours, .sending").Count.ShouldBe(2);
    }

    [Fact]
    public async Task SentMessage_WhoseReloadANewerOneEnds_StaysShown_UntilThatHasIt()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        var reading = Tenant.Get<ConversationReading>();
        await reading.OpenAsync(conversation, null, None);
        await reading.LoadAsync(None);
        var begun = _reads.HoldNext("SendsReadReceipts");
        var earlier = reading.LoadAsync(None);
        await begun.ReachedAsync();
        await reading.SendAsync(new PendingMessage("Hi", () => Task.FromResult<Result<Done>>(default(Done))));
        begun.Release();
        await earlier;
        reading.Sending.Count.ShouldBe(1, "the load began before it was sent");

        var first = _reads.HoldNext("SendsReadReceipts");
        var superseded = reading.LoadAsync(None);
        await first.ReachedAsync();
        var second = _reads.HoldNext("SendsReadReceipts");
        var newest = reading.LoadAsync(None);
        await second.ReachedAsync();
        first.Release();
        await superseded;
        reading.Sending.Count.ShouldBe(1, "nothing was loaded");
        second.Release();
        await newest;
        reading.Sending.ShouldBeEmpty();

        await reading.SendAsync(new PendingMessage("Hi", () => Task.FromResult<Result<Done>>(new OutageError())));
        reading.Sending.ShouldBeEmpty("it is back in the field");
    }

    [Fact]
    public async Task SameText_SentAgainBeforeTheFirstIsShown_StaysShownWhileItIsSent()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        _whatsApp.OnSend = _ => Task.FromResult<Result<AcceptedMessage>>(new AcceptedMessage("wamid.2", null, null));
        var reading = Tenant.Get<ConversationReading>();
        await reading.OpenAsync(conversation, null, None);
        await reading.LoadAsync(None);
        var messages = Tenant.Get<OutgoingMessageFactory>();
        var request = new SendText { ContactId = reading.Conversation!.ContactId, Message = "Hi" };
        (await reading.SendAsync(messages.Make(request, "Hi", null))).Succeeded.ShouldBeTrue();
        var answer = new TaskCompletionSource<Result<Done>>();
        var again = reading.SendAsync(new PendingMessage("Hi", () => answer.Task));

        await reading.LoadAsync(None);

        reading.History!.Messages.Count(message => message.Text == "Hi").ShouldBe(1);
        reading.Sending.Count.ShouldBe(1, "the second one is on its way");
        answer.SetResult(default(Done));
        await again;
    }

    [Fact]
    public async Task CommentRefusedAfterItWasLeft_IsToldWithTheName()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        var view = Render(conversation);
        view.WaitForElement(".composer textarea");
        await view.Find(".to-note").ClickAsync(new());
        var held = _writes.HoldNext();
        var adding = view.WaitForElement(".composer .note textarea").TriggerEventAsync("onsendtext", new SendTextEventArgs { Text = "Hm" });
        await held.ReachedAsync();

        await Browser.DisposeComponentsAsync();
        held.Fail();
        await adding.WaitAsync(Patience);

        Tenant.Get<Toasts>().Shown.ShouldHaveSingleItem().Text.ShouldContain("Ann");
    }

    [Fact]
    public async Task RefreshThatFails_KeepsWhatIsShown()
    {
        var (conversation, _) = await ReceiveAsync("Ann");
        var reading = Tenant.Get<ConversationReading>();
        await reading.OpenAsync(conversation, null, None);
        await reading.LoadAsync(None);

        _reads.FailNext("\"Messages\"");
        await reading.LoadAsync(None);
        (reading.Failure, reading.Conversation?.ContactName).ShouldBe((null, "Ann Lee"));

        await reading.OpenAsync(conversation + 1, null, None);
        await reading.LoadAsync(None);
        reading.Failure.ShouldBeAssignableTo<NotFoundError>();
    }

    [Fact]
    public async Task NewestMessageOfTheContact_IsNotGuessed_WhereTheEndIsNotShown()
    {
        var (conversation, contact) = await ReceiveAsync("Ann");
        var first = (await Tenant.Get<ConversationHistoryQueries>().ListAsync(conversation, null, 10, None).OrThrowAsync()).Messages[0].Id;
        for (var more = 2; more <= 2 * ConversationHistoryQueries.PageSize; more++)
        {
            await Tenant.AddInboundAsync(contact, $"wamid.{more}", Time.GetUtcNow());
        }

        var reading = Tenant.Get<ConversationReading>();
        await reading.OpenAsync(conversation, first, None);
        await reading.LoadAsync(None);
        (reading.IsOfThePast, reading.LastOfTheirs).ShouldBe((true, null));

        await reading.OpenAsync(conversation, null, None);
        await reading.LoadAsync(None);
        reading.LastOfTheirs.ShouldNotBeNull();
    }

    protected override void AddMore(IServiceCollection services)
    {
        services.AddSingleton<IWhatsAppClient>(_whatsApp).AddSingleton<IInterceptor>(_reads);
        HeldWriter.Add(services, _writes);
    }

    private IRenderedComponent<ConversationView> Render(long conversation, Func<Task>? moved = null) =>
        Browser.Render<ConversationView>(parameters => parameters
            .Add(v => v.ConversationId, conversation).Add(v => v.ContactLink, "/c").Add(v => v.FilesLink, "/f")
            .Add(v => v.Moved, moved ?? (() => Task.CompletedTask)));

    private async Task<(long Conversation, long Contact)> ReceiveAsync(string name)
    {
        await Tenant.ConnectWhatsAppAsync();
        var contact = await Tenant.CreateContactAsync(name, "Lee");
        var message = await Tenant.AddInboundAsync(contact.Id, "wamid.1", Time.GetUtcNow());
        return ((await Tenant.MessageAsync(message)).ConversationId, contact.Id);
    }
}
