using System.Text.Json.Nodes;
using WaCr.Web.Api.V2;
using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Tests.Features.Campaigns;

namespace WaCr.Web.Tests.Features.Webhooks;

/// <summary>The kinds of event that <see cref="OutgoingEventTests"/> leaves out: each change gives exactly one.</summary>
public sealed class OutgoingEventKindsTests
{
    private const string Ann = "447700900123";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Source_ThroughItsLife_GivesOneEventForEachChange(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "source.*");
        var sources = world.Tenant.GetFresh<LookupService<Source>>();

        var source = await sources.CreateAsync(new LookupPatch { Name = "Fair" }, None).OrThrowAsync();
        await sources.UpdateAsync(source.Id, new LookupPatch { Name = "Trade fair" }, None).OrThrowAsync();
        await sources.DeleteAsync(source.Id, None).OrThrowAsync();

        var events = await EventsAsync(world.Tenant);
        events.ConvertAll(row => row.Type).ShouldBe(["source.created", "source.updated", "source.deleted"]);
        events.ShouldAllBe(row => row.ResourceId == source.Id);
        ((string)Attributes(events[0])["name"]!).ShouldBe("Fair");
        events[1].Changes.ShouldBe("""{"name":["Fair","Trade fair"]}""");
    }

    [Theory, OnEachEngine]
    public async Task Comment_GivesOneEvent_WithItsTextAndItsContact(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync();
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "comment.created");

        var added = await world.Tenant.GetFresh<CommentService>()
            .AddAsync(Ann, new AddComment { Text = "Asked for a <b>call</b> back<img src=x onerror=alert(1)>" }, None).OrThrowAsync();

        var told = (await EventsAsync(world.Tenant)).ShouldHaveSingleItem();
        (told.Type, told.ResourceId).ShouldBe(("comment.created", added.Id));
        ((string)Attributes(told)["message"]!).ShouldBe("Asked for a <b>call</b> back");
        Names(told).Except(["interaction_id"]).ShouldBe(CommentsEndpoints.Shape.FieldNames, ignoreOrder: true);
        told.ContactId.ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Template_WhoseStatusChanges_GivesOneEvent(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var template = await world.Tenant.AddTemplateAsync("order_update", account: MetaWebhook.BusinessAccountId);
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "template.updated");

        await world.TakeInAsync(MetaWebhook.Change("message_template_status_update", new JsonObject
        {
            ["message_template_id"] = long.Parse(template.WhatsAppId, System.Globalization.CultureInfo.InvariantCulture),
            ["message_template_name"] = template.Name,
            ["message_template_language"] = template.Language,
            ["event"] = "PAUSED",
            ["reason"] = "NONE",
        }));

        var told = (await EventsAsync(world.Tenant)).ShouldHaveSingleItem();
        (told.Type, told.ResourceId).ShouldBe(("template.updated", template.Id));
        ((string)Attributes(told)["status"]!).ShouldBe("PAUSED");
        Names(told).Except(["quality", "rejected_reason", .. TemplateWire.Shape.FieldNames]).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Campaign_StartedPausedAndFinished_GivesOneEventEach(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(2);
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "campaign.*");

        var id = await world.StartAsync();
        await world.Service.PauseAsync(id, None).OrThrowAsync();
        await world.Service.ResumeAsync(id, None).OrThrowAsync();
        await world.RunAsync(id);

        var events = await EventsAsync(world.Tenant);
        events.ConvertAll(row => row.Type).ShouldBe(["campaign.started", "campaign.paused", "campaign.finished"]);
        events.ShouldAllBe(row => row.ResourceId == id);
        events.ConvertAll(row => (string)Attributes(row)["status"]!).ShouldBe(["queueing", "paused", "finished"]);
        ((int)Attributes(events[2])["queued"]!).ShouldBe(2);
        events.ShouldAllBe(row => Names(row).Order().SequenceEqual(CampaignWire.Shape.FieldNames.Order()));
    }

    [Theory, OnEachEngine]
    public async Task Campaign_ThatIsCancelled_HasFinished(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(2);
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "campaign.*");
        var id = await world.StartAsync();

        await world.Service.CancelAsync(id, None).OrThrowAsync();
        (await world.Service.CancelAsync(id, None)).Succeeded.ShouldBeFalse();

        var events = await EventsAsync(world.Tenant);
        events.ConvertAll(row => row.Type).ShouldBe(["campaign.started", "campaign.finished"]);
        ((string)Attributes(events[1])["status"]!).ShouldBe("cancelled");
        Attributes(events[1])["finished_at"].ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task Conversation_ThatIsAssigned_IsToldInTheWordsOfTheApi(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "conversation.assigned");
        var agent = await world.Tenant.SignInAsync(Role.Agent);

        await world.Tenant.GetFresh<ConversationActions>().AssignAsync(conversation, agent, None).OrThrowAsync();

        var told = (await EventsAsync(world.Tenant)).ShouldHaveSingleItem();
        Names(told).ShouldBe(ConversationWire.Shape.FieldNames.Except(["window_open", "window_closes_at"]), ignoreOrder: true);
        ((long)Attributes(told)["assigned_id"]!).ShouldBe(agent);
        ((int)Attributes(told)["unread_count"]!).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task ChannelAlert_GivesOneEvent(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "channel.alert");

        await world.TakeInAsync(MetaWebhook.Change(
            "phone_number_quality_update", new JsonObject { ["display_phone_number"] = "15550783881", ["event"] = "DOWNGRADE", ["current_limit"] = "TIER_1K" }));

        var told = (await EventsAsync(world.Tenant)).ShouldHaveSingleItem();
        (told.Type, told.ResourceId).ShouldBe(("channel.alert", world.ChannelId));
        Attributes(told).ToJsonString().ShouldContain("DOWNGRADE");
    }

    [Theory, OnEachEngine]
    public async Task Message_EditedAndTakenBack_GivesOneEventEach(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "First", world.Now));
        await OutgoingEventTests.SubscribeAsync(world.Tenant, "message.*");

        await world.TakeInAsync(MetaWebhook.Message(
            "wamid.e", Ann, """{"type":"edit","edit":{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"Better"}}}}""", world.Now));
        await world.TakeInAsync(MetaWebhook.Message("wamid.v", Ann, """{"type":"revoke","revoke":{"original_message_id":"wamid.1"}}""", world.Now));

        var events = await EventsAsync(world.Tenant);
        var id = (await world.MessageAsync("wamid.1")).Id;
        events.ConvertAll(row => row.Type).ShouldBe(["message.edited", "message.revoked"]);
        events.ShouldAllBe(row => row.ResourceId == id);
        ((string)Attributes(events[0])["message"]!).ShouldBe("Better");
        Attributes(events[0])["edited_at"].ShouldNotBeNull();
        Attributes(events[1])["revoked_at"].ShouldNotBeNull();
    }

    private static JsonNode Attributes(OutgoingEvent row) => JsonNode.Parse(row.Attributes)!;

    private static List<string> Names(OutgoingEvent row) => [.. Attributes(row).AsObject().Select(attribute => attribute.Key)];

    private static async Task<List<OutgoingEvent>> EventsAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.OutgoingEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }
}
