using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Tests.Support;
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
        stopped.Item.Funnel.Held.ShouldBeGreaterThan(0);
        var channel = await world.Tenant.GetFresh<ChannelService>().GetAsync(world.Messaging.ChannelId, None).OrThrowAsync();
        (channel.MarketingStoppedAt is null, channel.PausedAt, channel.MarketingStopReason).ShouldBe((false, null, "Marketing is off for this account."));

        // Everything else goes on.
        world.Messaging.WhatsApp.AcceptAll();
        var conversation = await world.Messaging.OpenConversationAsync();
        var text = await world.Messaging.EnqueueAsync(conversation, "Your order is ready");
        await world.Messaging.DispatchAsync();
        (await world.Messaging.MessageAsync(text)).State.ShouldBe(OutboxState.Sent);
        var contact = await ContactOfAsync(world, conversation);
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(OrderTo(contact), None)).Error.ShouldBeOfType<MarketingStoppedError>();

        await world.Tenant.GetFresh<ChannelService>()
            .SaveAsync(world.Messaging.ChannelId, new ChannelPatch { ResumesMarketing = true }, None).OrThrowAsync();
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(OrderTo(contact), None)).Succeeded.ShouldBeTrue();
        await world.Service.ResumeAsync(id, None).OrThrowAsync();
        (await world.RunAsync(id)).Item.State.ShouldBe(CampaignState.Finished);
    }

    private static SendTemplate OrderTo(long contact) => new()
    {
        ContactId = contact,
        Name = CampaignWorld.Template,
        Texts = new Dictionary<string, Optional<string?>>(StringComparer.Ordinal) { ["header_field_1"] = "7", ["field_1"] = "Ann", ["field_2"] = "7", ["button_0"] = "seven" },
    };

    private static async Task<long> ContactOfAsync(CampaignWorld world, long conversation)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Conversations.Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync();
    }

    private static async Task CategoriseAsync(CampaignWorld world, string category)
    {
        await using var db = world.Tenant.OpenDatabase();
        await db.Templates.ExecuteUpdateAsync(set => set.SetProperty(t => t.Category, category));
    }
}
