using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>PostgreSQL runs writers in parallel: a message may come in between any two statements of a merge.</summary>
public sealed class MergeRaceTests
{
    private const string Ann = "447700900123";
    private const string Bob = "447700900456";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnPostgres]
    public async Task MessageWeSendToTheOneThatIsMerged_StaysInTheSharedConversation(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(Changing(nameof(Message.ConversationId)));
        await using var world = await CreateAsync(engine, meanwhile);
        var (anns, bobs, ann, bob) = await TwoAsync(world);
        Result<long>? sent = null;
        meanwhile.Do = async () =>
        {
            // To somebody who is merged away meanwhile: refused, or in the shared conversation.
            sent = await world.Tenant.TryEnqueueAsync(new OutboxMessage(bobs, MessageType.Text, new TextContent("More"), "More"));
        };

        await world.Tenant.MergeAsync(ann, bob);

        await meanwhile.EndAsync();
        await using var db = world.Tenant.OpenDatabase();
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Text == "More");
        (sent!.Succeeded ? (anns, ann) : default).ShouldBe((message?.ConversationId ?? 0, message?.ContactId ?? 0));
    }

    [Theory, OnPostgres]
    public async Task SecondMessageOfTheOneThatIsMerged_StaysInTheSharedConversation(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(Changing(nameof(Message.ConversationId)));
        await using var world = await CreateAsync(engine, meanwhile);
        var (anns, _, ann, bob) = await TwoAsync(world);
        await world.TakeInAsync(MetaWebhook.Text("wamid.first", Bob, "Hello?", world.Now));
        meanwhile.Do = () => world.TakeInAsync(MetaWebhook.Text("wamid.late", Bob, "Are you there?", world.Now));

        await world.Tenant.MergeAsync(ann, bob);

        await meanwhile.EndAsync();
        await ShouldBeLastAsync(world, anns, ann, unread: 2);
    }

    [Theory, OnPostgres]
    public async Task MessageToTheOneThatStays_IsItsLastAndWaitsForAnAnswer(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(Changing(nameof(Message.ConversationId)));
        await using var world = await CreateAsync(engine, meanwhile);
        var (anns, _, ann, bob) = await TwoAsync(world);
        meanwhile.Do = () => world.TakeInAsync(MetaWebhook.Text("wamid.late", Ann, "Are you there?", world.Now));

        await world.Tenant.MergeAsync(ann, bob);

        await meanwhile.EndAsync();
        await ShouldBeLastAsync(world, anns, ann);
    }

    [Theory, OnPostgres]
    public async Task MessageInAConversationThatGoesOverWhole_GoesOverToo(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(Changing(nameof(Message.ContactId)));
        await using var world = await CreateAsync(engine, meanwhile);
        var bobs = await world.OpenConversationAsync(Bob);
        var (ann, bob) = ((await world.Tenant.CreateContactAsync("Ann")).Id, await world.Tenant.ContactOfAsync(bobs));
        var sent = 0L;
        meanwhile.Do = async () => sent = await world.EnqueueAsync(bobs, "One more thing");

        await world.Tenant.MergeAsync(ann, bob);

        await meanwhile.EndAsync();
        await using var db = world.Tenant.OpenDatabase();
        (await db.Messages.SingleAsync(m => m.Id == sent)).ContactId.ShouldBe(ann);
    }

    [Theory, OnPostgres]
    public async Task MessageWhileAMergeIsUndone_IsCounted(DatabaseProvider engine)
    {
        var meanwhile = new Meanwhile(Changing(nameof(Message.ConversationId)));
        await using var world = await CreateAsync(engine, meanwhile);
        var (anns, _, ann, bob) = await TwoAsync(world);
        var merge = await world.Tenant.MergeAsync(ann, bob);
        meanwhile.Do = () => world.TakeInAsync(MetaWebhook.Text("wamid.late", Ann, "Are you there?", world.Now));

        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();

        await meanwhile.EndAsync();
        await ShouldBeLastAsync(world, anns, ann);
    }

    // Both wrote, and have had their answers.
    private static async Task<(long Anns, long Bobs, long Ann, long Bob)> TwoAsync(MessagingWorld world)
    {
        var (anns, bobs) = (await world.OpenConversationAsync(Ann), await world.OpenConversationAsync(Bob));
        await AnswerAsync(world, anns, bobs);
        return (anns, bobs, await world.Tenant.ContactOfAsync(anns), await world.Tenant.ContactOfAsync(bobs));
    }

    private static string Changing(string column) => $"^UPDATE \"Messages\" AS m\\s+SET \"{column}\"";

    private static Task<MessagingWorld> CreateAsync(DatabaseProvider engine, Meanwhile meanwhile) =>
        MessagingWorld.CreateAsync(engine, (services, _) => services.AddSingleton<IInterceptor>(meanwhile));

    // All that came in before is read and answered.
    private static async Task AnswerAsync(MessagingWorld world, params long[] conversations)
    {
        world.WhatsApp.AcceptAll();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var conversation in conversations)
        {
            await world.EnqueueAsync(conversation);
        }

        while (await world.DispatchAsync() > 0)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await using var db = world.Tenant.OpenDatabase();
        var last = await db.Messages.MaxAsync(m => m.Id);
        await db.Conversations.ExecuteUpdateAsync(set => set
            .SetProperty(c => c.UnreadCount, 0)
            .SetProperty(c => c.ReadUpToId, last)
            .SetProperty(c => c.WaitingSince, (DateTimeOffset?)null));
        world.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private static async Task ShouldBeLastAsync(MessagingWorld world, long conversationId, long contactId, int unread = 1)
    {
        var late = await world.MessageAsync("wamid.late");
        (late.ConversationId, late.ContactId).ShouldBe((conversationId, contactId));
        await using var db = world.Tenant.OpenDatabase();
        var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == conversationId);
        (conversation.LastMessageId, conversation.LastMessageAt).ShouldBe((late.Id, late.CreatedAt));
        conversation.LastInboundAt.ShouldBe(late.CreatedAt);
        (conversation.UnreadCount, conversation.WaitingSince).ShouldBe((unread, late.CreatedAt));
    }
}
