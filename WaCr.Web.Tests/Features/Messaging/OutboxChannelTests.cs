using Microsoft.Extensions.Logging;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What holds back all messages of a channel: a refused credential, and a pause.</summary>
public sealed class OutboxChannelTests
{
    [Theory, OnEachEngine]
    public async Task CredentialThatExpires_IsToldAtOnce_AndLoggedOnce(DatabaseProvider engine)
    {
        using var log = new LogCollector();
        await using var world = await MessagingWorld.CreateAsync(
            engine, (services, _) => services.AddLogging(logging => logging.AddProvider(log)));
        world.WhatsApp.Answer(new WhatsAppRefused(190, "Token expired", null, null, null));
        var conversation = await world.OpenConversationAsync();
        await world.EnqueueAsync(conversation);
        await world.EnqueueAsync(conversation);
        var told = 0;
        using var banner = world.Services.GetRequiredService<ChangeFeed>().Subscribe(world.Tenant.Id, _ => told++, ChangeKind.Channels);

        await world.DispatchAsync();

        told.ShouldBe(1);
        log.Entries.Count(entry => entry.Event.Id == 5601).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task CredentialThatExpires_StopsTheChannel_AndNotTheMessages(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppRefused(190, "Token expired", null, null, null));
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        await world.DispatchAsync();

        var waiting = await world.MessageAsync(id);
        (waiting.State, waiting.Attempts, waiting.Error).ShouldBe((OutboxState.Waiting, 0, "Token expired"));
        (await world.DispatchAsync()).ShouldBe(0);
        world.WhatsApp.Sent.Count.ShouldBe(1);
        await using (var db = world.Tenant.OpenDatabase())
        {
            (await db.Channels.SingleAsync()).CredentialRefusedAt.ShouldBe(world.Now);
            await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.CredentialRefusedAt, (DateTimeOffset?)null));
        }

        world.WhatsApp.AcceptAll();
        await world.DispatchAsync();
        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Sent);
    }

    [Theory, OnEachEngine]
    public async Task PausedChannel_HoldsBack_UntilItGoesOn(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var outbox = world.Tenant.Get<OutboxService>();
        var conversation = await world.OpenConversationAsync();
        var id = await world.EnqueueAsync(conversation);

        await outbox.PauseAsync(world.ChannelId, default).OrThrowAsync();
        (await world.DispatchAsync()).ShouldBe(0);
        await outbox.ResumeAsync(world.ChannelId, default).OrThrowAsync();
        (await world.DispatchAsync()).ShouldBe(1);

        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Sent);
        (await outbox.CancelAsync(conversation, id, default).OrThrowAsync()).ShouldBe(0);
    }
}
