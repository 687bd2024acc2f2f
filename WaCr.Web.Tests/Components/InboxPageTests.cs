using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>The inbox and its parts when answers come late or out of order.</summary>
public sealed class InboxPageTests : ComponentTest
{
    // What tells the list's statement from others.
    private static readonly string[] Inbox = ["FROM \"Conversations\"", "ORDER BY", "\"LastMessageAt\" DESC"];
    private readonly HeldStatements _database = new();

    private NavigationManager Navigation => Browser.Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task AnswerForAnEarlierList_ThatComesLate_IsNotShown()
    {
        await Tenant.ConnectWhatsAppAsync();
        await WriteAsync("Ann");
        await WriteAsync("Ben", unread: 1);
        Navigation.NavigateTo("/conversations");
        var slow = _database.HoldNext(Inbox);
        var page = Browser.Render<ConversationsPage>();
        await slow.ReachedAsync();

        Navigation.NavigateTo("/conversations?box=unread");
        page.WaitForAssertion(() => Names(page).ShouldBe(["Ben Lee"]));
        slow.Release();
        await SettleAsync(page);

        Names(page).ShouldBe(["Ben Lee"]);
    }

    [Fact]
    public async Task RefreshThatBeganBeforeTheListWasChanged_ChangesNothing()
    {
        await Tenant.ConnectWhatsAppAsync();
        await WriteAsync("Ann");
        var ben = await WriteAsync("Ben", unread: 1);
        Navigation.NavigateTo("/conversations");
        var page = Browser.Render<ConversationsPage>();
        page.WaitForAssertion(() => Names(page).Count.ShouldBe(2));
        var slow = _database.HoldNext(Inbox);
        Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.Conversation, Tenant.Id, ben)]);
        await slow.ReachedAsync();

        Navigation.NavigateTo("/conversations?box=unread");
        page.WaitForAssertion(() => Names(page).ShouldBe(["Ben Lee"]));

        // A refresh begins when the one before has ended.
        var next = _database.HoldNext(Inbox);
        Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.Conversation, Tenant.Id, ben)]);
        slow.Release();
        await next.ReachedAsync();

        Names(page).ShouldBe(["Ben Lee"]);
        next.Release();
    }

    [Fact]
    public async Task ConversationOpenAtAMessage_KeepsItsPlace_WhenAPanelOpensOrTheListChanges()
    {
        await Tenant.ConnectWhatsAppAsync();
        var contact = await Tenant.CreateContactAsync("Ann", "Lee");
        var message = await Tenant.AddInboundAsync(contact.Id, "wamid.1", Time.GetUtcNow());
        var conversation = (await Tenant.MessageAsync(message)).ConversationId;
        Navigation.NavigateTo($"/conversations/{conversation}?message={message}");
        var page = Browser.Render<ConversationsPage>(parameters => parameters.Add(p => p.Id, conversation));

        page.WaitForElement("[aria-label='Show the contact']").GetAttribute("href").ShouldBe($"/conversations/{conversation}?panel=contact&message={message}");
        page.Find(".inbox-row").GetAttribute("href").ShouldBe($"/conversations/{conversation}");
        await page.FindButton("Unread").ClickAsync(new());
        Navigation.Uri.ShouldEndWith($"/conversations/{conversation}?box=unread&message={message}");
    }

    [Fact]
    public async Task SearchOfTheCardPanel_AnswersOutOfOrder_ShowsTheNewest()
    {
        await Tenant.CreateContactAsync("Ann", "Lee");
        await Tenant.CreateContactAsync("Ben", "Lee");
        var panel = Browser.Render<CardPanel>(parameters => parameters
            .Add(p => p.Conversation, Conversation()).Add(p => p.Send, _ => Task.FromResult<WaCr.Web.Common.AppError?>(null)));
        panel.WaitForAssertion(() => panel.FindAll(".found bdi:not(.quiet)").Count.ShouldBe(2));

        var slow = _database.HoldNext("FROM \"Contacts\"");
        var first = panel.Find("input").InputAsync("ann");
        await slow.ReachedAsync();
        await panel.Find("input").InputAsync("ben");
        slow.Release();
        await first;

        panel.FindAll(".found bdi:not(.quiet)").Select(name => name.TextContent).ShouldBe(["Ben Lee"]);
    }

    [Fact]
    public async Task NumbersInTheCardPanel_AreInTheirInternationalForm()
    {
        await Tenant.CreateContactAsync(Tenant.NewContact("Ann", phone: "+12025550180"));

        var panel = Browser.Render<CardPanel>(parameters => parameters
            .Add(p => p.Conversation, Conversation()).Add(p => p.Send, _ => Task.FromResult<WaCr.Web.Common.AppError?>(null)));

        panel.WaitForElement(".found bdi.quiet").TextContent.ShouldBe("+1 202-555-0180");
    }

    [Fact]
    public async Task MoreStarredMessages_PressedTwice_AreShownOnce()
    {
        await Tenant.ConnectWhatsAppAsync();
        await StarAsync(MessageCollections.PageSize + 5);
        var page = Browser.Render<StarredPage>();
        page.WaitForAssertion(() => page.FindAll(".collected li").Count.ShouldBe(MessageCollections.PageSize));

        var slow = _database.HoldNext("FROM \"Messages\"", "\"StarredAt\"");
        var first = page.FindButton("Show more").ClickAsync(new());
        await slow.ReachedAsync();
        await page.FindButton("Show more").ClickAsync(new());
        slow.Release();
        await first;
        page.Render(); // a row that is there twice throws

        page.FindAll(".collected li").Count.ShouldBe(MessageCollections.PageSize + 5);
    }

    [Fact]
    public async Task MoreOfAConversationsStars_PressedTwice_AreShownOnce()
    {
        await Tenant.ConnectWhatsAppAsync();
        var conversation = await StarAsync(MessageCollections.PageSize + 5);
        var panel = Browser.Render<CollectionsPanel>(parameters => parameters.Add(p => p.ConversationId, conversation).Add(p => p.Close, "/"));
        await panel.FindButton("Starred").ClickAsync(new());
        panel.WaitForAssertion(() => panel.FindAll(".collected li").Count.ShouldBe(MessageCollections.PageSize));

        var slow = _database.HoldNext("FROM \"Messages\"", "\"StarredAt\"");
        var first = panel.FindButton("Show more").ClickAsync(new());
        await slow.ReachedAsync();
        await panel.FindButton("Show more").ClickAsync(new());
        slow.Release();
        await first;
        panel.Render(); // a row that is there twice throws

        panel.FindAll(".collected li").Count.ShouldBe(MessageCollections.PageSize + 5);
    }

    protected override void AddMore(IServiceCollection services) =>
        services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()).AddSingleton<IInterceptor>(_database);

    private static List<string> Names(IRenderedComponent<ConversationsPage> page) =>
        [.. page.FindAll(".inbox-name").Select(name => name.TextContent.Trim()).Order(StringComparer.Ordinal)];

    // Gives a late answer the time to do harm.
    private async Task SettleAsync(IRenderedComponent<ConversationsPage> page)
    {
        for (var round = 0; round < 2; round++)
        {
            await Tenant.Get<InboxQueries>().ListAsync(new InboxQuery(InboxBox.All, null), CancellationToken.None).OrThrowAsync();
            await page.InvokeAsync(() => { });
        }
    }

    private async Task<long> WriteAsync(string name, int unread = 0)
    {
        var contact = await Tenant.CreateContactAsync(name, "Lee");
        var message = await Tenant.MessageAsync(await Tenant.AddInboundAsync(contact.Id, $"wamid.{name}", Time.GetUtcNow()));
        await using var db = Tenant.OpenDatabase();
        await db.Conversations.Where(c => c.Id == message.ConversationId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadCount, unread));
        return message.ConversationId;
    }

    private async Task<long> StarAsync(int count)
    {
        var contact = await Tenant.CreateContactAsync("Ann", "Lee");
        for (var i = 0; i < count; i++)
        {
            await Tenant.AddInboundAsync(contact.Id, $"wamid.{i}", Time.GetUtcNow().AddSeconds(i));
        }

        await using var db = Tenant.OpenDatabase();
        await db.Messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.StarredAt, m => m.CreatedAt));
        return await db.Conversations.Select(c => c.Id).SingleAsync();
    }

    private static OpenConversation Conversation() => new(
        1, 1, "Ann Lee", "+447700900123", "447700900123", IsOptedOut: false, IsGone: false, null, DateTimeOffset.MaxValue, 0, "Shop");
}
