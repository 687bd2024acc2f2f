using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class ConversationMergeTests
{
    private const string Ann = "447700900123";
    private const string Bob = "447700900456";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task TwoWhoSpokeOnOneChannel_BecomeOneConversation_AndPartAgain(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var (anns, bobs) = (await world.OpenConversationAsync(Ann), await world.OpenConversationAsync(Bob));
        var (ann, bob) = (await world.Tenant.ContactOfAsync(anns), await world.Tenant.ContactOfAsync(bobs));
        var sent = await world.EnqueueAsync(bobs, "To Bob");
        await world.DispatchAsync();
        var before = await TalkAsync(world);
        (await CountOfAsync(world, anns)).ShouldBe(1);

        var merge = await world.Tenant.MergeAsync(ann, bob);

        var shared = await world.ConversationAsync();
        (shared.Id, shared.ContactId, shared.UnreadCount, shared.LastMessageId).ShouldBe((anns, ann, 2, sent));
        (await TalkAsync(world)).ShouldAllBe(message => message.Conversation == anns && message.Contact == ann);
        (await CountOfAsync(world, anns)).ShouldBe(3);
        (await WindowsAsync(world)).ShouldBe([(ann, true, 1)]);

        // Both numbers are Ann's now, and Bob's message that failed after all is given back.
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.TakeInAsync(
            MetaWebhook.Text("wamid.later", Bob, "Bob's number", world.Now), MetaWebhook.Status(
                "wamid.out.1", "failed", world.Now, error: 131026));
        (await world.MessageAsync("wamid.later")).ContactId.ShouldBe(ann);
        (await world.ConversationsUsedAsync()).ShouldBe(0);

        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();

        (await TalkAsync(world)).Where(message => message.Wamid != "wamid.later").ShouldBe(before);
        (await world.MessageAsync("wamid.later")).ConversationId.ShouldBe(anns);
        await using var db = world.Tenant.OpenDatabase();
        var conversations = await db.Conversations.AsNoTracking().OrderBy(c => c.Id).ToListAsync();
        conversations.Select(c => (c.Id, c.ContactId, c.UnreadCount)).ShouldBe([(anns, ann, 2), (bobs, bob, 1)]);
        conversations[1].WaId.ShouldBe(Bob);
        (await db.ChannelIdentities.OrderBy(i => i.WaId).Select(i => new { i.WaId, i.ContactId }).ToListAsync())
            .Select(i => (i.WaId, i.ContactId)).ShouldBe([(Ann, ann), (Bob, bob)]);
        (await CountOfAsync(world, bobs)).ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task ConversationOfTheOtherAlone_GoesOverWhole_AndComesBackWhole(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var bobs = await world.OpenConversationAsync(Bob);
        var bob = await world.Tenant.ContactOfAsync(bobs);
        var ann = (await world.Tenant.CreateContactAsync("Ann")).Id;

        var merge = await world.Tenant.MergeAsync(ann, bob);
        (await world.ConversationAsync()).ContactId.ShouldBe(ann);
        await world.TakeInAsync(MetaWebhook.Text("wamid.later", Bob, "Hello again", world.Now));
        (await world.MessageAsync("wamid.later")).ContactId.ShouldBe(ann);

        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        (await world.ConversationAsync()).ContactId.ShouldBe(bob);
        (await TalkAsync(world)).Select(message => message.Contact).ShouldBe([bob, bob]);
    }

    [Theory, OnEachEngine]
    public async Task ConversationThatWasMergedFurther_StaysThere(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var (anns, bobs) = (await world.OpenConversationAsync(Ann), await world.OpenConversationAsync(Bob));
        var (ann, bob) = (await world.Tenant.ContactOfAsync(anns), await world.Tenant.ContactOfAsync(bobs));
        var third = (await world.Tenant.CreateContactAsync("Third")).Id;
        var first = await world.Tenant.MergeAsync(ann, bob);
        var second = await world.Tenant.MergeAsync(third, ann);

        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(first, None).OrThrowAsync();
        (await world.ConversationAsync()).ContactId.ShouldBe(third);

        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(second, None).OrThrowAsync();
        (await world.ConversationAsync()).ContactId.ShouldBe(ann);
        (await TalkAsync(world)).ShouldAllBe(message => message.Contact == ann);
    }

    [Theory, OnEachEngine]
    public async Task SameCampaignToBoth_IsTheirsOnceMerged_AndLeavesOnce(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var (anns, bobs) = (await world.OpenConversationAsync(Ann), await world.OpenConversationAsync(Bob));
        var (ann, bob) = (await world.Tenant.ContactOfAsync(anns), await world.Tenant.ContactOfAsync(bobs));
        var (first, second) = (await world.EnqueueAsync(anns), await world.EnqueueAsync(bobs));
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Messages.Where(m => m.Id == first || m.Id == second).ExecuteUpdateAsync(set => set.SetProperty(m => m.CampaignId, 7));
        }

        await world.Tenant.MergeAsync(ann, bob);
        while (await world.DispatchAsync() > 0)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        world.WhatsApp.Sent.ShouldHaveSingleItem();
        (await world.MessageAsync(first)).State.ShouldBe(OutboxState.Sent);
        (await world.MessageAsync(second)).State.ShouldBe(OutboxState.Dead);
    }

    private static async Task<long> CountOfAsync(MessagingWorld world, long conversationId) =>
        (await world.Tenant.GetFresh<MessageQueries>().ListAsync(
        new MessageQuery
        {
            Filters = [FilterTerm.OfNumbers(MessageFilterFields.ConversationId, FilterOperator.Equal, conversationId)],
        }, None).OrThrowAsync()).Total;

    private static async Task<List<(string? Wamid, long Conversation, long Contact)>> TalkAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        var rows = await db.Messages.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
        return rows.ConvertAll(m => (m.Wamid, m.ConversationId, m.ContactId));
    }

    private static async Task<List<(long Contact, bool IsLatest, int Messages)>> WindowsAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        var rows = await db.UsageWindows.AsNoTracking().ToListAsync();
        return rows.ConvertAll(window => (window.ContactId, window.IsLatest, window.Messages));
    }
}
