using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.Features.Webhooks;

/// <summary>Each change leaves one event in its own transaction, by whatever way it came.</summary>
public sealed class OutgoingEventTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Contact_ThroughItsLife_LeavesAnEventForEachChange(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var tenant = world.Tenant;
        await world.CreateAsync();

        var contact = await tenant.CreateContactAsync();
        await tenant.GetFresh<ContactService>().UpdateAsync(contact.Id, new ContactPatch { City = "Goa" }, null, None).OrThrowAsync();
        await tenant.GetFresh<ContactService>().UpdateAsync(contact.Id, new ContactPatch { City = "Goa" }, null, None).OrThrowAsync();
        await OptOutAsync(tenant, contact.Id, true);
        await OptOutAsync(tenant, contact.Id, false);
        await tenant.GetFresh<ContactService>().DeleteAsync(contact.Id, null, None).OrThrowAsync();
        await tenant.GetFresh<ContactTrash>().RestoreAsync([contact.Id], None).OrThrowAsync();

        var events = await world.EventsAsync();
        events.ConvertAll(row => row.Type).ShouldBe(
        [
            EventTypes.ContactCreated, EventTypes.ContactUpdated, EventTypes.ContactOptedOut, EventTypes.ContactOptedIn,
            EventTypes.ContactDeleted, EventTypes.ContactRestored,
        ]);
        events.ShouldAllBe(row => row.ResourceId == contact.Id && row.ContactId == contact.Id);
        events[1].Changes.ShouldBe("""{"city":[null,"Goa"]}""");
        events.Where(row => row.Type != EventTypes.ContactUpdated).ShouldAllBe(row => row.Changes == null);
        ((string)JsonNode.Parse(events[0].Attributes)!["firstname"]!).ShouldBe("Asha");
        (await world.DeliveriesAsync()).Count.ShouldBe(events.Count);
    }

    [Theory, OnEachEngine]
    public async Task OptIn_IsToldOnceNothingIsDeniedAnyMore(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var contact = await world.Tenant.CreateContactAsync();
        await world.CreateAsync("contact.opted_out", "contact.opted_in");
        foreach (var change in new[]
        {
            new ConsentChange(MarketingConsent.Denied, ServiceConsent.Denied), new ConsentChange(null, ServiceConsent.Allowed), ConsentChange.ResumesMarketing,
        })
        {
            await SetConsentAsync(world.Tenant, contact.Id, change);
        }

        var events = await world.EventsAsync();
        events.ConvertAll(row => row.Type).ShouldBe([EventTypes.ContactOptedOut, EventTypes.ContactOptedOut, EventTypes.ContactOptedIn]);
        events.ConvertAll(row => (bool)JsonNode.Parse(row.Attributes)!["is_opted_out"]!).ShouldBe([true, true, false]);
        events.ConvertAll(row => JsonNode.Parse(row.Attributes)!["consent"]!["service"]!.ToString()).ShouldBe(["denied", "allowed", "allowed"]);
    }

    [Theory, OnEachEngine]
    public async Task AnAgreementThatIsTakenBack_IsAnUpdate_AndNoOptIn(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var contact = await world.Tenant.CreateContactAsync();
        await world.CreateAsync("contact.*");
        await SetConsentAsync(world.Tenant, contact.Id, ConsentChange.ResumesMarketing);

        await world.Tenant.GetFresh<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                (await db.Contacts.SingleAsync()).Consent = new Consent(MarketingConsent.Unknown, ServiceConsent.Allowed);
                await db.SaveChangesAsync();
                return default(Done);
            },
            None).OrThrowAsync();

        (await world.EventsAsync()).ConvertAll(row => row.Type).ShouldBe([EventTypes.ContactOptedIn, EventTypes.ContactUpdated]);
    }

    [Theory, OnEachEngine]
    public async Task BulkChangeAndItsUndo_LeaveOneEventAContact(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var tenant = world.Tenant;
        var rows = Enumerable.Range(0, 1_500).Select(_ => tenant.NewContact()).ToList();
        await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), None).OrThrowAsync();
        await world.CreateAsync("contact.*");
        var action = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["city"] = "Kochi" } };
        var job = await tenant.GetFresh<BulkService>()
            .StartAsync(ContactSelection.AllMatching(new ContactQuery(), []), action, None)
            .OrThrowAsync();

        await WorkAsync(world);

        var events = await world.EventsAsync();
        events.Count.ShouldBe(1_500);
        events.Select(row => row.ResourceId).Distinct().Count().ShouldBe(1_500);
        events.Select(row => row.Key).Distinct().Count().ShouldBe(1_500);
        events.ShouldAllBe(row => row.Type == EventTypes.ContactUpdated
            && row.Changes == "{\"city\":[null,\"Kochi\"]}"
            && row.ChangeOrigin == WaCr.Web.Tenancy.ChangeOrigin.Bulk);

        await tenant.GetFresh<BulkService>().UndoAsync(job.Id, None).OrThrowAsync();
        await WorkAsync(world);

        (await world.EventsAsync()).Count(row => row.Changes == "{\"city\":[\"Kochi\",null]}").ShouldBe(1_500);
    }

    [Theory, OnEachEngine]
    public async Task Change_ThatIsUndone_LeavesNoEvent(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync();
        var contact = await world.Tenant.CreateContactAsync();
        var before = (await world.EventsAsync()).Count;

        var refused = await world.Tenant.Get<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                (await db.Contacts.SingleAsync()).City = "Kochi";
                await db.SaveChangesAsync();
                return new NotFoundError("no", "No");
            },
            None);

        refused.Succeeded.ShouldBeFalse();
        (await world.EventsAsync()).Count.ShouldBe(before);
        contact.Id.ShouldBePositive();
    }

    [Theory, OnEachEngine]
    public async Task Change_ThatNoWebhookWants_IsNotWrittenDown(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.Tenant.CreateContactAsync();
        var webhook = (await world.CreateAsync("group.created")).Webhook;
        await world.Tenant.CreateContactAsync();
        await world.Tenant.CreateGroupAsync("VIP");
        await world.Tenant.GetFresh<WebhookService>().UpdateAsync(webhook.Id, new WebhookPatch { IsActive = false }, None).OrThrowAsync();
        await world.Tenant.CreateGroupAsync("Others");

        (await world.EventsAsync()).ShouldHaveSingleItem().Type.ShouldBe("group.created");
        var other = await world.CreateTenantAsync("other");
        await other.CreateGroupAsync("Theirs");
        (await world.EventsAsync()).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Lookups_AreToldWithTheirKind(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("group.*", "status.*");
        var group = await world.Tenant.CreateGroupAsync("VIP");
        await world.Tenant.GetFresh<LookupService<Group>>().UpdateAsync(group, new LookupPatch { Name = "Best" }, None).OrThrowAsync();
        await world.Tenant.GetFresh<LookupService<Group>>().DeleteAsync(group, None).OrThrowAsync();
        await world.Tenant.CreateStatusAsync("Won");

        var events = await world.EventsAsync();
        events.ConvertAll(row => row.Type).ShouldBe(["group.created", "group.updated", "group.deleted", "status.created"]);
        events[1].Changes.ShouldBe("""{"name":["VIP","Best"]}""");
    }

    [Theory, OnEachEngine]
    public async Task Merge_IsOneEventThatNamesBoth(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var (one, other) = (await world.Tenant.CreateContactAsync(), await world.Tenant.CreateContactAsync("Ravi"));
        await world.CreateAsync();

        await world.Tenant.GetFresh<ContactMerger>()
            .MergeAsync(new MergeContacts(one.Id, one.Version, other.Id, other.Version, ["firstname"]), None)
            .OrThrowAsync();

        var told = (await world.EventsAsync()).ShouldHaveSingleItem();
        (told.Type, told.ResourceId).ShouldBe((EventTypes.ContactMerged, one.Id));
        ((long)JsonNode.Parse(told.Attributes)!["merged_id"]!).ShouldBe(other.Id);
        ((string)JsonNode.Parse(told.Attributes)!["firstname"]!).ShouldBe("Ravi");
    }

    [Theory, OnEachEngine]
    public async Task Erasure_TakesWhatWasTold_AndTellsTheNumberAlone(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync();
        var contact = await world.Tenant.CreateContactAsync("Qzmarker");
        world.Receiver.Answer = context => context.Response.WriteAsync("Hello Qzmarker");
        await world.SendAsync();

        await world.Tenant.GetFresh<PersonErasure>().EraseAsync(contact.Id, None).OrThrowAsync();

        await using var db = world.Tenant.OpenDatabase();
        (await DatabaseText.FindAsync(db, "Qzmarker")).ShouldBeEmpty();
        var told = (await world.EventsAsync()).ShouldHaveSingleItem();
        (told.Type, told.Attributes).ShouldBe((EventTypes.ContactDeleted, $$"""{"id":{{contact.Id}}}"""));
    }

    [Theory, OnEachEngine]
    public async Task Messages_AreToldAsTheyComeGoAndClimb(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        await SubscribeAsync(world.Tenant);
        world.WhatsApp.AcceptAll();

        await world.TakeInAsync(MetaWebhook.Text("wamid.in.2", "447700900123", "Is it open?", world.Now));
        var id = await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
        var wamid = (await world.MessageAsync(id)).Wamid!;
        await world.TakeInAsync(MetaWebhook.Status(wamid, "delivered", world.Now));
        await world.Tenant.GetFresh<ConversationActions>()
            .AssignAsync(conversation, await world.Tenant.SignInAsync(Role.Agent), None)
            .OrThrowAsync();

        await using var after = world.Tenant.OpenDatabase();
        var events = await after.OutgoingEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
        events.Select(row => row.Type).ShouldBe(
            [EventTypes.MessageReceived, EventTypes.MessageSent, EventTypes.MessageStatus, EventTypes.ConversationAssigned]);
        ((string)JsonNode.Parse(events[0].Attributes)!["message"]!).ShouldBe("Is it open?");
        ((string)JsonNode.Parse(events[2].Attributes)!["status"]!).ShouldBe("delivered");
        JsonNode.Parse(events[0].Attributes)!["content"].ShouldNotBeNull();
        events.ShouldAllBe(row => row.ContactId != null);
    }

    // Past the service, whose look at the address has no network here.
    internal static async Task<long> SubscribeAsync(TestTenant tenant, string events = EventTypes.Everything)
    {
        var kept = tenant.Get<WebhookSecrets>().Protect(tenant.Id, WebhookSecrets.Create());
        return await tenant.Get<IDatabaseWriter>().WriteAsync<long>(
            async db =>
            {
                var webhook = new Webhook { Url = "https://receiver.test/hook", Events = events, Secret = kept };
                db.Webhooks.Add(webhook);
                await db.SaveChangesAsync();
                return webhook.Id;
            },
            None).OrThrowAsync();
    }

    private static Task<Done> OptOutAsync(TestTenant tenant, long id, bool isOut) =>
        SetConsentAsync(tenant, id, isOut ? ConsentChange.StopsAll : ConsentChange.ResumesAll);

    private static Task<Done> SetConsentAsync(TestTenant tenant, long id, ConsentChange change) =>
        tenant.GetFresh<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                await tenant.Get<OptOuts>().SetAsync(db, id, null, change);
                return default(Done);
            },
            None).OrThrowAsync();

    private static async Task WorkAsync(WebhookWorld world)
    {
        while (await world.Services.TakeTurnsAsync<BulkJob, BulkRunner>() > 0)
        {
            // A turn ends after a while, and the job goes on with the next.
        }
    }
}
