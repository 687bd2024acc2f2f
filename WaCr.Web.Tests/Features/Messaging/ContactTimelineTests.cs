using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class ContactTimelineTests
{
    private const string Ann = "447700900123";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task MessagesCommentsAndChanges_StandInOneOrder(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync(Ann);
        var contact = (await world.ConversationAsync()).ContactId;
        await ThenAsync(world, () => CommentAsync(world, conversation, "Calls back on Monday"));
        await ThenAsync(
            world,
            () => world.Tenant.Get<ContactService>().UpdateAsync(contact, new ContactPatch { City = "Surat" }, null, None).OrThrowAsync());
        await ThenAsync(world, () => world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "Thank you", world.Now)));

        var all = await ListAsync(world, contact, TimelineFilter.All);

        all.Items.Take(3).Select(Said).ShouldBe(["Thank you", "change", "Calls back on Monday"]);
        all.Items.Skip(3).Select(Said).ShouldContain("Hello");
        all.ConversationIds.ShouldBe([conversation]);
        (await ListAsync(world, contact, TimelineFilter.Messages)).Items.Select(Said).ShouldBe(["Thank you", "Hello"]);
        (await ListAsync(world, contact, TimelineFilter.Comments)).Items.Select(Said).ShouldBe(["Calls back on Monday"]);
        (await ListAsync(world, contact, TimelineFilter.Changes)).Items.ShouldAllBe(item => item.Change != null);
        all.Items[0].Message!.ChannelName.ShouldBe("Sales");
    }

    [Theory, OnEachEngine]
    public async Task LongHistory_ComesInPages_WithoutGapsOrTwins(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync(Ann);
        var contact = (await world.ConversationAsync()).ContactId;
        for (var i = 0; i < ContactTimelineQueries.PageSize; i++)
        {
            // Some share their moment.
            world.Time.Advance(TimeSpan.FromSeconds(i % 3 == 0 ? 0 : 1));
            await world.TakeInAsync(MetaWebhook.Text($"wamid.{i}", Ann, $"Message {i}", world.Now));
            await CommentAsync(world, conversation, $"Comment {i}");
            await world.Tenant.Get<ContactService>()
                .UpdateAsync(contact, new ContactPatch { City = $"City {i}" }, null, None)
                .OrThrowAsync();
        }

        var items = new List<TimelineItem>();
        var cursor = TimelineCursor.Newest;
        while (cursor is not null)
        {
            var page = await world.Tenant.Get<ContactTimelineQueries>().ListAsync(contact, TimelineFilter.All, cursor, None).OrThrowAsync();
            page.Items.Count.ShouldBeLessThanOrEqualTo(ContactTimelineQueries.PageSize);
            items.AddRange(page.Items);
            cursor = page.Next;
        }

        items.Where(item => item.Message is not null)
            .Select(item => item.Message!.Id)
            .Distinct()
            .Count()
            .ShouldBe(ContactTimelineQueries.PageSize + 1);
        items.Where(item => item.Comment is not null)
            .Select(item => item.Comment!.Id)
            .Distinct()
            .Count()
            .ShouldBe(ContactTimelineQueries.PageSize);
        items.Count(item => item.Change is not null).ShouldBe(ContactTimelineQueries.PageSize + 1);
        items.Count.ShouldBe((ContactTimelineQueries.PageSize * 3) + 2);
        items.Select(item => item.At).ShouldBe(items.Select(item => item.At).OrderDescending());
    }

    [Theory, OnEachEngine]
    public async Task Consent_SaysWhenAndWithWhichWord_OrThatItWasTheSwitch(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);
        var contact = (await world.ConversationAsync()).ContactId;
        await ThenAsync(world, () => world.TakeInAsync(Preference("stop", world.Now)));
        await ThenAsync(world, () => world.TakeInAsync(Preference("resume", world.Now)));
        world.Time.Advance(TimeSpan.FromHours(1));
        await ThenAsync(world, () => world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "Stop!", world.Now)));
        await ThenAsync(
            world,
            () => world.Tenant.Get<ContactService>().UpdateAsync(contact, new ContactPatch { City = "Surat" }, null, None).OrThrowAsync());

        var consent = (await ListAsync(world, contact, TimelineFilter.Consent)).Items;

        consent.Select(item => (item.Change!.Changes[0].After, item.ConsentKeyword))
            .ShouldBe([("true", "Stop!"), ("false", null), ("true", null)]);
        (await ListAsync(world, contact, TimelineFilter.All)).Items.Count(item => item.ConsentKeyword == "Stop!").ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task AnotherWorkspace_SeesNothing(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);
        var contact = (await world.ConversationAsync()).ContactId;
        var other = await world.CreateTenantAsync("other");

        var page = await other.Get<ContactTimelineQueries>()
            .ListAsync(contact, TimelineFilter.All, TimelineCursor.Newest, None)
            .OrThrowAsync();
        page.Items.ShouldBeEmpty();
        page.ConversationIds.ShouldBeEmpty();
        (await other.Get<ContactConversations>().FindAsync(contact, None).OrThrowAsync()).ShouldBeNull();
        await MessagingWorld.AddChannelAsync(other, number: "200300400");
        (await other.Get<ContactConversations>().OpenAsync(contact, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task Writing_OpensTheConversationThatIsThere_OrBeginsOne(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync(Ann);
        var contact = (await world.ConversationAsync()).ContactId;
        var silent = (await world.Tenant.CreateContactAsync()).Id;
        var conversations = world.Tenant.Get<ContactConversations>();

        (await conversations.OpenAsync(contact, None).OrThrowAsync()).ShouldBe(conversation);
        (await conversations.FindAsync(silent, None).OrThrowAsync()).ShouldBeNull();
        var begun = await conversations.OpenAsync(silent, None).OrThrowAsync();
        (await conversations.OpenAsync(silent, None).OrThrowAsync()).ShouldBe(begun);
        (await conversations.FindAsync(silent, None).OrThrowAsync()).ShouldBe(begun);
    }

    private static async Task ThenAsync(MessagingWorld world, Func<Task> act)
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await act();
    }

    private static Task<ContactTimelinePage> ListAsync(MessagingWorld world, long contact, TimelineFilter filter) =>
        world.Tenant.Get<ContactTimelineQueries>().ListAsync(contact, filter, TimelineCursor.Newest, None).OrThrowAsync();

    private static string Said(TimelineItem item) => item.Message?.Text ?? item.Comment?.Text ?? "change";

    private static async Task CommentAsync(MessagingWorld world, long conversation, string text) =>
        await world.Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
        async db =>
        {
            db.Comments.Add(new Comment { ConversationId = conversation, Text = text });
            return await db.SaveChangesAsync();
        },
        None).OrThrowAsync();

    private static string Preference(string value, DateTimeOffset at) => MetaWebhook.Change("user_preferences", MetaWebhook.Value(
        MetaWebhook.PhoneNumberId,
        new JsonObject
        {
            ["contacts"] = new JsonArray(new JsonObject { ["wa_id"] = Ann }),
            ["user_preferences"] = new JsonArray(new JsonObject
            {
                ["wa_id"] = Ann,
                ["category"] = "marketing_messages",
                ["value"] = value,
                ["timestamp"] = at.ToUnixTimeSeconds(),
            }),
        }));
}
