using System.Text.Json.Nodes;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>Broadcasts of marketing: by the Marketing Messages API where its terms are signed, and stopped alone where WhatsApp takes
/// none.</summary>
public sealed class CampaignMarketingTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly WhatsAppRefused Disabled = new(131063, "Marketing templates are not enabled", "Marketing is off for this account.", null, null);

    [Theory, OnEachEngine]
    public async Task SignedTerms_SendBroadcastsOfMarketing_AndNothingElse_ByTheirApi(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(1);
        await world.RunAsync(await world.StartAsync());
        world.Messaging.WhatsApp.Sent.ShouldHaveSingleItem().IsMarketing.ShouldBeFalse(); // UTILITY

        await CategoriseAsync(world, "MARKETING");
        await world.Messaging.TakeInAsync(MetaWebhook.Change("account_update", new JsonObject { ["event"] = "MM_LITE_TERMS_SIGNED" }));
        await world.RunAsync(await world.StartAsync());

        world.Messaging.WhatsApp.Sent.Last().IsMarketing.ShouldBeTrue();
        (await world.Tenant.Get<ChannelDirectory>().OpenAsync(world.Messaging.ChannelId, None)
            .OrThrowAsync()).Access.HasMarketingApi.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task NumberThatTakesNoMarketing_StopsItAlone_AndSaysWhy_UntilSomebodyTriesAgain(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await CategoriseAsync(world, "MARKETING");
        await world.AddContactsAsync(30);
        world.Messaging.WhatsApp.Answer(Disabled);
        var id = await world.StartAsync(perMinute: 60);
        for (var n = 0; n < 5; n++)
        {
            await world.TickAsync();
        }

        var stopped = await world.GetAsync(id);
        (stopped.Item.State, stopped.Item.PausedBecause).ShouldBe((CampaignState.Paused, CampaignPause.MarketingStopped));
        (stopped.Item.Funnel.Held, stopped.Item.Funnel.Failed).ShouldBe((28, 2)); // two were on their way together
        var channel = await world.Tenant.GetFresh<ChannelService>().GetAsync(world.Messaging.ChannelId, None).OrThrowAsync();
        (channel.MarketingStoppedAt is null, channel.PausedAt, channel.MarketingStopReason).ShouldBe((false, null, "Marketing is off for this account."));

        // Everything else goes on.
        world.Messaging.WhatsApp.AcceptAll();
        var conversation = await world.Messaging.OpenConversationAsync();
        var text = await world.Messaging.EnqueueAsync(conversation, "Your order is ready");
        await world.Messaging.DispatchAsync();
        (await world.Messaging.MessageAsync(text)).State.ShouldBe(OutboxState.Sent);
        var contact = await world.Tenant.ContactOfAsync(conversation);
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(OrderTo(contact), None)).Error.ShouldBeOfType<MarketingStoppedError>();

        await world.Tenant.GetFresh<ChannelService>()
            .SaveAsync(world.Messaging.ChannelId, new ChannelPatch { ResumesMarketing = true }, None).OrThrowAsync();
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(OrderTo(contact), None)).Succeeded.ShouldBeTrue();
        await world.Service.ResumeAsync(id, None).OrThrowAsync();
        var ended = await world.RunAsync(id);
        (ended.Item.State, ended.Item.Funnel.Sent, ended.Item.Funnel.Failed).ShouldBe((CampaignState.Finished, 28, 2));
    }

    [Theory, OnEachEngine]
    public async Task SignedTerms_EndAnEarlierStop_AndKeepTheirFirstTime(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var signed = world.Now;
        await StopMarketingAsync(world);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.TakeInAsync(Signed(world.Now));
        (await ChannelAsync()).ShouldBe((signed.AddMinutes(1), null, null));

        // It comes again, by a number of the same account and late.
        world.Time.Advance(TimeSpan.FromHours(1));
        await StopMarketingAsync(world);
        await world.TakeInAsync(Signed(world.Now.AddMinutes(-1)));
        (await ChannelAsync()).ShouldBe((signed.AddMinutes(1), world.Now, "No marketing"));

        async Task<(DateTimeOffset?, DateTimeOffset?, string?)> ChannelAsync()
        {
            var channel = await world.Tenant.GetFresh<ChannelService>().GetAsync(world.ChannelId, None).OrThrowAsync();
            return (channel.MarketingTermsSignedAt, channel.MarketingStoppedAt, channel.MarketingStopReason);
        }
    }

    [Theory, OnEachEngine]
    public async Task ReleasedMessages_AreHeld_WhenMarketingStops(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await CategoriseAsync(world, "MARKETING");
        await world.AddContactsAsync(20);
        var id = await world.StartAsync();
        await world.WorkAsync();
        await StopMarketingAsync(world.Messaging);

        (await world.Messaging.DispatchAsync()).ShouldBe(0);

        var held = await world.GetAsync(id);
        (held.Item.Funnel.Held, held.Item.Funnel.Failed).ShouldBe((20, 0));
        world.Messaging.Time.Advance(TimeSpan.FromSeconds(5));
        await world.WorkAsync();
        (await world.GetAsync(id)).Item.PausedBecause.ShouldBe(CampaignPause.MarketingStopped);
    }

    [Theory]
    [InlineData("APPROVED")]
    [InlineData("PAUSED")] // queued while it was approved
    public async Task TranslationThatIsMarketing_PausesTheBroadcast(string status)
    {
        await using var world = await CampaignWorld.CreateAsync(DatabaseProvider.Sqlite);
        var german = await world.Tenant.AddTemplateAsync(
            CampaignWorld.Template, language: "de", account: MetaWebhook.BusinessAccountId);
        await world.Tenant.CreateContactAsync(
            world.Tenant.NewContact("Anna", phone: "+4917212345678") with { Company = "Acme", Language = "de" });
        var draft = await world.DraftAsync();
        await world.Drafts.UpdateAsync(draft.Item.Id, new CampaignPatch { UsesContactLanguage = true }, None).OrThrowAsync();
        var id = (await world.Service.StartAsync(draft.Item.Id, None).OrThrowAsync()).Item.Id;
        await world.WorkAsync();
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Templates.Where(t => t.Id == german.Id).ExecuteUpdateAsync(set => set
                .SetProperty(t => t.Category, "MARKETING")
                .SetProperty(t => t.Status, status));
        }

        await StopMarketingAsync(world.Messaging);

        for (var n = 0; n < 3; n++)
        {
            await world.TickAsync();
        }

        var paused = await world.GetAsync(id);
        (paused.Item.PausedBecause, paused.Item.Funnel.Held).ShouldBe((CampaignPause.MarketingStopped, 1));
    }

    [Theory, OnEachEngine]
    public async Task MessagesHeldAsMarketing_GoOn_OnceTheirTemplateIsNone(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await CategoriseAsync(world, "MARKETING");
        await world.AddContactsAsync(3);
        var id = await world.StartAsync();
        await world.WorkAsync();
        await StopMarketingAsync(world.Messaging);
        for (var n = 0; n < 3; n++)
        {
            await world.TickAsync();
        }

        (await world.GetAsync(id)).Item.PausedBecause.ShouldBe(CampaignPause.MarketingStopped);
        await CategoriseAsync(world, "UTILITY");

        await world.Service.ResumeAsync(id, None).OrThrowAsync();

        var ended = await world.RunAsync(id);
        (ended.Item.State, ended.Item.Funnel.Sent).ShouldBe((CampaignState.Finished, 3));
    }

    private static async Task StopMarketingAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        await ChannelDirectory.StopMarketingAsync(db, world.ChannelId, "No marketing", world.Now);
    }

    private static string Signed(DateTimeOffset at)
    {
        var json = JsonNode.Parse(MetaWebhook.Change("account_update", new JsonObject { ["event"] = "MM_LITE_TERMS_SIGNED" }))!;
        json["entry"]![0]!["time"] = at.ToUnixTimeSeconds();
        return json.ToJsonString();
    }

    private static SendTemplate OrderTo(long contact) => new()
    {
        ContactId = contact,
        Name = CampaignWorld.Template,
        Texts = new Dictionary<string, Optional<string?>>(StringComparer.Ordinal) { ["header_field_1"] = "7", ["field_1"] = "Ann", ["field_2"] = "7", ["button_0"] = "seven" },
    };

    private static async Task CategoriseAsync(CampaignWorld world, string category)
    {
        await using var db = world.Tenant.OpenDatabase();
        await db.Templates.ExecuteUpdateAsync(set => set.SetProperty(t => t.Category, category));
    }
}
