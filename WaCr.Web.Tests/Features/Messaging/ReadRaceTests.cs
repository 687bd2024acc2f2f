using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>A message that comes in while somebody marks its conversation stays unread: nobody has seen it.</summary>
public sealed class ReadRaceTests
{
    private const string Ann = "447700900123";
    private const string ChangingConversation = "^UPDATE \"Conversations\"";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task MessageThatTookItsPlaceBelowTheLastOne_IsReadWithIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync(Ann);
        var seen = await LastAsync(world);
        var actions = world.Tenant.GetFresh<ConversationActions>();
        await actions.MarkReadAsync(conversation, seen, None).OrThrowAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            // Its write ended later, its id is lower.
            await db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadCount, 1));
        }

        await actions.MarkReadAsync(conversation, seen, None).OrThrowAsync();

        (await world.ConversationAsync()).UnreadCount.ShouldBe(0);
    }

    [Theory, OnPostgres]
    public Task MessageBeforeItsConversationIsRead_StaysUnread(DatabaseProvider engine) => ReadAsync(engine, isBefore: true);

    [Theory, OnPostgres]
    public Task MessageWhileItsConversationIsRead_StaysUnread(DatabaseProvider engine) => ReadAsync(engine, isBefore: false);

    [Theory, OnPostgres]
    public Task MessageBeforeItsConversationIsMarkedUnread_CountsToo(DatabaseProvider engine) => MarkAsync(engine, isBefore: true);

    [Theory, OnPostgres]
    public Task MessageWhileItsConversationIsMarkedUnread_CountsToo(DatabaseProvider engine) => MarkAsync(engine, isBefore: false);

    private static async Task ReadAsync(DatabaseProvider engine, bool isBefore)
    {
        var meanwhile = new Meanwhile(ChangingConversation, isBefore);
        await using var world = await CreateAsync(engine, meanwhile);
        var conversation = await world.OpenConversationAsync(Ann);
        var seen = await LastAsync(world);
        meanwhile.Do = () => world.TakeInAsync(MetaWebhook.Text("wamid.late", Ann, "Are you there?", world.Now));

        await world.Tenant.GetFresh<ConversationActions>().MarkReadAsync(conversation, seen, None).OrThrowAsync();

        await meanwhile.EndAsync();
        (await world.ConversationAsync()).UnreadCount.ShouldBe(1);
    }

    private static async Task MarkAsync(DatabaseProvider engine, bool isBefore)
    {
        var meanwhile = new Meanwhile(ChangingConversation, isBefore);
        await using var world = await CreateAsync(engine, meanwhile);
        var conversation = await world.OpenConversationAsync(Ann);
        var seen = await LastAsync(world);
        await world.Tenant.GetFresh<ConversationActions>().MarkReadAsync(conversation, seen, None).OrThrowAsync();
        meanwhile.Do = () => world.TakeInAsync(MetaWebhook.Text("wamid.late", Ann, "Are you there?", world.Now));

        await world.Tenant.GetFresh<ConversationActions>().MarkUnreadAsync(conversation, seen, None).OrThrowAsync();

        await meanwhile.EndAsync();
        (await world.ConversationAsync()).UnreadCount.ShouldBe(2);
    }

    private static Task<MessagingWorld> CreateAsync(DatabaseProvider engine, Meanwhile meanwhile) =>
        MessagingWorld.CreateAsync(engine, (services, _) => services.AddSingleton<IInterceptor>(meanwhile));

    private static async Task<long> LastAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Messages.MaxAsync(message => message.Id);
    }
}
